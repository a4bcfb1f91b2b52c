// One text for one JSON value, whatever order its members were written in: what plan ids and fingerprints are hashes of.
//
// Invariants
//   members are sorted by UTF-16 code units, no white space; a member whose value is undefined is left out, as in JSON
//   what JSON cannot hold (NaN, functions, bigint) is an internal error, never silently null

import { createHash } from "node:crypto";
import { internalError } from "../errors";

export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case "string":
    case "boolean":
      return JSON.stringify(value);
    case "number":
      return canonicalNumber(value);
    case "object":
      return value === null ? "null" : canonicalContainer(value);
    default:
      throw internalError(`a ${typeof value} cannot be written as JSON`);
  }
}

/** SHA-256 of the text's UTF-8 bytes, 64 lower-case hexadecimal digits. */
export function sha256Hex(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw internalError(`${value} cannot be written as JSON`);
  return JSON.stringify(value);
}

function canonicalContainer(value: object): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(",")}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}
