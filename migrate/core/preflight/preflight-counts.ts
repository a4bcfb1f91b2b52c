// How many answers there are of each kind, as the first line of a page and a one-line message say it.
// Invariant: every answer is counted once.

import type { Preflight, PreflightAnswer } from "../model/preflight";
import { counted } from "../words/counted";
import { stoppingAnswers } from "./judge-preflight";

export interface PreflightCounts {
  readonly stops: number;
  readonly accepted: number;
  readonly toKnow: number;
  readonly notSeen: number;
  readonly pass: number;
  readonly notApplicable: number;
}

export function preflightCounts(preflight: Pick<Preflight, "answers">): PreflightCounts {
  const count = (holds: (answer: PreflightAnswer) => boolean): number => preflight.answers.filter(holds).length;
  return {
    stops: stoppingAnswers(preflight).length,
    accepted: count(({ accepted }) => accepted !== null),
    toKnow: count(({ level, verdict, accepted }) => level === "advises" && verdict === "fail" && accepted === null),
    notSeen: count(({ verdict }) => verdict === "unknown"),
    pass: count(({ verdict }) => verdict === "pass"),
    notApplicable: count(({ verdict }) => verdict === "notApplicable"),
  };
}

/** `Nothing stops this run: 28 pass, 3 to know, 2 not seen`: without a full stop. */
export function preflightHeadline(counts: PreflightCounts): string {
  const { stops, accepted, toKnow, notSeen, pass, notApplicable } = counts;
  const verdict =
    stops === 0 ? "Nothing stops this run" : `${counted(stops, "question stops", "questions stop")} this run`;
  const parts = [
    `${pass} pass`,
    ...(accepted > 0 ? [`${accepted} accepted`] : []),
    ...(toKnow > 0 ? [`${toKnow} to know`] : []),
    ...(notSeen > 0 ? [`${notSeen} not seen`] : []),
    ...(notApplicable > 0 ? [`${notApplicable} not applicable`] : []),
  ];
  return `${verdict}: ${parts.join(", ")}`;
}
