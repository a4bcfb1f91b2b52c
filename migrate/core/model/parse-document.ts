// How every file of ours is read: JSON text → schema name and version → shape. The first thing that is wrong is told exactly.
//
// Invariants
//   an error names the file, the JSON path, what was found there and what was expected
//   a file of another version of its schema is refused before its shape is looked at, naming both versions

import type { z } from "zod";
import { FargateCmkError } from "../../errors";
import { listed } from "../words/listed";

export interface DocumentKind {
  /** What a person calls it, e.g. `a plan`. */
  readonly noun: string;
  readonly schema: string;
  /** Those that this program reads, in order; the last one is the newest. */
  readonly versions: readonly number[];
  /** The command that writes such a file. */
  readonly madeBy: string;
}

/** @throws FargateCmkError `not-json` */
export function parseJson(text: string, where: string): unknown {
  try {
    // Editors on Windows and some shells put a byte order mark in front; JSON.parse refuses it.
    return JSON.parse(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    const message = `${where} is not JSON: ${text.trim() === "" ? "it is empty" : detail}`;
    throw new FargateCmkError("not-json", { message, remedy: `check that ${where} was written to its end`, cause });
  }
}

/** @throws FargateCmkError `wrong-shape` when it is another kind of file, `foreign-version` when of another version */
export function checkDocumentKind(value: unknown, kind: DocumentKind, where: string): void {
  const { schema, version } = (isRecord(value) ? value : {}) as { schema?: unknown; version?: unknown };
  if (schema !== kind.schema) {
    const message = `${where} is not ${kind.noun}: at $.schema expected ${show(kind.schema)}, found ${show(schema)}`;
    throw new FargateCmkError("wrong-shape", { message, remedy: `give a file that ${kind.madeBy} wrote` });
  }
  if (!kind.versions.some((one) => one === version)) {
    const read = `${kind.versions.length === 1 ? "version" : "versions"} ${listed(kind.versions.map(String))}`;
    const message = `${where} is ${kind.noun} of version ${show(version)}; this program reads ${read}`;
    const remedy = `write it anew with ${kind.madeBy}, or use the fargate-cmk that wrote it`;
    throw new FargateCmkError("foreign-version", { message, remedy });
  }
}

/** @throws FargateCmkError `wrong-shape` */
export function checkShape<T>(value: unknown, schema: z.ZodType<T>, where: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw shapeError({ value, issue: deepest(result.error.issues), where, more: result.error.issues.length - 1 });
}

/** For what a schema cannot say: relations between parts of one document. */
export function wrongShape(where: string, path: string, problem: string): FargateCmkError {
  return new FargateCmkError("wrong-shape", {
    message: `${where}: at ${path} ${problem}`,
    remedy: "write the file anew with the command that made it; it seems to have been edited",
  });
}

/** `$.services[3].name`, as JSON tools write it. */
export function jsonPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return /^[A-Za-z_]\w*$/.test(String(part)) ? `${text}.${String(part)}` : `${text}[${JSON.stringify(String(part))}]`;
  }, "$");
}

interface ShapeErrorParts {
  readonly value: unknown;
  readonly issue: z.core.$ZodIssue | undefined;
  readonly where: string;
  readonly more: number;
}

function shapeError({ value, issue, where, more }: ShapeErrorParts): FargateCmkError {
  const path = issue?.path ?? [];
  const expected = issue === undefined ? "another shape" : expectation(issue);
  const others = more > 0 ? ` (and ${more} more)` : "";
  const message = `${where}: at ${jsonPath(path)} expected ${expected}, found ${show(valueAt(value, path))}${others}`;
  return new FargateCmkError("wrong-shape", { message, remedy: `correct ${jsonPath(path)}, or write ${where} anew` });
}

/** Of the branches of a union, the one that got furthest tells most. */
function deepest(issues: readonly z.core.$ZodIssue[], depth = 0): z.core.$ZodIssue | undefined {
  const first = issues[0];
  if (first?.code !== "invalid_union" || depth >= UNION_DEPTH_MAX) return first;
  const branches = first.errors.map((branch) => deepest(branch, depth + 1)).filter((issue) => issue !== undefined);
  const best = branches.toSorted((a, b) => b.path.length - a.path.length)[0];
  return best === undefined || best.path.length === 0 ? first : { ...best, path: [...first.path, ...best.path] };
}

const UNION_DEPTH_MAX = 10;

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.expected === "int" ? "a whole number" : withArticle(issue.expected);
    case "invalid_value":
      return issue.values.map(show).join(" or ");
    case "too_small":
      return `a value of at least ${issue.minimum}`;
    case "too_big":
      return `a value of at most ${issue.maximum}`;
    case "invalid_union":
      return issue.discriminator === undefined ? "another kind of value" : `a known ${issue.discriminator}`;
    default:
      return issue.message;
  }
}

function withArticle(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, part) => (isRecord(inner) ? inner[part as string] : undefined), value);
}

/** A value as a short piece of JSON; `nothing` for what is absent. */
function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= SHOWN_MAX ? text : `${text.slice(0, SHOWN_MAX)}…`;
}

const SHOWN_MAX = 80;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
