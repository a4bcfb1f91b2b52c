// A run's journal that outlives its process: the process can die at any line, before or after it is written, stand still there, or
// find the disk full.
// Invariants: what is read back has passed through JSON; after a death nothing more is written until the next process begins.

import { unwritable } from "../../../migrate/adapters/files/file-failure";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import { parseJournalEvent } from "../../../migrate/core/model/parse-journal-event";
import type { ControlRequest, JournalLine, RunStore } from "../../../migrate/ports/run-store";

export class ProcessDied extends Error {}

export interface Death {
  /** Counted from the first line of its process. */
  readonly line: number;
  readonly when: "before" | "after";
}

/** What befalls the writing of a line; the first one at or after it. */
export interface Mishap {
  readonly kind: "dies" | "stands-still" | "disk-full";
  readonly when: "before" | "after";
  /** How long nobody takes the run up afterwards; a second, unless told. */
  readonly awayMs?: number;
}

export interface MishapAtLine extends Mishap {
  /** Counted from the first line of the journal. */
  readonly line: number;
}

export class MortalRunStore implements RunStore {
  readonly lines: JournalLine[] = [];
  request: ControlRequest = "none";
  /** Told of every line that is on disk. */
  onLine: (line: JournalLine) => void = () => {};
  /** Told of what befalls a line; a process that stands still goes on when it resolves. */
  onMishap: (mishap: Mishap) => Promise<void> = () => Promise.resolve();
  #mishaps: MishapAtLine[] = [];
  #alive = true;
  /** While one line stands still, those after it wait. */
  #standing: Promise<void> = Promise.resolve();

  /** A process begins; null lets it live. */
  begin(death: Death | null): void {
    this.#alive = true;
    this.#mishaps = this.#mishaps.filter(({ kind }) => kind !== "dies");
    if (death !== null) this.expect({ kind: "dies", line: this.lines.length + death.line, when: death.when });
  }

  expect(mishap: MishapAtLine): void {
    this.#mishaps.push(mishap);
  }

  async read(): Promise<readonly JournalLine[]> {
    return this.lines.map((line) => structuredClone(line));
  }

  async append(event: JournalEvent, atMs: number): Promise<JournalLine> {
    await this.#standing;
    if (!this.#alive) throw new ProcessDied();
    await this.#befall(this.lines.length + 1, "before");
    const seq = this.lines.length + 1;
    const stored = parseJournalEvent(JSON.parse(JSON.stringify(event)), `line ${seq}`);
    const atLeastMs = Date.parse(this.lines.at(-1)?.at ?? "") || 0;
    const at = new Date(Math.max(atMs, atLeastMs)).toISOString();
    const line = { v: 1, seq, at, fence: 1, event: stored, prev: "" } as const;
    this.lines.push(line);
    this.onLine(line);
    await this.#befall(seq, "after");
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

  async #befall(seq: number, when: Mishap["when"]): Promise<void> {
    const mishap = this.#mishaps.find((one) => one.line <= seq && one.when === when);
    if (mishap === undefined) return;
    this.#mishaps = this.#mishaps.filter((one) => one !== mishap);
    const told = this.onMishap(mishap);
    if (mishap.kind === "stands-still") {
      this.#standing = told;
      return told;
    }
    this.#alive = false;
    if (mishap.kind === "dies") throw new ProcessDied();
    throw unwritable("journal.jsonl", Object.assign(new Error("no space left on device"), { code: "ENOSPC" }));
  }
}
