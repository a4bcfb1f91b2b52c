// The containers of a task definition: JSON in the aws provider, blocks in aws-native.
//
// Invariants
//   a text that is no JSON list of objects is unreadable, never an exception
//   a text that still holds the engine's marker for an unknown value is unknown as a whole: what stands around it is not the value
// Source: ECS API reference, ContainerDefinition (documented): the JSON and the blocks call the properties alike.

import { lookAt, type Properties, UNKNOWN } from "../look";

/** The top-level property that a rule has to read for this; the one that `madeFrom` names. */
export const CONTAINERS_PROPERTY = "containerDefinitions";

export type Containers =
  | { readonly state: "absent" | "unknown" | "unreadable" }
  /** Containers that are not known yet are left out, and `isWhole` is false. */
  | { readonly state: "known"; readonly containers: readonly Properties[]; readonly isWhole: boolean };

export function containersOf({ properties }: { readonly properties: Properties }): Containers {
  const look = lookAt(properties, CONTAINERS_PROPERTY);
  if (look.state !== "known") return { state: look.state };
  return typeof look.value === "string" ? parse(look.value) : fromList(look.value);
}

/** What the engine puts for an unknown text, where a program glued it into another one. */
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function parse(text: string): Containers {
  if (text.includes(UNKNOWN_TEXT)) return { state: "unknown" };
  try {
    return fromList(JSON.parse(text));
  } catch {
    return { state: "unreadable" };
  }
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
