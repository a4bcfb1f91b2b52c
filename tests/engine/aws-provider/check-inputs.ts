// Check: defaults and automatic names filled in, values brought to their kind, and everything wrong with them named.
// Invariants: an unknown passes wherever a value is expected; what is filled in is named in `__defaults`, as the Terraform
// bridge does (an empty list in each nested object); a wrong program gets one failure a property, never an exception.

import { automaticName, type NameRequest } from "./automatic-name";
import type { InputKind, InputProperty, InputSchema } from "./input-schema";
import { isList, isMap, type PropertyMap, type PropertyValue, UNKNOWN } from "./property-values";

export interface CheckFailure {
  /** E.g. `configuration.managedStorageConfiguration`; empty for the resource as a whole. */
  readonly property: string;
  readonly reason: string;
}

export interface CheckedInputs {
  readonly inputs: PropertyMap;
  readonly failures: readonly CheckFailure[];
}

export interface CheckQuestion {
  readonly schema: InputSchema;
  readonly news: PropertyMap;
  /** The inputs of the resource as it is; empty for a new one, and for the new one of a replacement. */
  readonly olds: PropertyMap;
  readonly naming: Omit<NameRequest, "prefix">;
}

export function checkInputs({ schema, news, olds, naming }: CheckQuestion): CheckedInputs {
  const failures: CheckFailure[] = [];
  const given = checkedObject(news, schema, { path: "", failures });
  const defaults: PropertyMap = Object.fromEntries(
    Object.entries(schema).flatMap(([name, property]) => {
      if (present(given[name])) return [];
      const value = filledIn(property, { name, olds, naming, given });
      return value === undefined ? [] : [[name, value]];
    }),
  );
  const inputs = { ...given, ...defaults, __defaults: Object.keys(defaults).toSorted() };
  for (const [name, property] of Object.entries(schema)) {
    if (property.required && !present(inputs[name as keyof typeof inputs])) failures.push(missing(name));
  }
  return { inputs, failures };
}

export function present(value: PropertyValue | undefined): value is Exclude<PropertyValue, null> {
  return value !== undefined && value !== null;
}

interface Fill {
  readonly name: string;
  readonly olds: PropertyMap;
  readonly naming: Omit<NameRequest, "prefix">;
  readonly given: PropertyMap;
}

function filledIn(property: InputProperty, { name, olds, naming, given }: Fill): PropertyValue | undefined {
  if (property.autoname === undefined) return property.standard;
  if (present(given.namePrefix)) return undefined;
  const wasAutomatic = isList(olds.__defaults) && olds.__defaults.includes(name);
  if (wasAutomatic && present(olds[name])) return olds[name];
  return automaticName({ ...naming, prefix: property.autoname.prefix }) ?? undefined;
}

interface Place {
  readonly path: string;
  readonly failures: CheckFailure[];
}

function checkedObject(value: PropertyMap, schema: InputSchema, { path, failures }: Place): PropertyMap {
  const entries = Object.entries(value).flatMap(([name, inner]): [string, PropertyValue][] => {
    if (name === "__defaults" || !present(inner)) return [];
    const place = { path: path === "" ? name : `${path}.${name}`, failures };
    const property = schema[name];
    if (property !== undefined) return [[name, checkedValue(inner, property.type, place)]];
    failures.push({ property: place.path, reason: unknownProperty(name, schema) });
    return [];
  });
  return Object.fromEntries(entries);
}

function checkedValue(value: PropertyValue, type: InputKind, place: Place): PropertyValue {
  if (value === UNKNOWN || type.kind === "any") return value;
  switch (type.kind) {
    case "object":
      return isMap(value) ? checkedMembers(value, type.members, place) : wrongKind(value, "an object", place);
    case "list":
      if (!isList(value)) return wrongKind(value, "a list", place);
      return value.map((item, index) => checkedValue(item, type.of, { ...place, path: `${place.path}[${index}]` }));
    case "map":
      if (!isMap(value)) return wrongKind(value, "a map", place);
      return Object.fromEntries(
        Object.entries(value).flatMap(([name, inner]): [string, PropertyValue][] =>
          present(inner) ? [[name, checkedValue(inner, type.of, { ...place, path: `${place.path}["${name}"]` })]] : [],
        ),
      );
    default:
      return checkedScalar(value, type, place);
  }
}

function checkedMembers(value: PropertyMap, members: InputSchema, place: Place): PropertyMap {
  const checked = checkedObject(value, members, place);
  const defaults: Record<string, PropertyValue> = {};
  for (const [name, { required, standard }] of Object.entries(members)) {
    if (present(checked[name])) continue;
    if (required) place.failures.push(missing(`${place.path}.${name}`));
    if (standard !== undefined) defaults[name] = standard;
  }
  return { ...checked, ...defaults, __defaults: Object.keys(defaults).toSorted() };
}

type Scalar = Extract<InputKind, { kind: "string" | "json" | "number" | "boolean" }>;

function checkedScalar(value: PropertyValue, type: Scalar, place: Place): PropertyValue {
  switch (type.kind) {
    case "boolean":
      if (value === "true" || value === "false") return value === "true";
      return typeof value === "boolean" ? value : wrongKind(value, "a boolean", place);
    case "number":
      return checkedNumber(value, type.between, place);
    case "json":
      return typeof value === "string" && isJson(value) ? value : wrongKind(value, "a string of valid JSON", place);
    case "string":
      return checkedString(value, type.oneOf, place);
  }
}

function checkedNumber(value: PropertyValue, between: readonly [number, number] | undefined, place: Place) {
  const asNumber = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof asNumber !== "number" || Number.isNaN(asNumber)) return wrongKind(value, "a number", place);
  if (between === undefined || (asNumber >= between[0] && asNumber <= between[1])) return asNumber;
  const reason = `expected ${place.path} to be in the range (${between[0]} - ${between[1]}), got ${asNumber}`;
  place.failures.push({ property: place.path, reason });
  return asNumber;
}

function checkedString(value: PropertyValue, oneOf: readonly string[] | undefined, place: Place): PropertyValue {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
    return wrongKind(value, "a string", place);
  }
  const text = String(value);
  if (oneOf === undefined || oneOf.includes(text)) return text;
  const choices = oneOf.map((choice) => `"${choice}"`).join(" ");
  place.failures.push({
    property: place.path,
    reason: `expected ${place.path} to be one of [${choices}], got ${text}`,
  });
  return text;
}

function wrongKind(value: PropertyValue, expected: string, { path, failures }: Place): PropertyValue {
  failures.push({ property: path, reason: `expected ${path} to be ${expected}, got ${JSON.stringify(value)}` });
  return value;
}

function missing(path: string): CheckFailure {
  return { property: path, reason: `Missing required argument: ${path}` };
}

function unknownProperty(name: string, schema: InputSchema): string {
  return `Unknown property "${name}"; there are ${Object.keys(schema).toSorted().join(", ")}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
