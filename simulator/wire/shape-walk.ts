// Carries a value across the wire along its shape, both ways: JSON to the types of the AWS API, and back.
// One walk serves both directions and the XML protocols, because what differs is only how the leaves are written.
//
// Invariants
//   problems are gathered, not thrown: the caller decides which error of which protocol they become
//   null and undefined members are "not set", as AWS treats them

import type { AwsServiceName } from "../world/call";
import { enumerationsOf } from "./enumerations";
import type { Member, Shape, SimpleType, StructureShape, TimestampFormat } from "./shape";
import { below, kindOf, type ShapeProblem } from "./shape-problem";

/** How leaves change on the way; returns undefined for a leaf of the wrong type. */
export interface Leaves {
  simple(type: SimpleType, value: unknown): unknown;
  timestamp(format: TimestampFormat, value: unknown): unknown;
}

export interface WalkResult {
  readonly value: Readonly<Record<string, unknown>>;
  readonly problems: readonly ShapeProblem[];
}

interface Walk {
  readonly service: AwsServiceName;
  readonly leaves: Leaves;
  readonly problems: ShapeProblem[];
}

/** A structure carried along its shape; `problems` is empty when it fitted. */
export function walkStructure(
  service: AwsServiceName,
  shape: StructureShape,
  value: unknown,
  leaves: Leaves,
): WalkResult {
  const walk: Walk = { service, leaves, problems: [] };
  const carried = structure(walk, shape, value, "");
  return { value: carried ?? {}, problems: walk.problems };
}

function carry(walk: Walk, shape: Shape, value: unknown, at: string): unknown {
  switch (shape.kind) {
    case "structure":
      return structure(walk, shape, value, at);
    case "list":
      return list(walk, shape.item, value, at);
    case "map":
      return map(walk, shape.value, value, at);
    case "timestamp":
      return orWrongType(walk, walk.leaves.timestamp(shape.format, value), { at, expected: "a timestamp", value });
    case "simple":
      return orWrongType(walk, walk.leaves.simple(shape.type, value), { at, expected: `a ${shape.type}`, value });
  }
}

function structure(walk: Walk, shape: StructureShape, value: unknown, at: string): Record<string, unknown> | undefined {
  if (!isRecord(value)) return wrongType(walk, at || shape.name, "a structure", value);
  for (const name of Object.keys(value)) {
    if (!shape.members.has(name)) walk.problems.push({ kind: "unknownMember", at: below(at, name) });
  }
  const enumerations = enumerationsOf(walk.service, shape.name);
  const carried: Record<string, unknown> = {};
  for (const [name, member] of shape.members) {
    const inner = value[name];
    if (inner === undefined || inner === null) {
      if (member.required) walk.problems.push({ kind: "missing", at: below(at, name) });
      continue;
    }
    carried[name] = carry(walk, member.shape(), inner, below(at, name));
    const allowed = enumerations?.get(name);
    if (allowed !== undefined) checkEnum(walk, allowed, inner, below(at, name));
  }
  if (shape.union && Object.keys(carried).length !== 1) walk.problems.push({ kind: "notOneOf", at: at || shape.name });
  return carried;
}

function list(walk: Walk, item: Member, value: unknown, at: string): unknown[] | undefined {
  if (!Array.isArray(value)) return wrongType(walk, at, "a list", value);
  return value.map((inner, index) => carry(walk, item.shape(), inner, below(at, index)));
}

function map(walk: Walk, member: Member, value: unknown, at: string): Record<string, unknown> | undefined {
  if (!isRecord(value)) return wrongType(walk, at, "a map", value);
  const entries = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  return Object.fromEntries(entries.map(([key, inner]) => [key, carry(walk, member.shape(), inner, below(at, key))]));
}

function checkEnum(walk: Walk, allowed: readonly string[], value: unknown, at: string): void {
  for (const text of Array.isArray(value) ? value : [value]) {
    if (typeof text === "string" && !allowed.includes(text)) {
      walk.problems.push({ kind: "notInEnum", at, allowed, found: text });
    }
  }
}

function orWrongType(walk: Walk, carried: unknown, seen: { at: string; expected: string; value: unknown }): unknown {
  return carried === undefined ? wrongType(walk, seen.at, seen.expected, seen.value) : carried;
}

function wrongType(walk: Walk, at: string, expected: string, found: unknown): undefined {
  walk.problems.push({ kind: "wrongType", at, expected, found: kindOf(found) });
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
