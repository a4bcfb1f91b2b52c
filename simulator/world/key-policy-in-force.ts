// Which policy of a key requests are judged by: a new one is shown at once and reaches KMS's own checks a while later.
// Source: "AWS KMS eventual consistency", KMS developer guide (documented: a change is typically everywhere within seconds, in some
// cases after several minutes). The bound of five minutes is the one that it gives for grants; the distribution is ours (I).
// Invariants: a policy that was replaced never comes back into force; the first policy of a key is in force from its creation.

import type { Key } from "./key";
import type { WorldState } from "./world-state";

export const KEY_POLICY_DELAY_MAX_MS = 300_000;

/** Four changes in five are quick: within this part of the bound. The fifth takes any time up to it. */
const QUICK = { chance: 0.8, share: 1 / 100 };

export function replacePolicy(world: WorldState, key: Key, policy: string): void {
  const arrived = policyInForce(world, key);
  key.policy = policy;
  const delayMs = policyDelayMs(world);
  if (delayMs === 0) {
    bringIntoForce(key, policy, []);
    return;
  }
  // Of two replacements on their way the older one is of interest only as long as it would arrive first.
  const before = key.comingPolicies.filter(({ fromMs }) => fromMs < world.nowMs + delayMs);
  key.policyInForce = arrived;
  key.comingPolicies = [...before, { policy, fromMs: world.nowMs + delayMs }];
}

/** Null: nobody could read it. */
export function policyInForce(world: WorldState, key: Key): string | null {
  const latest = key.comingPolicies.findLastIndex(({ fromMs }) => fromMs <= world.nowMs);
  const arrived = key.comingPolicies[latest];
  if (arrived !== undefined) bringIntoForce(key, arrived.policy, key.comingPolicies.slice(latest + 1));
  return key.policyInForce;
}

function bringIntoForce(key: Key, policy: string, coming: Key["comingPolicies"]): void {
  key.policyInForce = policy;
  key.comingPolicies = coming;
  key.accessCache.clear();
}

function policyDelayMs({ keyPolicyDelayMaxMs, keyChanges }: WorldState): number {
  if (keyPolicyDelayMaxMs === 0) return 0;
  const mostMs = keyChanges.chance(QUICK.chance) ? keyPolicyDelayMaxMs * QUICK.share : keyPolicyDelayMaxMs;
  return keyChanges.below(Math.ceil(mostMs) + 1);
}
