// Faults of the organisation: a resource control policy that denies the use of keys, and its end.

import { lastPart } from "../../domain/arn";
import type { Lane } from "./lane";
import type { WorldFault } from "./world-fault";

type OrganisationFault = Extract<WorldFault, { kind: "organisation-denies-key" | "organisation-allows-key" }>;

/** Throws RangeError when the key is not in the lane, or the policy no policy. */
export function changeOrganisation(lane: Lane, fault: OrganisationFault): void {
  const keyArn = fault.key === undefined ? null : keyArnIn(lane, fault.key);
  if (fault.kind === "organisation-denies-key") {
    lane.organisation.deny({ keyArn, policy: fault.policy ?? null, text: fault.text ?? null });
  } else {
    lane.organisation.allow(keyArn);
  }
  // What was said to Fargate before is no longer so.
  for (const key of lane.keys.values()) key.accessCache.clear();
}

function keyArnIn(lane: Lane, reference: string): string {
  const key = lane.keys.get(lastPart(reference));
  if (key !== undefined) return key.arn;
  throw new RangeError(`no key ${reference} in the simulated world; give the id or ARN of one that is there`);
}
