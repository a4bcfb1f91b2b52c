// What a run writes down, in the order in which it happened. State is the fold of these and nothing else.
//
// Invariants
//   an effect on AWS has its `…-intended` line before it and its `…-answered` line after it
//   an intent without an answer means: in doubt, to be resolved by looking
//   deployment ids are compared, never clocks: an intent names the deployments that existed before it

import type { ServiceVerdict, TaskVerdict, VerdictWord } from "./verdict";

export type JournalEvent =
  | {
      readonly kind: "run-started";
      readonly planId: string;
      readonly fleetSha256: string;
      readonly toolVersion: string;
      readonly caller: string;
    }
  | {
      /** What was asked before the first effect. A journal of a program that did not ask yet lacks it, and reads all the same. */
      readonly kind: "preflight";
      /** When the first of the reads began that it rests on. */
      readonly asOf: string;
      readonly answers: readonly JournaledAnswer[];
    }
  | { readonly kind: "run-resumed"; readonly caller: string; readonly repaired: string | null }
  | { readonly kind: "wave-opened"; readonly wave: number }
  | { readonly kind: "wave-closed"; readonly wave: number; readonly soakUntilMs: number }
  | {
      readonly kind: "set-aside";
      readonly service: string;
      readonly class: string;
      readonly reason: string;
      readonly remedy: string | null;
    }
  | {
      readonly kind: "redeploy-intended";
      readonly service: string;
      readonly attempt: number;
      readonly platformVersion: string | null;
      /** Ids of the deployments that DescribeServices showed at admission. */
      readonly knownDeployments: readonly string[];
      readonly knownServiceDeployments: readonly string[];
      /** Every task of the service that was there before, draining ones included. */
      readonly oldTasks: readonly string[];
    }
  | { readonly kind: "redeploy-answered"; readonly service: string; readonly answer: RedeployAnswer }
  | { readonly kind: "doubt-looked"; readonly service: string; readonly found: DoubtFinding }
  | { readonly kind: "progressed"; readonly service: string; readonly progress: ServiceProgress }
  | { readonly kind: "settled"; readonly service: string; readonly revisionArn: string | null }
  | {
      readonly kind: "stop-intended";
      readonly service: string;
      readonly serviceDeploymentArn: string;
      readonly why: string;
    }
  | { readonly kind: "stop-answered"; readonly service: string; readonly accepted: boolean; readonly message: string }
  | { readonly kind: "superseded"; readonly service: string; readonly byDeploymentId: string }
  | { readonly kind: "overdue"; readonly service: string; readonly afterMs: number }
  | { readonly kind: "verified"; readonly service: string; readonly proof: ServiceVerdict }
  | { readonly kind: "failed"; readonly service: string; readonly failure: ServiceFailure }
  | {
      readonly kind: "swept";
      /** Every Fargate service of the lane as the last look saw it, planned or not. */
      readonly proofs: readonly ServiceVerdict[];
      /** Tasks of no service. */
      readonly standalone: readonly TaskVerdict[];
      /** Services that the plan's fleet did not have. */
      readonly newServices: readonly string[];
      /** Planned services of which something is not as the plan found it, though a redeployment leaves it as it is. */
      readonly changed?: readonly ChangedService[];
    }
  /** A finished, halted or paused run is to have another try at services that failed; or one whose key could not be used, once it can. */
  | { readonly kind: "requeued"; readonly services: readonly string[]; readonly why: string }
  /** The journal before this one was lost or broken: what was done before is found by looking, and told by nothing. */
  | { readonly kind: "rebuilt"; readonly why: string }
  /** How the cluster and its key were seen, when that is news: a cluster is named by its ARN. */
  | { readonly kind: "target-looked"; readonly clusters: readonly TargetSeen[] }
  /** Nothing more is started on these clusters: their key is in trouble. */
  | {
      readonly kind: "held";
      readonly clusters: readonly string[];
      readonly keyArn: string;
      readonly reason: string;
      readonly cause: HoldCause;
    }
  | { readonly kind: "released"; readonly clusters: readonly string[]; readonly keyArn: string }
  /** What the alarms said that must be quiet before the wave opens, when that is news. */
  | {
      readonly kind: "gate-looked";
      readonly wave: number;
      /** Names of alarms in state ALARM. */
      readonly firing: readonly string[];
      /** Why some were not seen, or what does not exist; null when all were seen. */
      readonly unseen: string | null;
    }
  | { readonly kind: "control"; readonly request: RunRequestWord }
  | { readonly kind: "halted"; readonly reason: string }
  | { readonly kind: "paused"; readonly reason: string; readonly next: string }
  | { readonly kind: "finished"; readonly outcome: RunOutcome };

export interface ChangedService {
  readonly service: string;
  /** In words: what was and what is. */
  readonly changes: readonly string[];
}

/** What an operator may ask of a run from another terminal. `abort-and-roll-back` also undoes what is on its way and ours. */
export type RunRequestWord = "pause" | "resume" | "abort" | "abort-and-roll-back" | "approve";

/**
 * Why a key is in trouble: its own state or policy was seen to be wrong, which looking can see to be right again; or tasks cannot
 * start under it, which only a person can judge.
 */
export type HoldCause = "looked" | "start-failures";

export interface TargetSeen {
  readonly clusterArn: string;
  /** What is wrong with the key for this cluster, in words; null: nothing that can be seen. */
  readonly problem: string | null;
}

/** An answer without what it says of the account; the whole stands in preflight.json beside the journal. */
export interface JournaledAnswer {
  readonly id: string;
  readonly level: "stops" | "advises";
  readonly verdict: VerdictWord;
  /** How many things spoke against a pass. */
  readonly findings: number;
  /** Why a fail was accepted; null when it was not, or when nothing failed. */
  readonly accepted: string | null;
}

export type RedeployAnswer =
  | { readonly kind: "started"; readonly deploymentId: string; readonly serviceDeploymentArn: string | null }
  | { readonly kind: "refused"; readonly code: string; readonly message: string }
  /** AWS certainly did nothing (throttled out, credentials, not reached): the service goes back to the queue. */
  | { readonly kind: "not-sent"; readonly code: string; readonly message: string }
  | { readonly kind: "in-doubt"; readonly code: string; readonly message: string };

export type DoubtFinding =
  | { readonly kind: "none" }
  /** A primary that was not there before our intent. We have no reply that names it: followed and verified, never stopped by us. */
  | { readonly kind: "adopted"; readonly deploymentId: string; readonly serviceDeploymentArn: string | null };

export interface ServiceProgress {
  readonly phase: "starting" | "rolling" | "draining" | "rolling-back";
  readonly serviceDeploymentArn: string | null;
  readonly tasksOnKey: number;
  readonly tasksWanted: number;
  /** Tasks of earlier deployments that still run or drain. */
  readonly tasksOld: number;
  readonly failedTasks: number;
  /** The first start failure that was seen, as AWS told it, and the task that had it. */
  readonly startFailure: string | null;
  readonly failedTaskArn: string | null;
  /** Whether the service's own circuit breaker rolls a failing deployment back. */
  readonly rollsBackItself: boolean;
  /** Whether fewer tasks run than the service's minimum healthy percent asks for. */
  readonly belowMinimum: boolean;
}

export interface ServiceFailure {
  readonly reason: string;
  readonly rolledBack: boolean;
  /** The reason that AWS gave for the first task that failed; null when none was seen. */
  readonly taskReason: string | null;
  readonly taskArn: string | null;
  readonly remedy: string;
}

export type RunOutcome = "proved" | "failed-or-unproved" | "aborted";
