// A policy document, from its text or its JSON value to a typed form.
// Taken as they come: a byte order mark, a document that IAM has URL-encoded, the whole answer of `get-key-policy`.
//
// Invariants
//   never throws: what is no policy at all is a Problem, what is odd inside one is in its `problems`
//   a text and the JSON value that it holds give the same policy

import { isProblem, type Problem, problem } from "../problem";
import type { Policy, PolicyProblem } from "./document";
import { parseStatement } from "./parse-statement";

export function parsePolicy(source: unknown): Policy | Problem {
  const value = typeof source === "string" ? parseText(source) : { kind: "json" as const, json: source };
  if (isProblem(value)) return value;
  const document = unwrap(value.json);
  if (typeof document === "string") return parsePolicy(document);
  if (!isRecord(document)) return problem("the policy is not a JSON object", show(document), REMEDY);
  const element = document.Statement;
  if (element === undefined) return problem("the policy has no Statement", show(document), REMEDY);
  const { version, problems } = versionOf(document.Version);
  const elements: readonly unknown[] = Array.isArray(element) ? element : [element];
  const repeatedSids = repeatedSidsOf(elements);
  const parsed = elements.map((statement, index) => parseStatement(statement, { index, version, repeatedSids }));
  return {
    kind: "policy",
    version,
    statements: parsed.map(({ statement }) => statement),
    problems: [...problems, ...parsed.flatMap((one) => one.problems)],
  };
}

const REMEDY = "give a policy document: a JSON object with Version and Statement";
const TEXT_CHARACTERS_MAX = 1_000_000;

function parseText(text: string): { readonly kind: "json"; readonly json: unknown } | Problem {
  if (text.length > TEXT_CHARACTERS_MAX) return problem("the policy is far too long", text, REMEDY);
  const bare = text.replace(/^\uFEFF/, "").trim();
  try {
    const json: unknown = JSON.parse(/^%7B/i.test(bare) ? decodeURIComponent(bare) : bare);
    // A JSON text that holds a JSON text: one wrapping is taken off, a second would never end.
    return typeof json === "string"
      ? problem("the policy is a text inside a text", text, REMEDY)
      : { kind: "json", json };
  } catch (error) {
    return problem(`the policy is not JSON (${error instanceof Error ? error.message : "unreadable"})`, text, REMEDY);
  }
}

/** What `aws kms get-key-policy` prints holds the document as text under `Policy`. */
function unwrap(json: unknown): unknown {
  return isRecord(json) && json.Statement === undefined && typeof json.Policy === "string" ? json.Policy : json;
}

function repeatedSidsOf(elements: readonly unknown[]): ReadonlySet<string> {
  const sids = elements
    .map((element) => (isRecord(element) ? element.Sid : undefined))
    .filter((sid) => typeof sid === "string");
  return new Set(sids.filter((sid, index) => sids.indexOf(sid) !== index));
}

function versionOf(value: unknown): {
  readonly version: Policy["version"];
  readonly problems: readonly PolicyProblem[];
} {
  if (value === "2012-10-17" || value === "2008-10-17") return { version: value, problems: [] };
  if (value === undefined) return { version: "2008-10-17", problems: [] };
  const text = `Version ${JSON.stringify(value)} is none of AWS's: 2012-10-17 and 2008-10-17`;
  return { version: "2008-10-17", problems: [{ code: "unknown-version", statement: null, text }] };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
