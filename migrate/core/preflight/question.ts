// What a preflight question is: data for people and documents, and one pure function from what was seen to what was found.
//
// Invariants
//   a question looks at its own cause only: what another question tells already makes it pass over the subject, not fail too
//   a finding that is `unknown` names what was not seen; the missing permission stands in its remedy

import type { Unknown } from "../../../domain/fact";
import type { PreflightAnswer, PreflightFinding } from "../model/preflight";
import type { PreflightFacts } from "./facts";

export interface Question {
  /** Contract: it names the answer in files, waivers and reports. */
  readonly id: string;
  readonly level: PreflightAnswer["level"];
  /** What holds when it passes, as people read it: a sentence without capital and full stop. */
  readonly title: string;
  /** How it is judged, and what it cannot see: a sentence without capital and full stop. */
  readonly asks: string;
  readonly source: QuestionSource;
  /** What its findings are counted in. */
  readonly subjects: readonly [singular: string, plural: string];
  readonly ask: (facts: PreflightFacts) => Asked;
}

export interface QuestionSource {
  /** The page of AWS's documentation below docs.aws.amazon.com, or where else it is known from. */
  readonly page: string;
  /** `ours`: no fact about AWS, but a careful person's question. */
  readonly standing: "documented" | "reported" | "inferred" | "ours";
}

export type Asked =
  | { readonly kind: "not-applicable"; readonly reason: string }
  | {
      readonly kind: "asked";
      /** The reason of the answer when nothing speaks against it. */
      readonly pass: string;
      readonly findings: readonly PreflightFinding[];
    };

export function notApplicable(reason: string): Asked {
  return { kind: "not-applicable", reason };
}

export function asked(pass: string, findings: readonly PreflightFinding[]): Asked {
  return { kind: "asked", pass, findings };
}

export function fails(subject: string, reason: string, remedy: string | null): PreflightFinding {
  return { verdict: "fail", subject, reason, remedy };
}

export function notSeen(subject: string, { why, permission }: Omit<Unknown, "kind">): PreflightFinding {
  const remedy = permission === undefined ? null : `allow ${permission} to who runs this`;
  return { verdict: "unknown", subject, reason: why, remedy };
}
