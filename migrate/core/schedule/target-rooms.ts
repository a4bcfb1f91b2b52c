// How many targets more a target group takes while old and new tasks are registered side by side.
// Invariant: only targets of services of the fleet are counted; what others register is not known.

import type { ServiceRecord } from "../../../domain/fleet";

/** Targets of one target group, by default (Elastic Load Balancing, quotas of Application Load Balancers, documented). */
export const TARGETS_MAX = 1_000;

/** By the target group's ARN; below 0 where more are registered than the default allows. */
export function targetRooms(services: readonly ServiceRecord[]): ReadonlyMap<string, number> {
  const rooms = new Map<string, number>();
  for (const { targetGroupArns, desiredCount } of services)
    for (const arn of targetGroupArns) rooms.set(arn, Math.max(0, (rooms.get(arn) ?? TARGETS_MAX) - desiredCount));
  return rooms;
}
