// What a resource type takes: the kind of each property, whether it is needed, what a change of it does.
// Check, Diff, Read and import all go by it, so that each type says these things once.

import type { PropertyValue } from "./property-values";

export type InputKind =
  | { readonly kind: "string"; readonly oneOf?: readonly string[] }
  /** A JSON document in a string: two that say the same are equal. */
  | { readonly kind: "json" }
  | { readonly kind: "number"; readonly between?: readonly [number, number] }
  | { readonly kind: "boolean" }
  | { readonly kind: "list"; readonly of: InputKind; readonly ordered: boolean }
  | { readonly kind: "map"; readonly of: InputKind }
  | { readonly kind: "object"; readonly members: InputSchema }
  /** Kept as it is, and compared whole. */
  | { readonly kind: "any" };

export interface InputProperty {
  readonly type: InputKind;
  readonly required?: true;
  /** A change makes another resource. */
  readonly replaces?: true;
  /** Filled in by Check, and named in `__defaults`. */
  readonly standard?: PropertyValue;
  /** Left out, AWS or the provider decides, so leaving it out is no change. */
  readonly computed?: true;
  /** The value that reads as if it had been left out; 0, false, "" and empty lists and maps always do. */
  readonly absentMeans?: PropertyValue;
  /** Left out, Check makes it of the resource's name, with this before it. */
  readonly autoname?: { readonly prefix: string };
}

export type InputSchema = { readonly [name: string]: InputProperty };

export const string = (...oneOf: readonly string[]): InputKind =>
  oneOf.length === 0 ? { kind: "string" } : { kind: "string", oneOf };
export const json = (): InputKind => ({ kind: "json" });
export const number = (...between: readonly [] | readonly [number, number]): InputKind =>
  between.length === 0 ? { kind: "number" } : { kind: "number", between };
export const boolean = (): InputKind => ({ kind: "boolean" });
export const list = (of: InputKind): InputKind => ({ kind: "list", of, ordered: true });
/** A list whose order means nothing. */
export const set = (of: InputKind): InputKind => ({ kind: "list", of, ordered: false });
export const map = (of: InputKind): InputKind => ({ kind: "map", of });
export const object = (members: InputSchema): InputKind => ({ kind: "object", members });
export const any = (): InputKind => ({ kind: "any" });

/** What every regional resource of @pulumi/aws 7 takes besides its own. */
export const REGION: InputProperty = { type: string(), computed: true, replaces: true };
export const TAGS: InputProperty = { type: map(string()) };
