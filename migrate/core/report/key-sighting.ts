// What was seen of keys on one or several things.

import type { KeySighting } from "../model/report";

export const NOT_SEEN: KeySighting = { seen: "not-seen" };

/** Of one thing that was seen. */
export function sightingOf(kmsKeyArn: string | null): KeySighting {
  return kmsKeyArn === null ? { seen: "no-key" } : { seen: "key", arn: kmsKeyArn };
}

/** Of everything that counts for a service; a mix of some key and none counts as several. */
export function sightingOfAll(kmsKeyArns: readonly (string | null)[]): KeySighting {
  const distinct = [...new Set(kmsKeyArns)];
  const [only] = distinct;
  if (only === undefined) return NOT_SEEN;
  if (distinct.length === 1) return sightingOf(only);
  return { seen: "several", arns: distinct.map((arn) => arn ?? "none").toSorted() };
}
