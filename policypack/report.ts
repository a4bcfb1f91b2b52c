// What is said of a verdict, and whether it can block: here waivers and exemptions take effect.
//
// Invariants
//   only a failure, or a rule that could not be evaluated, blocks; its level is the one in force for the rule
//   what is unknown, waived or exempt is advisory and always said

import { brokenRuleMessage, exemptMessage, failMessage, unknownMessage, waivedMessage } from "./message";
import type { Rule } from "./rules/rule";
import type { Fail, Verdict } from "./rules/verdict";
import { type Exemption, exemptionFor, type Settings, type Waiver, type WaiverAnswer, waiverFor } from "./settings";

export interface Report {
  readonly message: string;
  /** True where it must not block, whatever the level of the rule. */
  readonly isAdvisory: boolean;
  /** Waivers and exemptions that speak of it, in force or expired. */
  readonly spokenFor: readonly (Waiver | Exemption)[];
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
      return { message: unknownMessage(about.rule, verdict), isAdvisory: true, spokenFor: [] };
    case "fail":
      return failure(verdict, about);
    case "notEvaluated":
      return broken(verdict, about);
  }
}

function failure(verdict: Fail, about: About): Report {
  const { rule, settings, urn } = about;
  const exemption = rule.takesExemptions === true ? exemptionFor(settings, urn) : null;
  if (exemption !== null) return accepted(exemptMessage(rule, verdict.reason, exemption), exemption);
  const { inForce, expired } = waiverOf(about);
  if (inForce !== null) return accepted(waivedMessage(rule, verdict.reason, inForce), inForce);
  return {
    message: failMessage(rule, verdict, expired),
    isAdvisory: verdict.weight === "advisory",
    spokenFor: expired === null ? [] : [expired],
  };
}

function broken({ error }: NotEvaluated, about: About): Report {
  const { rule, name } = about;
  const message = brokenRuleMessage(rule, name, error);
  const { inForce } = waiverOf(about);
  if (inForce === null) return { message, isAdvisory: false, spokenFor: [] };
  return accepted(waivedMessage(rule, message.split("\n")[0] ?? "", inForce), inForce);
}

function accepted(message: string, by: Waiver | Exemption): Report {
  return { message, isAdvisory: true, spokenFor: [by] };
}

function waiverOf({ rule, settings, urn, today }: About): WaiverAnswer {
  return waiverFor(settings, { rule: rule.id, urn, today });
}
