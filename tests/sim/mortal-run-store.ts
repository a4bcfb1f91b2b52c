// A run's journal that outlives its process: the process can die at any line, before or after it is written.
// Invariants: what is read back has passed through JSON; after a death nothing more is written until the next process begins.

import type { JournalEvent } from "../../migrate/core/model/journal-event";
import { parseJournalEvent } from "../../migrate/core/model/parse-journal-event";
import type { ControlRequest, JournalLine, RunStore } from "../../migrate/ports/run-store";

export class ProcessDied extends Error {}

export interface Death {
  /** Counted from the first line of its process. */
  readonly line: number;
  readonly when: "before" | "after";
}

export class MortalRunStore implements RunStore {
  readonly lines: JournalLine[] = [];
  request: ControlRequest = "none";
  /** Told of every line that is on disk. */
  onLine: (line: JournalLine) => void = () => {};
  #deathAt: { readonly seq: number; readonly when: Death["when"] } | null = null;
  #alive = true;

  /** A process begins; null lets it live. */
  begin(death: Death | null): void {
    this.#alive = true;
    this.#deathAt = death === null ? null : { seq: this.lines.length + death.line, when: death.when };
  }

  async read(): Promise<readonly JournalLine[]> {
    return this.lines.map((line) => structuredClone(line));
  }

  async append(event: JournalEvent, atMs: number): Promise<JournalLine> {
    const seq = this.lines.length + 1;
    const dies = this.#deathAt?.seq === seq ? this.#deathAt.when : null;
    if (!this.#alive || dies === "before") this.#die();
    const stored = parseJournalEvent(JSON.parse(JSON.stringify(event)), `line ${seq}`);
    const line = { v: 1, seq, at: new Date(atMs).toISOString(), fence: 1, event: stored, prev: "" } as const;
    this.lines.push(line);
    this.onLine(line);
    if (dies === "after") this.#die();
    return line;
  }

  async control(): Promise<ControlRequest> {
    return this.request;
  }

  async controlTakenUp(): Promise<void> {
    if (this.request !== "pause") this.request = "none";
  }

  async heartbeat(): Promise<void> {}

  async writeReport(): Promise<void> {}

  #die(): never {
    this.#alive = false;
    throw new ProcessDied();
  }
}
