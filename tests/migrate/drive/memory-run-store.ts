// A run's journal in memory, which can die at a given line, as a process does.

import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import type { ControlRequest, JournalLine, RunStore } from "../../../migrate/ports/run-store";

export class Killed extends Error {}

export class MemoryRunStore implements RunStore {
  readonly lines: JournalLine[] = [];
  request: ControlRequest = "none";
  heartbeats = 0;
  /** Dies at the line of this number: before it is written, or after. */
  death: { readonly seq: number; readonly when: "before" | "after" } | null = null;

  async read(): Promise<readonly JournalLine[]> {
    return [...this.lines];
  }

  async append(event: JournalEvent, atMs: number): Promise<JournalLine> {
    const seq = this.lines.length + 1;
    if (this.death?.seq === seq && this.death.when === "before") throw new Killed();
    const line = { v: 1, seq, at: new Date(atMs).toISOString(), fence: 1, event, prev: "" } as const;
    this.lines.push(line);
    if (this.death?.seq === seq) throw new Killed();
    return line;
  }

  async control(): Promise<ControlRequest> {
    return this.request;
  }

  async controlTakenUp(): Promise<void> {
    if (this.request !== "pause") this.request = "none";
  }

  async heartbeat(): Promise<void> {
    this.heartbeats += 1;
  }

  async writeReport(): Promise<void> {}

  events(kind: JournalEvent["kind"]): readonly JournalEvent[] {
    return this.lines.map(({ event }) => event).filter((event) => event.kind === kind);
  }
}
