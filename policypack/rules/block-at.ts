// Nested blocks, lists and flags of a resource's properties, as providers and the programs of other languages leave them.
//
// Invariants
//   an empty list and an object that holds nothing but the `__defaults` of a provider are absent
//   a flag may be a text: programs of other languages hand over "true"
//   what is unknown stays unknown: nothing here turns it into a value

import { type Look, lookAt } from "./look";

/** As lookAt, and a block without content is absent. */
export function blockAt(properties: unknown, path: string): Look {
  const look = lookAt(properties, path);
  return look.state === "known" && isEmpty(look.value) ? { state: "absent" } : look;
}

export type Items =
  | { readonly state: "absent" }
  | { readonly state: "unknown"; readonly at: string }
  /** Each may be UNKNOWN itself. */
  | { readonly state: "known"; readonly items: readonly unknown[] };

/** A list of blocks; a single block counts as a list of one. */
export function itemsAt(properties: unknown, path: string): Items {
  const look = blockAt(properties, path);
  if (look.state !== "known") return look;
  return { state: "known", items: Array.isArray(look.value) ? look.value : [look.value] };
}

export function isOn(look: Look): boolean {
  return look.state === "known" && (look.value === true || look.value === "true");
}

export function isOff(look: Look): boolean {
  return look.state === "known" && (look.value === false || look.value === "false");
}

function isEmpty(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.keys(value).every((name) => name === "__defaults");
}
