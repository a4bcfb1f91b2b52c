// Whether one statement applies to one request, element by element.
//
// Invariants
//   a statement applies when principal, action, resource and every condition do (Kleene's and)
//   every element is looked at, also after one said no: the outcome explains the whole statement
//   action names are compared without regard to case, resources with it

import type { PatternClause, PolicyKind, Statement } from "./document";
import { type Expansion, expandVariables } from "./expand-variables";
import { type ConditionOutcome, matchCondition } from "./match-condition";
import { matchPrincipal, type PrincipalOutcome } from "./match-principal";
import { lowerCase, matchWildcard, piecesOf } from "./match-wildcard";
import type { PolicyRequest } from "./request";
import { all, any, not, type Ternary, ternary } from "./ternary";

export interface ElementOutcome {
  readonly match: Ternary;
  readonly why: string;
}

export interface StatementOutcome {
  readonly label: string;
  readonly effect: "Allow" | "Deny";
  readonly match: Ternary;
  /** The first element that decided, in words. */
  readonly why: string;
  readonly principal: PrincipalOutcome;
  readonly action: ElementOutcome;
  readonly resource: ElementOutcome;
  readonly conditions: readonly ConditionOutcome[];
}

export interface StatementQuestion {
  readonly kind: PolicyKind;
  readonly version: Expansion["version"];
  readonly request: PolicyRequest;
}

export function evaluateStatement(statement: Statement, question: StatementQuestion): StatementOutcome {
  const { kind, version, request } = question;
  const expansion: Expansion = { version, context: request.context };
  const principal = hasPrincipals(kind) ? matchPrincipal(statement.principal, request.principal) : OWN_PRINCIPAL;
  const action = matchAction(statement.action, request.action);
  const resource = matchResource(statement.resource, { kind, expansion, arn: request.resource });
  const conditions = statement.conditions.map((clause) => matchCondition(clause, expansion));
  const readable: ElementOutcome = {
    match: statement.unreadable === null ? "yes" : "unknown",
    why: statement.unreadable ?? "",
  };
  const elements: readonly ElementOutcome[] = [principal, action, resource, ...conditions, readable];
  const match = all(elements.map((element) => element.match));
  const decisive = elements.find((element) => element.match === match);
  const why = match === "yes" ? "every element matches" : (decisive?.why ?? "");
  return { label: statement.label, effect: statement.effect, match, why, principal, action, resource, conditions };
}

/** Identity policies, boundaries and SCPs belong to who asks: they name no principal. */
function hasPrincipals(kind: PolicyKind): boolean {
  return kind === "key" || kind === "resource" || kind === "rcp";
}

const OWN_PRINCIPAL: PrincipalOutcome = { match: "yes", via: null, why: "the policy belongs to the principal" };

function matchAction(clause: PatternClause | null, action: string): ElementOutcome {
  if (clause === null) return { match: "no", why: "the statement has no Action, and so no effect" };
  const wanted = action.toLowerCase();
  const isNamed = clause.patterns.some((pattern) => matchWildcard(wanted, lowerCase(piecesOf(pattern))));
  return {
    match: ternary(isNamed !== clause.negated),
    why: `${clause.negated ? "NotAction" : "Action"} is ${list(clause)}`,
  };
}

interface ResourceQuestion {
  readonly kind: PolicyKind;
  readonly expansion: Expansion;
  readonly arn: string | null;
}

function matchResource(clause: PatternClause | null, question: ResourceQuestion): ElementOutcome {
  if (clause === null) return { match: "no", why: "the statement has no Resource, and so no effect" };
  const named = any(clause.patterns.map((pattern) => matchOneResource(pattern, question)));
  const why = `${clause.negated ? "NotResource" : "Resource"} is ${list(clause)}`;
  return { match: clause.negated ? not(named) : named, why };
}

function matchOneResource(pattern: string, { expansion, arn }: ResourceQuestion): Ternary {
  // In a key policy "*" means the key that the policy is attached to; elsewhere it means every resource.
  if (pattern === "*") return "yes";
  if (arn === null) return "unknown";
  const expanded = expandVariables(pattern, expansion);
  return expanded.kind === "unknown" ? "unknown" : ternary(matchWildcard(arn, expanded.pieces));
}

function list(clause: PatternClause): string {
  return clause.patterns.join(", ");
}
