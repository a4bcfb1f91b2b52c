// Reads a JSON value along the shape that the AWS API declares, as tolerantly as the truth allows: what is odd is left out and told.
//
// Invariants
//   the result has the SDK's types: instants are Dates, counts are whole numbers >= 0, every member is there in its type or not at all
//   it never throws and never guesses: a word that this version does not know refuses the whole thing, because a default in its
//   place would say what nobody said
//   members that are not in the shape are passed over: AWS adds some every month

import { isRecord, type Raw } from "./raw";
import { instantMsOf } from "./wire-instant";

export type WireShape =
  | { readonly kind: "text" | "count" | "number" | "flag" | "map" }
  /** A text that must be there: `unknown`, visibly, where it is not. */
  | { readonly kind: "name" }
  /** CPU units, MiB, or `.5 vCPU` and `1 GB`. */
  | { readonly kind: "size" }
  /** `ahead`: it may lie in the future, and so tells nothing of when the output was made. */
  | { readonly kind: "instant"; readonly ahead?: true }
  | { readonly kind: "word"; readonly words: readonly string[] }
  | { readonly kind: "list"; readonly item: WireShape }
  | { readonly kind: "record"; readonly members: Readonly<Record<string, WireShape>>; readonly keepsRest?: true };

export interface WireReading {
  readonly value: Raw;
  /** What was odd, with its place: `deployments[0].createdAt: "soon" is no instant`. */
  readonly odd: readonly string[];
  /** Why the thing cannot be taken at all; null when it can. */
  readonly refused: string | null;
  /** The newest instant in it, as a Unix time; null when there is none. */
  readonly newestMs: number | null;
}

interface Reading {
  readonly odd: string[];
  refused: string | null;
  newestMs: number | null;
}

export function readWire(shape: WireShape & { readonly kind: "record" }, value: Raw): WireReading {
  const reading: Reading = { odd: [], refused: null, newestMs: null };
  const read = recordOf(reading, shape, value, "");
  return { value: read, odd: reading.odd, refused: reading.refused, newestMs: reading.newestMs };
}

function read(reading: Reading, shape: WireShape, value: unknown, at: string): unknown {
  if (value === null || value === undefined) return undefined;
  switch (shape.kind) {
    case "text":
      return textOf(reading, value, at);
    case "name":
      return value === "" ? undefined : textOf(reading, value, at);
    case "count":
      return countOf(reading, value, at);
    case "number":
      return typeof value === "number" && value >= 0 ? value : odd(reading, at, value, "a number");
    case "flag":
      return typeof value === "boolean" ? value : odd(reading, at, value, "true or false");
    case "size":
      return isSize(value) ? String(value) : odd(reading, at, value, "a size");
    case "instant":
      return instantOf(reading, value, at, shape.ahead === true);
    case "word":
      return wordOf(reading, value, at, shape.words);
    case "map":
      return isRecord(value) ? textsOf(value) : odd(reading, at, value, "a map");
    case "list":
      return listOf(reading, value, at, shape.item);
    case "record":
      return isRecord(value) ? recordOf(reading, shape, value, at) : odd(reading, at, value, "an object");
  }
}

function recordOf(reading: Reading, shape: WireShape & { readonly kind: "record" }, value: Raw, at: string): Raw {
  const members: [string, unknown][] = shape.keepsRest === true ? Object.entries(value) : [];
  const rest = new Map(members);
  for (const [name, member] of Object.entries(shape.members)) {
    const place = at === "" ? name : `${at}.${name}`;
    const given =
      read(reading, member, value[name], place) ?? (member.kind === "name" ? unnamed(reading, place) : undefined);
    if (given === undefined) rest.delete(name);
    else rest.set(name, given);
  }
  return Object.fromEntries(rest);
}

function unnamed(reading: Reading, at: string): string {
  reading.odd.push(`${at} is missing`);
  return "unknown";
}

function listOf(reading: Reading, value: unknown, at: string, item: WireShape): unknown {
  if (!Array.isArray(value)) return odd(reading, at, value, "a list");
  return value.map((one, index) => read(reading, item, one, `${at}[${index}]`)).filter((one) => one !== undefined);
}

function textOf(reading: Reading, value: unknown, at: string): unknown {
  return typeof value === "string" || typeof value === "number" ? String(value) : odd(reading, at, value, "a text");
}

function countOf(reading: Reading, value: unknown, at: string): unknown {
  const count = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  return typeof count === "number" && Number.isSafeInteger(count) && count >= 0
    ? count
    : odd(reading, at, value, "a whole number from 0");
}

function instantOf(reading: Reading, value: unknown, at: string, isAhead: boolean): unknown {
  const ms = instantMsOf(value);
  if (ms === null) return odd(reading, at, value, "an instant");
  if (!isAhead) reading.newestMs = Math.max(reading.newestMs ?? ms, ms);
  return new Date(ms);
}

function wordOf(reading: Reading, value: unknown, at: string, words: readonly string[]): unknown {
  if (typeof value === "string" && words.includes(value)) return value;
  reading.refused ??= `${at} is ${shown(value)}; this program knows ${words.join(", ")}`;
  return undefined;
}

function textsOf(value: Raw): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]));
}

/** A number of our unit, or one of a unit that holds 1,024 of ours, which must come out whole. */
function isSize(value: unknown): boolean {
  const [, digits, unit] = /^\s*(\d+|\d*\.\d+)\s*(vcpus?|gb)?\s*$/i.exec(String(value)) ?? [];
  return digits !== undefined && Number.isSafeInteger(Number(digits) * (unit === undefined ? 1 : 1_024));
}

function odd(reading: Reading, at: string, value: unknown, expected: string): undefined {
  reading.odd.push(`${at} is ${shown(value)}, which is not ${expected}`);
  return undefined;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= SHOWN_MAX ? text : `${text.slice(0, SHOWN_MAX)}…`;
}

const SHOWN_MAX = 60;
