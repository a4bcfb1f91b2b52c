// What a plan is called by: SHA-256 of the sorted-key JSON of everything in it but the id itself.
// Invariant: two plans with the same id say the same, to the byte of their canonical JSON.

import { canonicalJson, sha256Hex } from "../canonical-json";
import type { Plan } from "./plan";

/** The id that belongs to this content; a planId that is already there does not count. */
export function planIdOf(plan: Omit<Plan, "planId">): string {
  const { planId: _, ...content } = plan as Plan;
  return sha256Hex(canonicalJson(content));
}
