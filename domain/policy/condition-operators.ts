// The condition operators of the policy language, as a table: how one value of the request compares with one of the policy.
// Source: IAM user guide, "IAM JSON policy elements: Condition operators" (documented).
//
// Invariants
//   `compares` is the positive comparison also for negated operators: who asks turns it round, over all values together
//   only String and Arn operators know policy variables; only StringLike and Arn operators know wildcards
//   Null is not here: it asks whether a key exists, not what its value is

import { isInRange } from "./ip-address";
import { ANY_RUN, lowerCase, matchWildcard, type Piece, piecesOf, textOf } from "./match-wildcard";
import { type Ternary, ternary } from "./ternary";

export interface Comparison {
  readonly negated: boolean;
  /** Whether policy variables are replaced in the policy's values. */
  readonly expands: boolean;
  readonly compares: (actual: string, wanted: readonly Piece[]) => Ternary;
}

export const CONDITION_OPERATORS: ReadonlyMap<string, Comparison> = new Map([
  ...pair("StringEquals", "StringNotEquals", true, (actual, wanted) => ternary(actual === textOf(wanted))),
  ...pair("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", true, (actual, wanted) =>
    ternary(actual.toLowerCase() === textOf(lowerCase(wanted))),
  ),
  ...pair("StringLike", "StringNotLike", true, (actual, wanted) => ternary(matchWildcard(actual, wanted))),
  // ArnEquals and ArnLike behave alike, says the guide: both take wildcards, part by part.
  ...pair("ArnEquals", "ArnNotEquals", true, compareArn),
  ...pair("ArnLike", "ArnNotLike", true, compareArn),
  ...pair(
    "NumericEquals",
    "NumericNotEquals",
    false,
    numeric((a, b) => a === b),
  ),
  one(
    "NumericLessThan",
    numeric((a, b) => a < b),
  ),
  one(
    "NumericLessThanEquals",
    numeric((a, b) => a <= b),
  ),
  one(
    "NumericGreaterThan",
    numeric((a, b) => a > b),
  ),
  one(
    "NumericGreaterThanEquals",
    numeric((a, b) => a >= b),
  ),
  ...pair(
    "DateEquals",
    "DateNotEquals",
    false,
    date((a, b) => a === b),
  ),
  one(
    "DateLessThan",
    date((a, b) => a < b),
  ),
  one(
    "DateLessThanEquals",
    date((a, b) => a <= b),
  ),
  one(
    "DateGreaterThan",
    date((a, b) => a > b),
  ),
  one(
    "DateGreaterThanEquals",
    date((a, b) => a >= b),
  ),
  one("Bool", compareBool),
  one("BinaryEquals", (actual, wanted) => ternary(actual === textOf(wanted))),
  ...pair("IpAddress", "NotIpAddress", false, compareIp),
]);

/** Every name that a document may spell, with neither prefix nor suffix. */
export const OPERATOR_NAMES: readonly string[] = [...CONDITION_OPERATORS.keys(), "Null"];

type Compares = Comparison["compares"];
type Entry = readonly [string, Comparison];

function one(name: string, compares: Compares): Entry {
  return [name, { negated: false, expands: false, compares }];
}

function pair(name: string, opposite: string, expands: boolean, compares: Compares): readonly Entry[] {
  return [
    [name, { negated: false, expands, compares }],
    [opposite, { negated: true, expands, compares }],
  ];
}

/** Each of the six parts must match by itself; the last takes all remaining colons. */
function compareArn(actual: string, wanted: readonly Piece[]): Ternary {
  const parts = splitParts(wanted);
  const [a, b, c, d, e, ...rest] = actual.split(":");
  if (rest.length === 0) return "no";
  // A lone * in place of an ARN is taken as matching any: seen in use, not documented.
  if (wanted.length === 1 && wanted[0] === ANY_RUN) return "yes";
  if (parts.length !== 6) return "no";
  const texts = [a, b, c, d, e, rest.join(":")];
  return ternary(texts.every((text, index) => matchWildcard(text ?? "", parts[index] ?? [])));
}

function splitParts(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const parts: Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece === ":" && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push(piece);
  }
  return parts;
}

function numeric(holds: (actual: number, wanted: number) => boolean): Compares {
  return (actual, wanted) => {
    const [left, right] = [parseNumber(actual), parseNumber(textOf(wanted))];
    return left === null || right === null ? "unknown" : ternary(holds(left, right));
  };
}

function parseNumber(text: string): number | null {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
}

function date(holds: (actual: number, wanted: number) => boolean): Compares {
  return (actual, wanted) => {
    const [left, right] = [parseDate(actual), parseDate(textOf(wanted))];
    return left === null || right === null ? "unknown" : ternary(holds(left, right));
  };
}

const ISO_DATE = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/;

/** ISO 8601 in the W3C profile, or seconds since 1970; the answer in milliseconds. */
function parseDate(text: string): number | null {
  if (/^\d{5,}(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const instant = ISO_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? null : instant;
}

function compareBool(actual: string, wanted: readonly Piece[]): Ternary {
  return ternary(actual.toLowerCase() === textOf(wanted).toLowerCase());
}

function compareIp(actual: string, wanted: readonly Piece[]): Ternary {
  const inside = isInRange(actual, textOf(wanted));
  return inside === null ? "unknown" : ternary(inside);
}

/** For values of operators without variables. */
export function plainPieces(text: string): readonly Piece[] {
  return piecesOf(text);
}
