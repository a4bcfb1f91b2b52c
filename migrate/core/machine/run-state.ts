// The state of a run: the fold of its journal over its plan, and nothing else.
//
// Invariants
//   every service of the plan has exactly one ServiceRun, in every state
//   `ours` only with a reply of AWS that names the deployment; `adopted` is followed and verified, never stopped by us
//   a service holds its reservation in every phase of ACTIVE_PHASES

import type { RunOutcome, ServiceFailure, ServiceProgress } from "../model/journal-event";
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
  readonly settledAtMs: number | null;
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
}

export interface RunState {
  readonly plan: Plan;
  readonly status: "new" | "running" | "paused" | "halted" | "aborting" | "finished";
  /** Why the run is paused or halted. */
  readonly reason: string | null;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly outcome: RunOutcome | null;
  /** Services whose failures an operator accepted by resuming a halted run: they no longer count, in the budget or against a key. */
  readonly forgiven: ReadonlySet<string>;
  readonly services: ReadonlyMap<string, ServiceRun>;
  readonly waves: readonly WaveRun[];
  /** What the final sweep saw of the whole lane: planned services and the others on target clusters. */
  readonly swept: {
    readonly proofs: readonly ServiceVerdict[];
    readonly standalone: readonly TaskVerdict[];
    readonly newServices: readonly string[];
    readonly atMs: number;
  } | null;
}
