// Which services never roll together: those with the same value of a tag that the operator named.
// Invariants
//   a value is compared as it is, an empty one too: who tags two services alike, however carelessly, gets them apart
//   a service without the tag keeps nobody waiting and waits for nobody

import type { ServiceRecord } from "../../../domain/fleet";
import type { Mutex, PlanOptions } from "../model/plan";

export function mutexesOf(
  { tags }: Pick<ServiceRecord, "tags">,
  { mutexTags = [] }: Pick<PlanOptions, "mutexTags">,
): readonly Mutex[] {
  return mutexTags.flatMap((tag) => {
    const value = Object.hasOwn(tags, tag) ? tags[tag] : undefined;
    return value === undefined ? [] : [{ tag, value }];
  });
}

/** The same text for the same mutex and for no other: tags and values may hold any separator. */
export function mutexKey({ tag, value }: Mutex): string {
  return JSON.stringify([tag, value]);
}

/** `shared-db=orders`, as a person reads it. */
export function mutexWords({ tag, value }: Mutex): string {
  return `${tag}=${value}`;
}
