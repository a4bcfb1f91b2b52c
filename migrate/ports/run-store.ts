// Where a run lives: its journal, its lock and what an operator asked of it from another terminal.
//
// Invariants
//   append returns only when the line is on disk (flushed), so an intent is durable before its effect
//   seq counts from 1 without a gap; every line holds the hash of the line before it
//   every append carries the fencing token of the lock that allows it; a lost lock makes append throw

import type { JournalEvent, RunRequestWord } from "../core/model/journal-event";

export interface JournalLine {
  readonly v: 1;
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly fence: number;
  readonly event: JournalEvent;
  /** SHA-256 of the previous line's text; 64 zeros for the first. */
  readonly prev: string;
}

export type ControlRequest = "none" | RunRequestWord;

export interface RunStore {
  /** Everything journaled so far, in order. */
  read(): Promise<readonly JournalLine[]>;
  /** @throws FargateCmkError `lock-lost` when another process has taken the run over */
  append(event: JournalEvent, atMs: number): Promise<JournalLine>;
  control(): Promise<ControlRequest>;
  /** Forgets a request that was taken up; a pause stands until another one replaces it. */
  controlTakenUp(): Promise<void>;
  /** Renews the lock. @throws FargateCmkError `lock-lost` */
  heartbeat(atMs: number): Promise<void>;
  writeReport(files: Readonly<Record<string, string>>): Promise<void>;
}
