// The form of a value on the wire, read from the runtime schemas that the @aws-sdk/client-* packages carry.
// This is the only file that knows how those schemas are laid out: nobody documents the layout as stable, so the clients are
// pinned exactly and tests/simulator/wire/shape.test.ts is the canary that a new version still means the same.
//
// The layout, as seen in client-ecs 3.1162
//   a number is a simple type, plus 64 for a list and 128 for a string map of it; the string "unit" is "nothing"
//   [1, namespace, name, traits, value] list; [2, namespace, name, traits, key, value] map; [0, namespace, name, traits, ref] alias
//   [3 | 4 | -3, namespace, name, traits, memberNames, memberRefs, requiredCount?] structure, union, error
//   [9, namespace, name, traits, input, output] operation
//   [ref, traits] a member with traits of its own; a function gives a ref later, which is how shapes may refer to themselves
//
// Invariant: the first `requiredCount` members of a structure are its required ones.

import { WireLayoutError } from "./wire-layout-error";

export type SimpleType = "string" | "number" | "boolean" | "blob" | "document";
export type TimestampFormat = "default" | "dateTime" | "httpDate" | "epochSeconds";

export type Shape =
  | { readonly kind: "simple"; readonly type: SimpleType }
  | { readonly kind: "timestamp"; readonly format: TimestampFormat }
  | { readonly kind: "list"; readonly item: Member }
  | { readonly kind: "map"; readonly value: Member }
  | StructureShape;

export interface StructureShape {
  readonly kind: "structure";
  readonly name: string;
  readonly union: boolean;
  /** In the order of the schema. */
  readonly members: ReadonlyMap<string, Member>;
}

export interface Member {
  /** Resolved when asked for: shapes may refer to themselves. */
  readonly shape: () => Shape;
  readonly required: boolean;
  readonly flattened: boolean;
  readonly xmlName?: string;
  readonly ec2QueryName?: string;
}

export interface OperationShape {
  readonly name: string;
  /** Null for "nothing". */
  readonly input: StructureShape | null;
  readonly output: StructureShape | null;
}

/** The shapes of one operation, from the schema that a client exports under `OPERATION$`. */
export function operationShapeOf(schema: unknown): OperationShape {
  const [kind, , name, , input, output] = asArray(schema, "an operation");
  if (kind !== 9 || typeof name !== "string") throw new WireLayoutError("an operation", schema);
  return { name, input: structureOrNothing(input), output: structureOrNothing(output) };
}

/** The shape behind a schema reference; the same reference gives the same shape object. */
export function shapeOf(reference: unknown): Shape {
  const schema = dereference(reference);
  if (typeof schema === "number") return shapeOfNumber(schema);
  if (!Array.isArray(schema)) throw new WireLayoutError("a schema", schema);
  const seen = shapes.get(schema);
  if (seen !== undefined) return seen;
  const shape = shapeOfArray(schema);
  shapes.set(schema, shape);
  return shape;
}

const shapes = new WeakMap<object, Shape>();

function structureOrNothing(reference: unknown): StructureShape | null {
  if (dereference(reference) === "unit") return null;
  const shape = shapeOf(reference);
  if (shape.kind !== "structure") throw new WireLayoutError("a structure", reference);
  return shape;
}

function shapeOfArray(schema: readonly unknown[]): Shape {
  const [kind, , name, , first, second, requiredCount] = schema;
  switch (kind) {
    case 0:
      return shapeOf(first);
    case 1:
      return { kind: "list", item: memberOf(first, false) };
    case 2:
      return { kind: "map", value: memberOf(second, false) };
    case 3:
    case 4:
    case -3:
      return {
        kind: "structure",
        name: String(name),
        union: kind === 4,
        members: membersOf(
          asArray(first, "member names"),
          asArray(second, "member schemas"),
          Number(requiredCount ?? 0),
        ),
      };
    default:
      throw new WireLayoutError("a known kind of schema", schema);
  }
}

function membersOf(names: readonly unknown[], references: readonly unknown[], requiredCount: number) {
  return new Map(names.map((name, index) => [String(name), memberOf(references[index], index < requiredCount)]));
}

function memberOf(reference: unknown, required: boolean): Member {
  const pair = Array.isArray(reference) && reference.length === 2 ? reference : [reference, 0];
  const traits = traitsOf(pair[1]);
  return {
    shape: () => shapeOf(pair[0]),
    required,
    flattened: traits.xmlFlattened !== undefined,
    ...textTrait(traits, "xmlName"),
    ...textTrait(traits, "ec2QueryName"),
  };
}

function textTrait(traits: Readonly<Record<string, unknown>>, name: "xmlName" | "ec2QueryName") {
  const value = traits[name];
  return typeof value === "string" ? { [name]: value } : {};
}

/** Traits are a record, or a number of bits of which none matters here. */
function traitsOf(traits: unknown): Readonly<Record<string, unknown>> {
  return typeof traits === "object" && traits !== null ? (traits as Record<string, unknown>) : {};
}

const LIST_BIT = 64;
const MAP_BIT = 128;

function shapeOfNumber(code: number): Shape {
  const shape = SIMPLE.get(code & ~(LIST_BIT | MAP_BIT));
  if (shape === undefined) throw new WireLayoutError("a known simple type", code);
  const member: Member = { required: false, flattened: false, shape: () => shape };
  if ((code & MAP_BIT) !== 0) return { kind: "map", value: member };
  return (code & LIST_BIT) !== 0 ? { kind: "list", item: member } : shape;
}

const SIMPLE: ReadonlyMap<number, Shape> = new Map<number, Shape>([
  [0, { kind: "simple", type: "string" }],
  [1, { kind: "simple", type: "number" }],
  [2, { kind: "simple", type: "boolean" }],
  [4, { kind: "timestamp", format: "default" }],
  [5, { kind: "timestamp", format: "dateTime" }],
  [6, { kind: "timestamp", format: "httpDate" }],
  [7, { kind: "timestamp", format: "epochSeconds" }],
  [15, { kind: "simple", type: "document" }],
  [21, { kind: "simple", type: "blob" }],
]);

/** References nest at most a few levels; the bound keeps a changed layout from looping for ever. */
const REFERENCE_DEPTH_MAX = 8;

function dereference(reference: unknown): unknown {
  let schema = reference;
  for (let depth = 0; depth < REFERENCE_DEPTH_MAX; depth += 1) {
    if (typeof schema === "function") schema = (schema as () => unknown)();
    else if (Array.isArray(schema) && schema.length === 2) schema = schema[0];
    else return schema;
  }
  throw new WireLayoutError("a schema within a few references", reference);
}

function asArray(value: unknown, expected: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new WireLayoutError(expected, value);
  return value;
}
