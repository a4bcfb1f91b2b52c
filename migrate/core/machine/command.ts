// What the core asks the shell to do next, and what the shell remembers between turns without writing it down.

import type { JournalEvent, RunOutcome } from "../model/journal-event";

export type Command =
  /** Write a decision down: it needs no call. */
  | { readonly kind: "record"; readonly event: JournalEvent }
  | { readonly kind: "look-doubt"; readonly service: string }
  | { readonly kind: "look"; readonly services: readonly string[] }
  | { readonly kind: "stop"; readonly service: string; readonly serviceDeploymentArn: string; readonly why: string }
  /** Look at these services of one cluster again and redeploy those that are still as planned. */
  | { readonly kind: "admit"; readonly clusterArn: string; readonly services: readonly string[] }
  | { readonly kind: "sweep" }
  | { readonly kind: "finish"; readonly outcome: RunOutcome }
  /** Nothing can be done now and work is left: end this process, the run can be taken up again. */
  | { readonly kind: "leave" }
  | { readonly kind: "wait"; readonly untilMs: number };

/** Volatile: what a new process may forget without harm. */
export interface Agenda {
  readonly lastLookAtMs: ReadonlyMap<string, number>;
  readonly deferred: ReadonlyMap<string, Deferral>;
}

/** A service that waits for something which is not ours to end: its team's deployment, a read that shows too little. */
export interface Deferral {
  readonly sinceMs: number;
  /** When it was last seen to be still so, and when it is looked at again. */
  readonly lastMs: number;
  readonly untilMs: number;
  readonly class: string;
  readonly reason: string;
}
