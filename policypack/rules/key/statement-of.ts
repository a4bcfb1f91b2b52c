// A statement of a policy document as its author wrote it, found by the label that domain/policy gives it.

import { parsePolicy } from "../../../domain/policy/parse-policy";
import { isProblem } from "../../../domain/problem";
import type { Properties } from "../look";

/** Null when no statement has the label, or the document cannot be read. */
export function statementOf(document: unknown, label: string): Properties | null {
  const policy = parsePolicy(document);
  if (isProblem(policy)) return null;
  const index = policy.statements.findIndex((statement) => statement.label === label);
  const { Statement: written } = jsonOf(document);
  const statements: readonly unknown[] = Array.isArray(written) ? written : [written];
  const found = statements[index];
  return typeof found === "object" && found !== null ? (found as Properties) : null;
}

function jsonOf(document: unknown): Properties {
  try {
    const json: unknown = typeof document === "string" ? JSON.parse(document) : document;
    return typeof json === "object" && json !== null ? (json as Properties) : {};
  } catch {
    return {};
  }
}
