// A Report is the evidence of one run: what was, what was done, what was seen afterwards, and what that does not show.
// It is a value; text, Markdown and pages are views of it. The same run directory gives the same report.
//
// Invariants
//   every service of the fleet stands in `services` exactly once; every task of no service in `standalone`
//   whatever is said of afterwards comes from proofs in the journal; what was not looked at again counts as not proved
//   an absent observation is `not-seen`, never "no key"

import type { Lane } from "../../../domain/fleet";
import type { CallCounts } from "../../ports/call-gate";
import type { JournaledAnswer, RunOutcome } from "./journal-event";
import type { ServiceClass } from "./service-class";
import type { Verdict, VerdictWord } from "./verdict";

export const REPORT_SCHEMA = "fargate-cmk/report";
export const REPORT_VERSION = 1;

export interface Report {
  readonly schema: typeof REPORT_SCHEMA;
  readonly version: typeof REPORT_VERSION;
  readonly toolVersion: string;
  readonly planId: string;
  readonly fleet: { readonly sha256: string; readonly readAt: string };
  readonly lane: Lane;
  readonly run: ReportedRun;
  readonly verdict: { readonly word: VerdictWord; readonly sentences: readonly string[] };
  readonly proves: readonly string[];
  readonly doesNotProve: readonly string[];
  readonly coverage: ReportedCoverage;
  readonly services: readonly ReportedService[];
  readonly standalone: readonly ReportedStandalone[];
  /** Services that the last look found and the plan's fleet did not have. */
  readonly newServices: readonly ReportedNewService[];
  /** Planned services of which something else is not as the plan found it; left out when there are none. */
  readonly changed?: readonly ReportedChange[];
  /** What was asked before the run, and accepted; left out when the journal does not tell, and the rest is the same then. */
  readonly checks?: ReportedChecks;
  readonly timeline: ReportedTimeline;
  readonly failures: readonly ReportedFailure[];
  /** Null when the report was made from the run directory alone, which does not hold them. */
  readonly calls: CallCounts | null;
  readonly journal: { readonly lines: number; readonly head: string };
}

export interface ReportedRun {
  readonly status: string;
  readonly reason: string | null;
  readonly outcome: RunOutcome | null;
  /** ISO 8601, UTC. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Principals under which the run was started and resumed, each once. */
  readonly callers: readonly string[];
}

/** Running tasks that could use a key (Linux on Fargate), and those of them that do. */
export interface ReportedCoverage {
  readonly before: { readonly tasks: number; readonly onKey: number; readonly asOf: string };
  readonly after: {
    readonly tasks: number;
    readonly onKey: number;
    /** Tasks among `tasks` that ran before and were not looked at again. */
    readonly notLookedAt: number;
    /** When the newest look was made; null when nothing was looked at. */
    readonly asOf: string | null;
  };
}

export type KeySighting =
  | { readonly seen: "key"; readonly arn: string }
  | { readonly seen: "no-key" }
  | { readonly seen: "several"; readonly arns: readonly string[] }
  | { readonly seen: "not-seen" };

export type ServiceOutcome = "proved" | "failed" | "set aside" | "superseded" | "unproved" | "not planned";

export interface ReportedService {
  readonly arn: string;
  readonly name: string;
  readonly clusterArn: string;
  readonly clusterName: string;
  /** As planned. */
  readonly class: ServiceClass;
  readonly outcome: ServiceOutcome;
  readonly reason: string;
  readonly owner: string | null;
  readonly nextStep: string | null;
  readonly wave: number | null;
  readonly keyBefore: KeySighting;
  readonly keyAfter: KeySighting;
  /** The newest look that speaks of it; null when it was not looked at again. */
  readonly evidence: Verdict | null;
  readonly tasks: readonly ReportedTask[];
}

export interface ReportedTask extends Verdict {
  readonly arn: string;
  readonly keyBefore: KeySighting;
  readonly keyAfter: KeySighting;
  readonly platformVersion: string | null;
  readonly startedAt: string | null;
  /** `startedBy`: the deployment that launched it. */
  readonly deploymentId: string | null;
}

export interface ReportedStandalone extends ReportedTask {
  readonly clusterName: string;
  readonly group: string | null;
  readonly class: ServiceClass;
  readonly owner: string | null;
  readonly nextStep: string | null;
}

export interface ReportedNewService extends Verdict {
  readonly arn: string;
}

export interface ReportedChange {
  readonly arn: string;
  /** `cluster/service`. */
  readonly name: string;
  /** In words: what was and what is. */
  readonly changes: readonly string[];
}

export interface ReportedChecks {
  readonly asOf: string;
  /** In the order in which they were asked. */
  readonly answers: readonly (JournaledAnswer & {
    /** What holds when it passes. */
    readonly title: string;
  })[];
}

export interface ReportedTimeline {
  readonly waves: readonly {
    readonly number: number;
    readonly name: string;
    readonly openedAt: string | null;
    readonly closedAt: string | null;
    readonly soakUntil: string | null;
    readonly expectedMs: number;
  }[];
  readonly services: readonly {
    readonly arn: string;
    readonly wave: number;
    readonly startedAt: string | null;
    readonly settledAt: string | null;
    readonly endedAt: string | null;
  }[];
  /** What happened to the run as a whole, in order. */
  readonly events: readonly { readonly at: string; readonly what: string }[];
  /** From first to last line of the run; null before it has ended. */
  readonly tookMs: number | null;
  /** The staged lower bound as planned, and with the times that the services really took. */
  readonly lowerBoundMs: { readonly planned: number; readonly actual: number | null };
}

export interface ReportedFailure {
  readonly serviceArn: string;
  readonly reason: string;
  readonly rolledBack: boolean;
  readonly firstTask: { readonly arn: string | null; readonly reason: string | null };
  readonly remedy: string;
}
