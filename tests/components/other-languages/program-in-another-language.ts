// A program that uses the components from another language, as far as their schema can be held against it.

export type Value =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "map"; readonly entries: Readonly<Record<string, Value>> }
  | OutputOf;

/** What another resource of the program answers. */
export interface OutputOf {
  readonly kind: "output";
  readonly resource: string;
  readonly output: string;
}

export interface UsedResource {
  /** By which the program calls it. */
  readonly name: string;
  /** The type token, as in fargate-cmk:index:EphemeralStorageKey. */
  readonly type: string;
  /** By the schema's names. */
  readonly inputs: Readonly<Record<string, Value>>;
}

export interface ProgramInAnotherLanguage {
  readonly resources: readonly UsedResource[];
  /** What the stack tells, by name. */
  readonly outputs: Readonly<Record<string, Value>>;
}

export function outputsIn(value: Value): readonly OutputOf[] {
  switch (value.kind) {
    case "literal":
      return [];
    case "list":
      return value.items.flatMap(outputsIn);
    case "map":
      return Object.values(value.entries).flatMap(outputsIn);
    case "output":
      return [value];
  }
}
