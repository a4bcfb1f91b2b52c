// Whether a key policy opens the key to everyone.
// Source: Security Hub KMS.5 and AWS Config kms-key-policy-no-public-access (documented): a policy is not public when it grants
// to fixed values only, values without wildcard and without policy variable.
//
// Invariants
//   only an Allow for everyone ("*", {"AWS": "*"}, NotPrincipal) can be open, and only if it has an effect at all
//   a condition closes it when it must be present, has only fixed values, and is about who asks or from where
//   a fixed value that the asker is free to send (an encryption context) gives unknown: a stranger can send it too

import type { ConditionClause, Statement } from "./policy/document";
import { hasVariable } from "./policy/expand-variables";
import { parsePolicy } from "./policy/parse-policy";
import { describeProblem, isProblem } from "./problem";

export interface OpenStatement {
  readonly label: string;
  readonly verdict: "fail" | "unknown";
  readonly why: string;
}

export interface PublicAccess {
  /** pass: closed; fail: open to everyone; unknown: not decided, which never counts as closed. */
  readonly verdict: "pass" | "fail" | "unknown";
  readonly reason: string;
  /** The statements that are open, or may be. */
  readonly statements: readonly OpenStatement[];
}

/** `policy` is the document as text or as its JSON value. */
export function publicAccess(policy: unknown): PublicAccess {
  const parsed = parsePolicy(policy);
  if (isProblem(parsed)) return { verdict: "unknown", reason: describeProblem(parsed), statements: [] };
  const statements = parsed.statements.flatMap(judge);
  const open = statements.find(({ verdict }) => verdict === "fail") ?? statements[0];
  if (open === undefined) return { verdict: "pass", reason: "no statement is open to everyone", statements };
  return { verdict: open.verdict, reason: `${open.label}: ${open.why}`, statements };
}

function judge(statement: Statement): readonly OpenStatement[] {
  const { label, effect, action, resource, principal, conditions, unreadable } = statement;
  if (effect !== "Allow" || action === null || resource === null || principal === null) return [];
  const isEveryone = principal.negated || principal.principals.some(({ kind }) => kind === "everyone");
  if (!isEveryone) return [];
  if (unreadable !== null) return [{ label, verdict: "unknown", why: unreadable }];
  const closures = conditions.map(closureOf);
  if (closures.includes("closes")) return [];
  if (closures.includes("unknown")) {
    const keys = conditions.filter((_, index) => closures[index] === "unknown").map(({ key }) => key);
    return [{ label, verdict: "unknown", why: `allows everyone who sends the right ${keys.join(", ")}` }];
  }
  const limits = conditions.length === 0 ? "without condition" : "and no condition limits who";
  return [{ label, verdict: "fail", why: `allows ${action.patterns.join(", ")} to everyone, ${limits}` }];
}

type Closure = "closes" | "unknown" | "leaves-open";

function closureOf({ operator, key, values }: ConditionClause): Closure {
  if (operator === null) return "unknown";
  const holdsWhenAbsent = operator.ifExists || operator.set === "ForAllValues";
  if (!CLOSING_OPERATORS.includes(operator.name) || holdsWhenAbsent) return "leaves-open";
  if (values.some((value) => !isFixed(operator.name, value))) return "leaves-open";
  return ASKER_KEYS.some((pattern) => pattern.test(key)) ? "closes" : "unknown";
}

/** Operators that hold only for the values they list. */
const CLOSING_OPERATORS: readonly string[] = [
  "StringEquals",
  "StringEqualsIgnoreCase",
  "StringLike",
  "ArnEquals",
  "ArnLike",
  "IpAddress",
  "Bool",
];

/** Condition keys that AWS fills from who asks, from where, or through which service: a stranger cannot choose them. */
const ASKER_KEYS: readonly RegExp[] = [
  /^aws:Principal(Arn|Account|OrgID|OrgPaths|ServiceName|ServiceNamesList|Type|IsAWSService)$/i,
  /^aws:PrincipalTag\//i,
  /^aws:Source(Account|Arn|OrgID|OrgPaths|Vpc|Vpce|Ip|Owner)$/i,
  /^aws:(userid|username|VpcSourceIp|FederatedProvider)$/i,
  /^kms:CallerAccount$/i,
];

const WHOLE_INTERNET: readonly string[] = ["0.0.0.0/0", "::/0"];

function isFixed(operator: string, value: string): boolean {
  if (operator === "IpAddress") return !WHOLE_INTERNET.includes(value);
  if (operator === "Bool") return value.toLowerCase() === "true";
  return !/[*?]/.test(value) && !hasVariable(value);
}
