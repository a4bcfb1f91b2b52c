// A Plan says what a run will do and what it will not, computed from one Fleet and options; nothing else goes in.
// The same fleet and options give the same bytes: no clock, no randomness, input order changes nothing.
//
// Invariants
//   planId = SHA-256 (hex) of the sorted-key JSON of the plan without planId
//   every service of the fleet is in `services` or in `rest`, exactly once; standalone tasks are in `rest`
//   every planned service is in exactly one wave, and waves are numbered from 1 without a gap
//   `options.mutexTags` is not empty, and then every planned service has `mutexes`; neither is there without the other
//   version 1 has neither these nor `gate` nor `waveFailuresMax`; version 2 has no `gate` and no `waveFailuresMax`

import type { Lane } from "../../../domain/fleet";
import type { Classification, ServiceClass } from "./service-class";

export const PLAN_SCHEMA = "fargate-cmk/plan";

/**
 * A plan has the lowest version whose readers do right by it: 3 when its gates ask for more than time, for a program that does not
 * know it would pass them; 2 when services exclude each other, for a program that knows only version 1 would let them roll
 * together; else 1. What is only told (`restart`) needs no version: who does not know it does what the plan says all the same.
 */
export const PLAN_VERSIONS = [1, 2, 3] as const;

export type PlanVersion = (typeof PLAN_VERSIONS)[number];

export interface Plan {
  readonly schema: typeof PLAN_SCHEMA;
  readonly version: PlanVersion;
  readonly planId: string;
  /** The fleet's file, relative to the plan's, and what it must hash to. */
  readonly fleet: { readonly file: string; readonly sha256: string; readonly readAt: string };
  readonly lane: Lane;
  readonly options: PlanOptions;
  /** Cluster and the key that it has, for every cluster with work in it. */
  readonly targets: readonly { readonly clusterArn: string; readonly clusterName: string; readonly keyArn: string }[];
  readonly waves: readonly PlannedWave[];
  readonly services: readonly PlannedService[];
  readonly rest: readonly NotPlanned[];
  readonly totals: PlanTotals;
}

export interface PlanOptions {
  /** Groups of waves by a tag's values in order, e.g. tag `tier`, values dev, staging, prod; null: by risk. */
  readonly order: { readonly tag: string; readonly values: readonly string[] } | null;
  readonly soakMs: number;
  /** Share of the services of the second wave, 0…1. */
  readonly firstShare: number;
  readonly inFlightMax: number;
  /** Failed services that a run bears before it halts. */
  readonly failuresMax: number;
  /** Classes that are blocked by default and that the operator allowed, with the reason given. */
  readonly allow: readonly { readonly class: ServiceClass; readonly service: string | null; readonly reason: string }[];
  /** What a stale platform pin is set to. */
  readonly platformPin: "1.4.0" | "LATEST";
  /** Tag keys, sorted: services with the same value of one of them never roll together. Left out when there are none. */
  readonly mutexTags?: readonly string[];
  /** What a gate asks for beside the soak. Left out when it asks for nothing more. */
  readonly gate?: GateOptions;
  /** Failed services that one wave bears before the run halts. Left out when only the run's own budget counts. */
  readonly waveFailuresMax?: number;
}

export interface GateOptions {
  /** CloudWatch alarms, by name, sorted: while one of them is in ALARM, or cannot be seen, no wave opens. */
  readonly alarms: readonly string[];
  /** Whether a person must say yes before each wave but the first. */
  readonly approval: boolean;
}

/** Whoever has it rolls alone among all that have the same. */
export interface Mutex {
  readonly tag: string;
  readonly value: string;
}

export interface PlannedWave {
  readonly number: number;
  readonly name: string;
  readonly services: readonly string[];
  /** Waited after the wave before the next one opens. */
  readonly soakMs: number;
  readonly tasks: number;
  /** vCPU that old and new tasks need beyond what runs now, at the wave's worst. */
  readonly extraVcpu: number;
  readonly expectedMs: number;
}

export interface PlannedService {
  readonly arn: string;
  readonly name: string;
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly classification: Classification;
  readonly wave: number;
  readonly targetKeyArn: string;
  /** Set only for `redeploy-platform-version`: the pin to send with the forced deployment; else null. */
  readonly platformVersion: "1.4.0" | "LATEST" | null;
  readonly tasks: number;
  readonly surgeTasks: number;
  readonly surgeVcpu: number;
  /** Time to the deployment's success, and to the end of the drain, when its capacity is free again. */
  readonly estimate: { readonly toSuccessMs: number; readonly toCapacityFreeMs: number };
  /** Hash over what must not change: task definition, percents, network, controller, strategy, pin. */
  readonly fingerprint: string;
  readonly risks: readonly string[];
  readonly owner: string | null;
  /** In the order of `options.mutexTags`, one for each of those tags that the service has; left out when that is. */
  readonly mutexes?: readonly Mutex[];
}

export interface NotPlanned {
  readonly kind: "service" | "task";
  readonly arn: string;
  readonly name: string;
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly classification: Classification;
  readonly tasks: number;
  readonly owner: string | null;
  /** Why it would not start again if it were restarted, and the next step; left out when nothing was seen against it. */
  readonly restart?: { readonly reason: string; readonly remedy: string };
}

export interface PlanTotals {
  readonly clusters: number;
  readonly services: number;
  /** Running Fargate tasks that can carry a key (Linux), standalone ones included. */
  readonly tasks: number;
  readonly tasksOnKey: number;
  readonly expectedMs: number;
  /** By documented times, rates and soaks alone: no run that redeploys all of these services is sooner over. */
  readonly stagedLowerBoundMs: number;
  readonly apiCallsMin: number;
  readonly peakExtraVcpu: number;
  /** The same for each kind of capacity; a service that may launch as either counts for both. */
  readonly peakVcpu: { readonly onDemand: number; readonly spot: number };
  /** Quota less what was in use, in vCPU; null when either was not seen. */
  readonly freeVcpu: { readonly onDemand: number | null; readonly spot: number | null };
}
