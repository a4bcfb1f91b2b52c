// Which key a policy belongs to. GetKeyPolicy's reply does not name the key, so something else must.
//
// Invariants
//   a file that describes one key and holds a policy holds that key's policy; else the key that the policy itself names; else the
//   only key there is, when there is only one policy
//   two policies for one key are as good as none: which is in force is not known

import { lastPart } from "../../../domain/arn";
import type { Outputs, PolicySighting } from "./outputs";

/** By key id. `keyIds`: of every key that the outputs describe or show in use. */
export function policiesByKey(
  { policies }: Pick<Outputs, "policies">,
  keyIds: readonly string[],
): ReadonlyMap<string, string> {
  const texts = new Map<string, Set<string>>();
  const distinct = new Set(policies.map(({ policy }) => policy));
  const only = keyIds.length === 1 && distinct.size === 1 ? keyIds[0] : undefined;
  for (const sighting of policies) {
    const key = keyOf(sighting) ?? only;
    if (key !== undefined) texts.set(key, (texts.get(key) ?? new Set()).add(sighting.policy));
  }
  const single = [...texts].flatMap(([key, [text, ...more]]) =>
    text === undefined || more.length > 0 ? [] : [[key, text] as const],
  );
  return new Map(single);
}

function keyOf({ policy, keysInFile }: PolicySighting): string | undefined {
  if (keysInFile.length === 1) return keysInFile[0];
  const named = new Set([...policy.matchAll(KEY_ARN)].map(([arn]) => lastPart(arn)));
  return named.size === 1 ? [...named][0] : undefined;
}

const KEY_ARN = /arn:aws[a-z0-9-]*:kms:[a-z0-9-]+:\d+:key\/[A-Za-z0-9-]+/g;
