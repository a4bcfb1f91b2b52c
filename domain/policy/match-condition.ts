// Whether one condition of a statement holds for a request.
// Source: IAM user guide, "Condition operators", "Multivalued context keys" and "…IfExists" (documented).
//
// Invariants
//   an absent key: positive operators do not hold, negated ones do, IfExists holds, ForAllValues holds, ForAnyValue does not
//   several values of the policy are alternatives for a positive operator, and must all differ for a negated one
//   an operator that does not exist, and a value that is not known, make the condition unknown

import { CONDITION_OPERATORS, type Comparison, plainPieces } from "./condition-operators";
import type { ConditionClause, ConditionOperator } from "./document";
import { type Expansion, expandVariables } from "./expand-variables";
import type { Piece } from "./match-wildcard";
import { noSuchOperator } from "./parse-operator";
import { type ContextValue, lookUp } from "./request";
import { all, any, not, type Ternary, ternary } from "./ternary";

export interface ConditionOutcome {
  /** `Operator key`, as the document writes them. */
  readonly written: string;
  readonly key: string;
  /** False for a misspelt operator, which makes the condition unknown. */
  readonly operatorExists: boolean;
  readonly match: Ternary;
  readonly why: string;
}

export function matchCondition(clause: ConditionClause, expansion: Expansion): ConditionOutcome {
  const written = `${clause.written} ${clause.key}`;
  const { match, why } = decide(clause, expansion);
  return { written, key: clause.key, operatorExists: clause.operator !== null, match, why };
}

interface Decision {
  readonly match: Ternary;
  readonly why: string;
}

function decide(clause: ConditionClause, expansion: Expansion): Decision {
  const { operator, key } = clause;
  if (operator === null) return { match: "unknown", why: noSuchOperator(clause.written) };
  const value = lookUp(expansion.context, key);
  if (value.kind === "unknown") return { match: "unknown", why: value.why };
  if (operator.name === "Null") return decideNull(clause, value);
  const comparison = CONDITION_OPERATORS.get(operator.name);
  if (comparison === undefined) return { match: "unknown", why: noSuchOperator(clause.written) };
  if (value.kind === "absent" || value.values.length === 0) return decideAbsent(key, operator, comparison);
  return decidePresent({ clause, operator, comparison, actual: value.values, expansion });
}

function decideNull(clause: ConditionClause, value: ContextValue): Decision {
  const isAbsent = value.kind === "absent" || (value.kind === "present" && value.values.length === 0);
  const asked = clause.values.map((text) => text.toLowerCase());
  const why = `${clause.key} is ${isAbsent ? "absent" : "present"}`;
  if (!asked.every((text) => text === "true" || text === "false"))
    return { match: "unknown", why: "Null takes true or false" };
  return { match: ternary(asked.includes(isAbsent ? "true" : "false")), why };
}

function decideAbsent(key: string, operator: ConditionOperator, comparison: Comparison): Decision {
  if (operator.ifExists) return { match: "yes", why: `${key} is absent, and …IfExists then holds` };
  switch (operator.set) {
    case "ForAllValues":
      return { match: "yes", why: `${key} is absent, and ForAllValues then holds` };
    case "ForAnyValue":
      return { match: "no", why: `${key} is absent, and ForAnyValue then does not hold` };
    case null:
      return comparison.negated
        ? { match: "yes", why: `${key} is absent, and a negated operator then holds` }
        : { match: "no", why: `${key} is absent` };
  }
}

interface PresentCase {
  readonly clause: ConditionClause;
  readonly operator: ConditionOperator;
  readonly comparison: Comparison;
  readonly actual: readonly string[];
  readonly expansion: Expansion;
}

function decidePresent({ clause, operator, comparison, actual, expansion }: PresentCase): Decision {
  const wanted = clause.values.map((value) => piecesFor(value, comparison, expansion));
  const oneOf = (value: string) => any(wanted.map((pieces) => compareOne(value, pieces, comparison)));
  const perValue = actual.map((value) => (comparison.negated ? not(oneOf(value)) : oneOf(value)));
  const match = gather(perValue, operator, comparison);
  const unresolved = wanted.find((pieces) => typeof pieces === "string");
  if (match === "unknown" && unresolved !== undefined) return { match, why: unresolved };
  return {
    match,
    why: `${clause.key} is ${actual.join(", ")}; the policy says ${clause.values.join(", ") || "nothing"}`,
  };
}

function gather(perValue: readonly Ternary[], operator: ConditionOperator, comparison: Comparison): Ternary {
  if (operator.set === "ForAllValues") return all(perValue);
  if (operator.set === "ForAnyValue") return any(perValue);
  return comparison.negated ? all(perValue) : any(perValue);
}

/** The pieces of one value, or why they are not known. */
function piecesFor(value: string, comparison: Comparison, expansion: Expansion): readonly Piece[] | string {
  if (!comparison.expands) return plainPieces(value);
  const expanded = expandVariables(value, expansion);
  return expanded.kind === "pieces" ? expanded.pieces : expanded.why;
}

function compareOne(actual: string, wanted: readonly Piece[] | string, comparison: Comparison): Ternary {
  return typeof wanted === "string" ? "unknown" : comparison.compares(actual, wanted);
}
