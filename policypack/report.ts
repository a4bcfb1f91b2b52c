// What is said of a verdict, and whether it can block: here waivers and exemptions take effect.
//
// Invariants
//   only a failure, or a rule that could not be evaluated, blocks; its level is the one in force for the rule
//   what is unknown, waived or exempt is advisory and always said

import { brokenRuleMessage, exemptMessage, failMessage, unknownMessage, waivedMessage } from "./message";
import type { Rule } from "./rules/rule";
import type { Fail, Verdict } from "./rules/verdict";
import { exemptionFor, type Settings, type WaiverAnswer, waiverFor } from "./settings";

export interface Report {
  readonly message: string;
  /** True where it must not block, whatever the level of the rule. */
  readonly isAdvisory: boolean;
}

export interface About {
  readonly rule: Rule;
  readonly urn: string;
  readonly name: string;
  readonly settings: Settings;
  readonly today: string;
}

export interface NotEvaluated {
  readonly kind: "notEvaluated";
  readonly error: unknown;
}

export function notEvaluated(error: unknown): NotEvaluated {
  return { kind: "notEvaluated", error };
}

/** Null when nothing is to be said. */
export function reportOf(verdict: Verdict | NotEvaluated, about: About): Report | null {
  switch (verdict.kind) {
    case "pass":
    case "notApplicable":
      return null;
    case "unknown":
      return { message: unknownMessage(about.rule, verdict), isAdvisory: true };
    case "fail":
      return failure(verdict, about);
    case "notEvaluated":
      return broken(verdict, about);
  }
}

function failure(verdict: Fail, about: About): Report {
  const { rule, settings, urn } = about;
  const exemption = rule.takesExemptions === true ? exemptionFor(settings, urn) : null;
  if (exemption !== null) return { message: exemptMessage(rule, verdict.reason, exemption), isAdvisory: true };
  const { inForce, expired } = waiverOf(about);
  if (inForce !== null) return { message: waivedMessage(rule, verdict.reason, inForce), isAdvisory: true };
  return { message: failMessage(rule, verdict, expired), isAdvisory: verdict.weight === "advisory" };
}

function broken({ error }: NotEvaluated, about: About): Report {
  const { rule, name } = about;
  const message = brokenRuleMessage(rule, name, error);
  const { inForce } = waiverOf(about);
  if (inForce === null) return { message, isAdvisory: false };
  return { message: waivedMessage(rule, message.split("\n")[0] ?? "", inForce), isAdvisory: true };
}

function waiverOf({ rule, settings, urn, today }: About): WaiverAnswer {
  return waiverFor(settings, { rule: rule.id, urn, today });
}
