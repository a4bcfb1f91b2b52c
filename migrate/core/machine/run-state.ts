// The state of a run: the fold of its journal over its plan, and nothing else.
//
// Invariants
//   every service of the plan has exactly one ServiceRun, in every state
//   `ours` only with a reply of AWS that names the deployment; `adopted` is followed and verified, never stopped by us
//   a service holds its reservation in every phase of ACTIVE_PHASES

import type { ChangedService, HoldCause, RunOutcome, ServiceFailure, ServiceProgress } from "../model/journal-event";
import type { Plan } from "../model/plan";
import type { ServiceVerdict, TaskVerdict } from "../model/verdict";

export type ServicePhase =
  | "queued"
  | "indoubt"
  | "deploying"
  | "settling"
  | "superseded"
  | "overdue"
  | "verified"
  | "failed"
  | "set-aside";

export const ACTIVE_PHASES: readonly ServicePhase[] = ["indoubt", "deploying", "settling", "superseded", "overdue"];

export interface ServiceRun {
  readonly arn: string;
  readonly phase: ServicePhase;
  /** How many times UpdateService was intended for it. */
  readonly attempts: number;
  readonly intendedAtMs: number | null;
  readonly knownDeployments: readonly string[];
  readonly knownServiceDeployments: readonly string[];
  readonly oldTasks: readonly string[];
  readonly ownership: "ours" | "adopted" | null;
  readonly deploymentId: string | null;
  readonly serviceDeploymentArn: string | null;
  /** Instants of the looks since the doubt arose that found nothing new. */
  readonly emptyLooksAtMs: readonly number[];
  readonly progress: ServiceProgress | null;
  /** When a task of its deployment was first seen on the key; null as long as none was. */
  readonly onKeyAtMs: number | null;
  /** When a failed start of its tasks was last news; null as long as none was. */
  readonly failureSeenAtMs: number | null;
  /** How often it was put back into the queue after it had failed. */
  readonly requeues: number;
  readonly settledAtMs: number | null;
  /** When, after it had settled, all of its old tasks were first seen to have stopped: what it held is free since then. */
  readonly drainedAtMs: number | null;
  readonly endedAtMs: number | null;
  /** Our last attempt to roll its deployment back; asked again after `retryAtMs` unless AWS accepted it. */
  readonly stop: {
    readonly serviceDeploymentArn: string;
    readonly why: string;
    readonly accepted: boolean;
    readonly retryAtMs: number;
  } | null;
  readonly supersededBy: string | null;
  readonly proof: ServiceVerdict | null;
  readonly failure: ServiceFailure | null;
  readonly setAside: { readonly class: string; readonly reason: string; readonly remedy: string | null } | null;
}

export interface WaveRun {
  readonly number: number;
  readonly status: "waiting" | "open" | "closed";
  readonly openedAtMs: number | null;
  readonly closedAtMs: number | null;
  readonly soakUntilMs: number | null;
  /** When a person said yes to its opening. */
  readonly approvedAtMs: number | null;
  /** What the alarms of the gate before it said last; null before the first look. */
  readonly gate: GateSeen | null;
}

/** A cluster with work in it, and how its key was seen. */
export interface TargetRun {
  readonly clusterArn: string;
  readonly keyArn: string;
  /** What the last look found wrong with the key for this cluster; null when nothing, or before the first look. */
  readonly problem: string | null;
  /** Since when looks find nothing wrong; null while something is, and before the first look. */
  readonly rightSinceMs: number | null;
  /** While it is held nothing is started on the cluster. */
  readonly hold: { readonly reason: string; readonly cause: HoldCause; readonly sinceMs: number } | null;
  /** When the last hold ended: what was seen before says nothing about the key as it is now. */
  readonly releasedAtMs: number | null;
}

export interface GateSeen {
  readonly firing: readonly string[];
  readonly unseen: string | null;
}

export interface RunState {
  readonly plan: Plan;
  readonly status: "new" | "running" | "paused" | "halted" | "aborting" | "finished";
  /** Why the run is paused or halted. */
  readonly reason: string | null;
  /** Whether an abort is to undo what is on its way and ours. */
  readonly rollsBackAll: boolean;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly outcome: RunOutcome | null;
  /** Services whose failures an operator accepted by resuming a halted run: they no longer count, in the budget or against a key. */
  readonly forgiven: ReadonlySet<string>;
  readonly services: ReadonlyMap<string, ServiceRun>;
  readonly waves: readonly WaveRun[];
  /** By the ARN of the cluster, as in the plan's targets. */
  readonly targets: ReadonlyMap<string, TargetRun>;
  /** What the final sweep saw of the whole lane: planned services and the others on target clusters. */
  readonly swept: {
    readonly proofs: readonly ServiceVerdict[];
    readonly standalone: readonly TaskVerdict[];
    readonly newServices: readonly string[];
    readonly changed: readonly ChangedService[];
    readonly atMs: number;
  } | null;
}
