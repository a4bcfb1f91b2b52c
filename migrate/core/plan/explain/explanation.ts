// What is said about one service of a fleet and its plan: a plain JSON value, from which every view is made.
//
// Invariants
//   numbers are the plan's own: an estimate is the sum of its terms, a surge its tasks times the size of one, a score its findings
//   a fact is either known with the instant of its read, or unknown with the reason and the permission that would show it

import type { Lane } from "../../../../domain/fleet";
import type { FamilyName } from "../../classify/classify-service";
import type { Mutex } from "../../model/plan";
import type { ClassGroup, Classification, ServiceClass } from "../../model/service-class";
import type { CallDuty } from "../api-calls-min";
import type { EstimateTerm } from "../estimate";
import type { Finding, RiskLevel } from "../risk";

export const EXPLANATION_SCHEMA = "fargate-cmk/explanation";
export const EXPLANATION_VERSION = 1;

export interface Explanation {
  readonly schema: typeof EXPLANATION_SCHEMA;
  readonly version: typeof EXPLANATION_VERSION;
  readonly planId: string;
  readonly lane: Lane;
  readonly readAt: string;
  readonly service: {
    readonly arn: string;
    readonly name: string;
    readonly clusterArn: string;
    readonly clusterName: string;
    readonly owner: string | null;
    readonly tasks: number;
  };
  readonly classification: Classification & { readonly group: ClassGroup };
  /** Why it would not start again if it were restarted; null where nothing was seen against it, or its class says it. */
  readonly restart: { readonly reason: string; readonly remedy: string } | null;
  /** The questions that were put, in order, up to the one that decided; the facts that answered each. */
  readonly asked: readonly ExplainedQuestion[];
  /** What could not be seen and has to do with this service, whether or not it decided. */
  readonly unseen: readonly UnseenFact[];
  /** Null when it will not be redeployed. */
  readonly planned: ExplainedRedeployment | null;
  readonly levers: readonly Lever[];
}

export interface ExplainedQuestion {
  readonly family: FamilyName | "redeploy";
  /** In a few words: a claim that does not hold when it passes, and decides when it holds. */
  readonly question: string;
  readonly answer: "passes" | "decides" | "allowed";
  /** Why the operator allowed what was found; null else. */
  readonly allowedBecause: string | null;
  readonly facts: readonly ExplainedFact[];
}

export interface ExplainedFact {
  readonly name: string;
  /** Null when it is unknown. */
  readonly value: string | null;
  /** ISO 8601; null when it is unknown. */
  readonly asOf: string | null;
}

export interface UnseenFact {
  readonly name: string;
  readonly why: string;
  /** The IAM action that would show it; null when no permission is to blame. */
  readonly permission: string | null;
}

export interface ExplainedRedeployment {
  readonly targetKeyArn: string;
  readonly platformVersion: string | null;
  readonly wave: ExplainedWave;
  readonly risk: { readonly level: RiskLevel; readonly score: number; readonly findings: readonly Finding[] };
  readonly surge: ExplainedSurge;
  readonly estimate: {
    readonly terms: readonly EstimateTerm[];
    readonly toSuccessMs: number;
    readonly toCapacityFreeMs: number;
    /** After this it counts as overdue. */
    readonly deadlineMs: number;
  };
  readonly calls: readonly CallDuty[];
  readonly risks: readonly string[];
  readonly exclusions: readonly Exclusion[];
  readonly admission: readonly AdmissionCondition[];
}

export interface ExplainedWave {
  readonly number: number;
  readonly of: number;
  readonly name: string;
  readonly why: string;
  /** What must be over before it begins. */
  readonly gate: string;
  /** Its place among all services to redeploy, from 1, when the careful ones go first. */
  readonly place: { readonly rank: number; readonly of: number };
}

export interface ExplainedSurge {
  readonly tasks: number;
  readonly taskVcpu: number;
  readonly vcpu: number;
  /** Each Fargate task has an address of its own. */
  readonly addresses: number;
  readonly why: string;
  readonly subnets: readonly { readonly id: string; readonly freeAddresses: number | null }[];
}

/** Planned services that it never rolls together with. */
export interface Exclusion {
  readonly mutex: Mutex;
  readonly others: readonly { readonly arn: string; readonly name: string; readonly wave: number }[];
}

export interface AdmissionCondition {
  readonly condition: string;
  /** What it was at the scan. */
  readonly now: string;
  /** What happens when it does not hold. */
  readonly otherwise: string;
}

/** A change, and the class that the same rules give once it is made; null where that depends on what is then seen. */
export interface Lever {
  readonly change: string;
  readonly class: ServiceClass | null;
}
