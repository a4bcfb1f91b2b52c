// What one policy document, by itself, says about one request. Combining several is authorize.ts.
//
// Invariants
//   an explicit deny wins over everything; without an allow nothing is allowed
//   the order of statements does not matter
//   a decision other than implicit-deny names the statements it rests on

import type { Policy, PolicyKind } from "./document";
import { evaluateStatement, type StatementOutcome } from "./evaluate-statement";
import type { Via } from "./match-principal";
import type { PolicyRequest } from "./request";
import { any, type Ternary } from "./ternary";

export type Decision = "allow" | "deny" | "implicit-deny" | "unknown";

export interface PolicyOutcome {
  readonly decision: Decision;
  /** Whether any statement denies, and whether any allows: what a combination of policies needs. */
  readonly denies: Ternary;
  readonly allows: Ternary;
  /** The ways in which allowing statements meant the principal: an account alone only passes the question on to IAM. */
  readonly vias: readonly Via[];
  /** Labels of the statements that decide; empty for an implicit deny. */
  readonly deciding: readonly string[];
  readonly statements: readonly StatementOutcome[];
}

export function evaluatePolicy(policy: Policy, kind: PolicyKind, request: PolicyRequest): PolicyOutcome {
  const statements = policy.statements.map((statement) =>
    evaluateStatement(statement, { kind, version: policy.version, request }),
  );
  const denying = statements.filter(({ effect }) => effect === "Deny");
  const allowing = statements.filter(({ effect }) => effect === "Allow");
  const denies = any(denying.map(({ match }) => match));
  const allows = any(allowing.map(({ match }) => match));
  const decision = decide(denies, allows);
  return {
    decision,
    denies,
    allows,
    vias: allowing.flatMap(({ match, principal }) =>
      match === "yes" && principal.via !== null ? [principal.via] : [],
    ),
    deciding: statements.filter((one) => isDeciding(one, decision, allows)).map(({ label }) => label),
    statements,
  };
}

/** A possible deny is of no interest when nothing is allowed anyway. */
export function decide(denies: Ternary, allows: Ternary): Decision {
  if (denies === "yes") return "deny";
  if (allows === "no") return "implicit-deny";
  return denies === "unknown" || allows === "unknown" ? "unknown" : "allow";
}

function isDeciding({ effect, match }: StatementOutcome, decision: Decision, allows: Ternary): boolean {
  switch (decision) {
    case "allow":
      return effect === "Allow" && match === "yes";
    case "deny":
      return effect === "Deny" && match === "yes";
    case "unknown":
      // A possible allow is of no interest beside a sure one.
      return match === "unknown" && (effect === "Deny" || allows === "unknown");
    case "implicit-deny":
      return false;
  }
}
