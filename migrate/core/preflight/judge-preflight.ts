// Asks every question and gives the answers: pure, so that the same plan, fleets and instant give the same bytes.
//
// Invariants
//   an answer's verdict is the worst of its findings: fail, then unknown, then pass
//   every question of the registry is answered once, in the registry's order
//   a reason accepts a fail and nothing else

import {
  PREFLIGHT_SCHEMA,
  PREFLIGHT_VERSION,
  type Preflight,
  type PreflightAnswer,
  type PreflightFinding,
} from "../model/preflight";
import { compareText } from "../plan/fleet-index";
import { counted } from "../words/counted";
import { type PreflightFacts, type PreflightRequest, preflightFacts } from "./facts";
import { type Asked, notApplicable, type Question } from "./question";
import { QUESTIONS } from "./questions";

export interface JudgePreflight extends PreflightRequest {
  /** Why a fail of a question is accepted, by the question's id. */
  readonly accept: ReadonlyMap<string, string>;
}

export function judgePreflight(request: JudgePreflight): Preflight {
  const { plan, now, accept } = request;
  const facts = preflightFacts(request);
  return {
    schema: PREFLIGHT_SCHEMA,
    version: PREFLIGHT_VERSION,
    planId: plan.planId,
    lane: plan.lane,
    asOf: now.readAt,
    answers: QUESTIONS.map((question) => answer(question, askedHere(question, facts), accept)),
  };
}

/** What refuses the run: questions that stop, failed, and were not accepted. */
export function stoppingAnswers({ answers }: Pick<Preflight, "answers">): readonly PreflightAnswer[] {
  return answers.filter(({ level, verdict, accepted }) => level === "stops" && verdict === "fail" && accepted === null);
}

/** Ids that were to be accepted although nothing failed there. */
export function idleWaivers(
  { answers }: Pick<Preflight, "answers">,
  accept: ReadonlyMap<string, string>,
): readonly PreflightAnswer[] {
  return answers.filter(({ id, verdict }) => accept.has(id) && verdict !== "fail");
}

/** With the credentials of another account or Region nothing else can be asked. */
function askedHere(question: Question, facts: PreflightFacts): Asked {
  const { plan, now } = facts;
  const isHere = plan.lane.account === now.lane.account && plan.lane.region === now.lane.region;
  if (isHere || question.id === "caller-account") return question.ask(facts);
  return notApplicable(`not asked: the credentials are for ${now.lane.account} in ${now.lane.region}`);
}

function answer(question: Question, found: Asked, accept: ReadonlyMap<string, string>): PreflightAnswer {
  const { id, level } = question;
  if (found.kind === "not-applicable")
    return { id, level, verdict: "notApplicable", reason: found.reason, findings: [], accepted: null };
  const findings = found.findings.toSorted(failsFirst);
  const verdict = findings[0]?.verdict ?? "pass";
  const accepted = verdict === "fail" ? (accept.get(id) ?? null) : null;
  return { id, level, verdict, reason: reasonOf(question, findings, found.pass), findings, accepted };
}

function failsFirst(a: PreflightFinding, b: PreflightFinding): number {
  if (a.verdict !== b.verdict) return a.verdict === "fail" ? -1 : 1;
  return compareText(a.subject, b.subject);
}

function reasonOf({ subjects }: Question, findings: readonly PreflightFinding[], pass: string): string {
  const [first] = findings;
  if (first === undefined) return pass;
  const same = findings.filter(({ verdict }) => verdict === first.verdict);
  if (same.length === 1) return `${first.subject}: ${first.reason}`;
  return `${counted(same.length, ...subjects)}, the first of them ${first.subject}: ${first.reason}`;
}
