// A Preflight is what was asked right before a run, and the answers: each question is one whose answer could stop the run, or that
// a careful person would ask. It changes nothing.
//
// Invariants
//   ids are contract: they name answers in files, waivers and reports, and never change their meaning
//   every question of the registry is answered exactly once; one that nothing applies to says so, and is not left out
//   an answer's verdict is the worst of its findings: fail, then unknown, then pass; an unseen fact never becomes a pass
//   a fail of a question that stops is a refusal, unless it was accepted with a reason; unknown never stops, and is always told

import type { Lane } from "../../../domain/fleet";
import type { VerdictWord } from "./verdict";

export const PREFLIGHT_SCHEMA = "fargate-cmk/preflight";
export const PREFLIGHT_VERSION = 1;

export interface Preflight {
  readonly schema: typeof PREFLIGHT_SCHEMA;
  readonly version: typeof PREFLIGHT_VERSION;
  readonly planId: string;
  readonly lane: Lane;
  /** ISO 8601, UTC: when the first of the reads that it rests on began. */
  readonly asOf: string;
  readonly answers: readonly PreflightAnswer[];
}

export interface PreflightAnswer {
  readonly id: string;
  /** `stops`: a fail refuses the run; `advises`: it is told and nothing more. */
  readonly level: "stops" | "advises";
  readonly verdict: VerdictWord;
  /** One sentence, lower case, without a full stop. */
  readonly reason: string;
  /** What speaks against a pass: one entry a key, cluster, service or subnet. Empty for pass and notApplicable. */
  readonly findings: readonly PreflightFinding[];
  /** Why a fail was accepted, in the words of who did; null when it was not. */
  readonly accepted: string | null;
}

export interface PreflightFinding {
  readonly verdict: "fail" | "unknown";
  /** A key's ARN, a cluster's name, `cluster/service`, a subnet's id, … */
  readonly subject: string;
  readonly reason: string;
  /** The next step, with the exact command or change where there is one. */
  readonly remedy: string | null;
}
