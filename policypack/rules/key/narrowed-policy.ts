// The change to a policy that closes it to everyone and spells its condition operators right, as a diff of its statements.
// Invariant: what stands there is shown as its author wrote it; an account that is not known stands there as a name.

import { partitionOf } from "../../../domain/arn";
import type { ConditionClause } from "../../../domain/policy/document";
import { nearestOperator } from "../../../domain/policy/parse-operator";
import { parsePolicy } from "../../../domain/policy/parse-policy";
import { isProblem } from "../../../domain/problem";
import { lookAt, shown } from "../look";
import { construction } from "../resource-types";
import type { StackSubject } from "../rule";
import { onOneLine } from "./one-line";
import type { KnownPolicy } from "./policies-of-key";
import { statementOf } from "./statement-of";

export interface Narrowed {
  readonly policy: KnownPolicy;
  readonly key: StackSubject;
  /** Labels of the statements that are open to everyone. */
  readonly open: readonly string[];
}

export function narrowedPolicy({ policy, key, open }: Narrowed): readonly string[] {
  const { holder, property, document } = policy;
  const parsed = parsePolicy(document);
  const statements = isProblem(parsed) ? [] : parsed.statements;
  return [
    `  ${construction(holder)}`,
    ...statements.flatMap(({ label, conditions }) => {
      const lines = [...(open.includes(label) ? principal(document, label, key) : []), ...operators(conditions)];
      return lines.length === 0 ? [] : [`    // in the ${property}: ${onOneLine(label)}`, ...lines];
    }),
    "  });",
  ];
}

function principal(document: unknown, label: string, key: StackSubject): readonly string[] {
  const { Principal, NotPrincipal } = statementOf(document, label) ?? {};
  const was = NotPrincipal === undefined ? `Principal: ${shown(Principal)}` : `NotPrincipal: ${shown(NotPrincipal)}`;
  return [`-   ${was},`, `+   Principal: { AWS: ${rootOf(key)} },`];
}

/** The account of the key, where its ARN shows one; else a name for it. */
function rootOf({ properties, region }: StackSubject): string {
  const arn = lookAt(properties, "arn");
  const account = arn.state === "known" ? (String(arn.value).split(":")[4] ?? "") : "";
  const root = `arn:${partitionOf(region.state === "known" ? String(region.value) : "")}:iam::`;
  return /^\d{12}$/.test(account) ? `"${root}${account}:root"` : `\`${root}\${accountId}:root\``;
}

function operators(conditions: readonly ConditionClause[]): readonly string[] {
  const written = [...new Set(conditions.map((clause) => clause.written))];
  return written.flatMap((operator) => {
    const clauses = conditions.filter((clause) => clause.written === operator);
    const right = clauses.map(rightOperator).find((one) => one !== operator);
    if (right === undefined) return [];
    const values = shown(Object.fromEntries(clauses.map(({ key, values }) => [key, values])));
    return [
      `-   ${shown(operator)}: ${values},`,
      right === null ? "+   // an operator that IAM knows" : `+   ${shown(right)}: ${values},`,
    ];
  });
}

/** Null where none is near. KMS refuses a set operator on an encryption context, whose keys have one value. */
function rightOperator({ written, operator, key }: ConditionClause): string | null {
  if (operator === null) return nearestOperator(written);
  const isOneValue = /^kms:EncryptionContext:/i.test(key);
  return operator.set !== null && isOneValue ? `${operator.name}${operator.ifExists ? "IfExists" : ""}` : written;
}
