// The Principal or NotPrincipal element of a statement: "*", or a map of type to one value or a list.
// Source: IAM user guide, "AWS JSON policy elements: Principal" (documented).
// Invariant: what is not understood becomes an `unreadable` pattern, which matches nobody for sure and anybody perhaps.

import { parseArn } from "../arn";
import { isProblem } from "../problem";
import type { PrincipalPattern } from "./document";

export function parsePrincipals(element: unknown): readonly PrincipalPattern[] {
  if (element === "*") return [{ kind: "everyone", written: "*" }];
  if (typeof element !== "object" || element === null || Array.isArray(element)) return [unreadable(element)];
  return Object.entries(element).flatMap(([type, values]) =>
    (Array.isArray(values) ? values : [values]).map((value) => parseOne(type, value)),
  );
}

function parseOne(type: string, value: unknown): PrincipalPattern {
  if (typeof value !== "string") return unreadable(value);
  const written = value;
  switch (type) {
    case "AWS":
      return parseAws(value);
    case "Service":
      return value === "*" ? unreadable(value) : { kind: "service", name: value, written };
    case "Federated":
      return { kind: "federated", provider: value, written };
    case "CanonicalUser":
      return { kind: "canonical", id: value, written };
    default:
      return unreadable({ [type]: value });
  }
}

function parseAws(value: string): PrincipalPattern {
  const written = value;
  if (value === "*") return { kind: "everyone", written: '{"AWS": "*"}' };
  if (/^\d{12}$/.test(value)) return { kind: "account", account: value, written };
  if (/^(AIDA|AROA)[A-Z0-9]+$/.test(value)) return { kind: "deleted", written };
  const arn = parseArn(value);
  // A wildcard inside a principal's ARN is refused by AWS: only "*" by itself stands for many.
  if (isProblem(arn) || /[*?]/.test(value)) return { kind: "unreadable", written };
  if (arn.service === "iam" && arn.resource === "root") return { kind: "account", account: arn.account, written };
  return arn.service === "iam" || arn.service === "sts"
    ? { kind: "aws", arn: value, written }
    : { kind: "unreadable", written };
}

function unreadable(value: unknown): PrincipalPattern {
  return { kind: "unreadable", written: JSON.stringify(value) ?? "nothing" };
}
