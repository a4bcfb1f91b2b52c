// The containers of a task definition: JSON in the aws provider, blocks in aws-native.
//
// Invariants
//   a text that is no JSON list of objects is unreadable, never an exception
//   a part of the JSON that is not known yet is unknown by itself: the rest is read
// Source: ECS API reference, ContainerDefinition (documented): the JSON and the blocks call the properties alike.

import { parseJsonText } from "../json-text";
import { lookAt, type Properties, UNKNOWN } from "../look";

/** The top-level property that a rule has to read for this; the one that `madeFrom` names. */
export const CONTAINERS_PROPERTY = "containerDefinitions";

export type Containers =
  | { readonly state: "absent" | "unknown" | "unreadable" }
  /** Containers that are not known yet are left out, and `isWhole` is false. */
  | { readonly state: "known"; readonly containers: readonly Properties[]; readonly isWhole: boolean };

export function containersOf({ properties }: { readonly properties: Properties }): Containers {
  const json = parseJsonText(lookAt(properties, CONTAINERS_PROPERTY));
  if (json.state === "malformed") return { state: "unreadable" };
  return json.state === "known" ? fromList(json.value) : { state: json.state };
}

function fromList(value: unknown): Containers {
  if (!Array.isArray(value)) return { state: "unreadable" };
  const items: readonly unknown[] = value;
  const known = items.filter((item) => item !== UNKNOWN);
  const containers = known.filter(isProperties);
  if (containers.length < known.length) return { state: "unreadable" };
  return { state: "known", containers, isWhole: known.length === items.length };
}

function isProperties(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
