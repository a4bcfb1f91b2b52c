// Property values between the engine's wire form and plain values: unknowns, secrets, outputs and resource references.
//
// Invariants
//   an unknown is the symbol UNKNOWN inside and the engine's sentinel string outside, never anything else
//   a secret anywhere inside a top-level property makes the whole property secret again on its way out
//   the dependencies of an output value are dropped: the engine tracks those of a resource itself

import { Struct } from "google-protobuf/google/protobuf/struct_pb";

export const UNKNOWN: unique symbol = Symbol("unknown");

export type PropertyValue =
  | null
  | boolean
  | number
  | string
  | typeof UNKNOWN
  | readonly PropertyValue[]
  | { readonly [name: string]: PropertyValue };

export type PropertyMap = { readonly [name: string]: PropertyValue };

export interface DecodedProperties {
  readonly values: PropertyMap;
  /** The top-level properties that are secret or hold a secret. */
  readonly secrets: ReadonlySet<string>;
}

const UNKNOWN_SENTINEL = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

export function decodeProperties(struct: Struct | undefined): DecodedProperties {
  const secrets = new Set<string>();
  const entries = Object.entries(struct?.toJavaScript() ?? {}).map(([name, raw]) => {
    const value = decoded(raw as WireValue, () => secrets.add(name));
    return [name, value] as const;
  });
  return { values: Object.fromEntries(entries), secrets };
}

export function encodeProperties(values: PropertyMap, secrets: ReadonlySet<string> = new Set()): Struct {
  const entries = Object.entries(values).map(([name, value]) => {
    const wire = encoded(value);
    return [name, secrets.has(name) ? { [SIGNATURE]: SECRET, value: wire } : wire] as const;
  });
  return Struct.fromJavaScript(Object.fromEntries(entries));
}

export function isMap(value: PropertyValue | undefined): value is PropertyMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: PropertyValue | undefined): value is readonly PropertyValue[] {
  return Array.isArray(value);
}

/** Whether it is unknown, or anything inside it is. */
export function holdsUnknown(value: PropertyValue | undefined): boolean {
  if (value === UNKNOWN) return true;
  if (isList(value)) return value.some(holdsUnknown);
  return isMap(value) && Object.values(value).some(holdsUnknown);
}

type WireValue = null | boolean | number | string | readonly WireValue[] | { readonly [name: string]: WireValue };

function decoded(raw: WireValue, secret: () => void): PropertyValue {
  if (raw === UNKNOWN_SENTINEL) return UNKNOWN;
  if (Array.isArray(raw)) return raw.map((item: WireValue) => decoded(item, secret));
  if (typeof raw !== "object" || raw === null) return raw as PropertyValue;
  const record = raw as { readonly [name: string]: WireValue };
  switch (record[SIGNATURE]) {
    case SECRET:
      secret();
      return decoded(record.value ?? null, secret);
    case OUTPUT:
      if (record.secret === true) secret();
      return record.value === undefined ? UNKNOWN : decoded(record.value, secret);
    case RESOURCE:
      return decoded(record.id || UNKNOWN_SENTINEL, secret);
    default:
      return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, decoded(value, secret)]));
  }
}

function encoded(value: PropertyValue): WireValue {
  if (value === UNKNOWN) return UNKNOWN_SENTINEL;
  if (isList(value)) return value.map(encoded);
  if (isMap(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, encoded(inner)]));
  }
  return value as WireValue;
}
