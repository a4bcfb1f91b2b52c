// Reading property values where a type is known: a planned state has passed Check, so a wrong kind here is a slip of ours.

import { isList, isMap, type PropertyMap, type PropertyValue } from "./property-values";

/** The text, or undefined when there is none or an empty one. */
export function textOf(value: PropertyValue | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function numberOf(value: PropertyValue | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

export function mapOf(value: PropertyValue | undefined): PropertyMap | undefined {
  return isMap(value) ? value : undefined;
}

export function mapsOf(value: PropertyValue | undefined): readonly PropertyMap[] {
  return isList(value) ? value.filter(isMap) : [];
}

export function textsOf(value: PropertyValue | undefined): string[] {
  return isList(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

export function textMapOf(value: PropertyValue | undefined): Record<string, string> {
  const entries = Object.entries(mapOf(value) ?? {}).flatMap(([name, text]): [string, string][] =>
    typeof text === "string" && name !== "__defaults" ? [[name, text]] : [],
  );
  return Object.fromEntries(entries);
}

/** Without the members that are undefined, for SDK inputs and states, where an absent member says something. */
export function compact<T extends Readonly<Record<string, unknown>>>(value: T): Compact<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Compact<T>;
}

type Compact<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** A plain JSON value, e.g. a part of an SDK answer, as a property value. */
export function asProperty(value: unknown): PropertyValue {
  return JSON.parse(JSON.stringify(value ?? null)) as PropertyValue;
}
