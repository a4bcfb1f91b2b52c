// A policy document after parsing: what AWS's policy language can say, in a form that can be evaluated.
// Source: IAM user guide, "IAM JSON policy element reference" (documented).
//
// Invariants
//   statements keep their order and number; `label` is the Sid, or `statement N` counted from 1
//   what could not be understood is named in `problems`, and evaluates to unknown or to no effect, never to a guess

export type PolicyKind = "key" | "resource" | "identity" | "boundary" | "scp" | "rcp";

export interface Policy {
  readonly kind: "policy";
  /** A document without Version is read as 2008-10-17, as AWS does: that version has no policy variables. */
  readonly version: "2012-10-17" | "2008-10-17";
  readonly statements: readonly Statement[];
  readonly problems: readonly PolicyProblem[];
}

export interface Statement {
  readonly label: string;
  readonly sid: string | null;
  readonly effect: "Allow" | "Deny";
  readonly principal: PrincipalClause | null;
  readonly action: PatternClause | null;
  readonly resource: PatternClause | null;
  readonly conditions: readonly ConditionClause[];
  /** Set when a part could not be read at all: the statement then evaluates to unknown. */
  readonly unreadable: string | null;
}

/** Action or NotAction, Resource or NotResource. */
export interface PatternClause {
  readonly negated: boolean;
  readonly patterns: readonly string[];
}

/** Principal or NotPrincipal. */
export interface PrincipalClause {
  readonly negated: boolean;
  readonly principals: readonly PrincipalPattern[];
}

export type PrincipalPattern =
  | { readonly kind: "everyone"; readonly written: string }
  /** An account id or `…:root`: the account as a whole, which may then allow its own principals with IAM policies. */
  | { readonly kind: "account"; readonly account: string; readonly written: string }
  /** A role, user or session, by ARN. */
  | { readonly kind: "aws"; readonly arn: string; readonly written: string }
  | { readonly kind: "service"; readonly name: string; readonly written: string }
  | { readonly kind: "federated"; readonly provider: string; readonly written: string }
  | { readonly kind: "canonical"; readonly id: string; readonly written: string }
  /** `AIDA…` or `AROA…`: AWS shows the unique id when the user or role of the policy was deleted. Matches nobody. */
  | { readonly kind: "deleted"; readonly written: string }
  | { readonly kind: "unreadable"; readonly written: string };

export interface ConditionClause {
  /** The operator as the document spells it. */
  readonly written: string;
  /** Null when no such operator exists. */
  readonly operator: ConditionOperator | null;
  readonly key: string;
  /** As text: JSON booleans and numbers are written as IAM compares them. */
  readonly values: readonly string[];
}

export interface ConditionOperator {
  /** Without prefix and suffix, e.g. `StringEquals`. */
  readonly name: string;
  readonly set: "ForAllValues" | "ForAnyValue" | null;
  readonly ifExists: boolean;
}

export type PolicyProblemCode =
  | "no-action"
  | "no-resource"
  | "no-principal"
  | "no-effect"
  | "two-forms"
  | "unreadable-element"
  | "unreadable-principal"
  | "deleted-principal"
  | "unknown-operator"
  | "set-operator-on-encryption-context"
  | "variable-in-old-version"
  | "unknown-version";

export interface PolicyProblem {
  readonly code: PolicyProblemCode;
  /** The statement's label, or null for the document. */
  readonly statement: string | null;
  /** What is wrong, with the value, and what it leads to. */
  readonly text: string;
}
