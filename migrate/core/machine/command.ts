// What the core asks the shell to do next, and what the shell remembers between turns without writing it down.

import type { JournalEvent, RunOutcome } from "../model/journal-event";

export type Command =
  /** Write a decision down: it needs no call. */
  | { readonly kind: "record"; readonly event: JournalEvent }
  | { readonly kind: "look-doubt"; readonly service: string }
  /** `drainsMatter`: somebody waits for the end of drains, so who has ended well is asked for its old tasks at once. */
  | { readonly kind: "look"; readonly services: readonly string[]; readonly drainsMatter: boolean }
  /** Look at the keys of these clusters, and whether they let Fargate use them there. */
  | { readonly kind: "look-targets"; readonly clusters: readonly string[] }
  /** Look at the alarms of the gate before the wave. */
  | { readonly kind: "look-gate"; readonly wave: number; readonly alarms: readonly string[] }
  | { readonly kind: "stop"; readonly service: string; readonly serviceDeploymentArn: string; readonly why: string }
  /** Look at these services of one cluster again and redeploy those that are still as planned. */
  | { readonly kind: "admit"; readonly clusterArn: string; readonly services: readonly string[] }
  | { readonly kind: "sweep" }
  | { readonly kind: "finish"; readonly outcome: RunOutcome }
  /** This process has begun as many services as it was allowed to, and what was on its way has ended. */
  | { readonly kind: "pause-at-limit" }
  /** Nothing can be done now and work is left: end this process, the run can be taken up again. */
  | { readonly kind: "leave" }
  | { readonly kind: "wait"; readonly untilMs: number };

/** Volatile: what a new process may forget without harm. */
export interface Agenda {
  readonly lastLookAtMs: ReadonlyMap<string, number>;
  readonly deferred: ReadonlyMap<string, Deferral>;
  /** When the key of each cluster was last looked at, by the cluster's ARN. */
  readonly targetLookAtMs: ReadonlyMap<string, number>;
  readonly gateLook: { readonly wave: number; readonly atMs: number } | null;
  /** How many services this process has begun. */
  readonly begun: number;
}

/** How this process is to go about it. */
export interface RunSettings {
  /** What is done about deployments of ours that are on their way when their key turns out to be in trouble. */
  readonly onKeyTrouble: "rollback" | "hold";
  /** Most services that this process begins; null: all of them. */
  readonly limit: number | null;
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
