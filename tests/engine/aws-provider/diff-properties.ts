// Diff: what a program's inputs would change about a resource as its state last showed it, as Terraform's plan does.
//
// Invariants
//   it compares inputs with the *state*, so that what a refresh finds is found again by the next preview
//   0, false, "" and empty lists and maps are as good as nothing; a computed property that is left out is no change
//   an unknown input is a change

import type { InputKind, InputProperty, InputSchema } from "./input-schema";
import { holdsUnknown, isList, isMap, type PropertyMap, type PropertyValue } from "./property-values";
import { sameJson } from "./same-json";

export type ChangeKind = "add" | "delete" | "update";

export interface PropertyChange {
  /** E.g. `configuration.executeCommandConfiguration`, as Pulumi writes paths. */
  readonly path: string;
  /** The top-level property. */
  readonly property: string;
  readonly kind: ChangeKind;
  readonly replaces: boolean;
}

export function diffProperties(schema: InputSchema, olds: PropertyMap, news: PropertyMap): readonly PropertyChange[] {
  return Object.entries(schema).flatMap(([name, property]) =>
    differences({ old: olds[name], new: news[name], property, path: name }).map((change) => ({
      ...change,
      property: name,
      replaces: change.replaces || property.replaces === true,
    })),
  );
}

/** Whether two values of a property mean the same. */
export function sameValue(type: InputKind, left: PropertyValue | undefined, right: PropertyValue | undefined): boolean {
  return differences({ old: left, new: right, property: { type }, path: "" }).length === 0;
}

/** Whether a value says nothing: what AWS shows for what was never set. */
export function isEmpty(value: PropertyValue | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === 0 || value === false) return true;
  if (isList(value)) return value.length === 0;
  return isMap(value) && Object.keys(value).every((name) => name === "__defaults");
}

interface Pair {
  readonly old: PropertyValue | undefined;
  readonly new: PropertyValue | undefined;
  readonly property: InputProperty;
  readonly path: string;
}

type Change = Omit<PropertyChange, "property">;

function differences({ old, new: now, property, path }: Pair): readonly Change[] {
  const absent = now === undefined || now === null;
  if (absent && property.computed) return [];
  const saysNothing = (value: PropertyValue | undefined): boolean =>
    isEmpty(value) || (property.absentMeans !== undefined && value === property.absentMeans);
  if (saysNothing(old) && saysNothing(now)) return [];
  if (saysNothing(old)) return [change(path, "add", property)];
  if (absent || (saysNothing(now) && isMap(old))) return [change(path, "delete", property)];
  return changesInside({ old, new: now, property, path });
}

function changesInside({ old, new: now, property, path }: Pair): readonly Change[] {
  const { type } = property;
  if (type.kind === "object" && isMap(old) && isMap(now)) return memberChanges(type.members, { old, now, path });
  if (type.kind === "map" && isMap(old) && isMap(now)) {
    const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].toSorted();
    const members = Object.fromEntries(names.map((name) => [name, { type: type.of }]));
    return memberChanges(members, { old, now, path });
  }
  return equal(type, old, now) ? [] : [change(path, "update", property)];
}

function memberChanges(
  members: InputSchema,
  { old, now, path }: { readonly old: PropertyMap; readonly now: PropertyMap; readonly path: string },
): readonly Change[] {
  return Object.entries(members).flatMap(([name, property]) =>
    differences({ old: old[name], new: now[name], property, path: memberPath(path, name) }),
  );
}

function memberPath(path: string, name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `${path}.${name}` : `${path}["${name}"]`;
}

function equal(type: InputKind, old: PropertyValue | undefined, now: PropertyValue | undefined): boolean {
  if (holdsUnknown(now)) return false;
  if (type.kind === "json") return sameJson(String(old), String(now));
  if (type.kind !== "list") return canonical(old) === canonical(now);
  if (!isList(old) || !isList(now) || old.length !== now.length) return false;
  const [left, right] = type.ordered ? [old, now] : [sorted(old), sorted(now)];
  return left.every((item, index) => sameValue(type.of, item, right[index]));
}

function sorted(values: readonly PropertyValue[]): readonly PropertyValue[] {
  return values.toSorted((left, right) => (canonical(left) < canonical(right) ? -1 : 1));
}

/** JSON with sorted names and without what says nothing. */
function canonical(value: PropertyValue | undefined): string {
  if (isList(value)) return `[${value.map(canonical).join()}]`;
  if (!isMap(value)) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value)
    .filter(([name, inner]) => name !== "__defaults" && !isEmpty(inner))
    .toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([name, inner]) => `${name}:${canonical(inner)}`).join()}}`;
}

function change(path: string, kind: ChangeKind, property: InputProperty): Change {
  return { path, kind, replaces: property.replaces === true };
}
