// The alarms and the scalable targets of a fleet.
// Invariants: an alarm that is known to be missing is not made; one whose state nobody could read is OK.

import type { Fleet } from "../../../domain/fleet";
import { applicationAutoScalingArn, cloudwatchArn } from "../arns";
import type { Lane } from "../lane";
import { NOTHING_SUSPENDED, resourceIdOf } from "../scalable-target";
import { nextSequence, type WorldState } from "../world-state";

export function importAlarms(world: WorldState, lane: Lane, { alarms }: Fleet): void {
  for (const { name, state } of alarms) {
    const value = state.kind === "known" ? state.value : "OK";
    if (value === "MISSING") continue;
    lane.alarms.set(name, {
      kind: "metric",
      name,
      arn: cloudwatchArn(lane, `alarm:${name}`),
      definition: {},
      state: { value, reason: "As the scan saw it", sinceMs: world.startedAtMs },
      firing: null,
      updatedAtMs: world.startedAtMs,
    });
  }
}

export function importScaling(world: WorldState, lane: Lane, { scaling }: Fleet): void {
  if (scaling.kind === "unknown") return;
  for (const { clusterName, serviceName, minCapacity, maxCapacity } of scaling.value) {
    const resourceId = resourceIdOf(clusterName, serviceName);
    lane.scalableTargets.set(resourceId, {
      sequence: nextSequence(world),
      arn: applicationAutoScalingArn(lane, `scalable-target/${world.identifiers.scalableTargetId()}`),
      resourceId,
      minCapacity,
      maxCapacity,
      createdAtMs: world.startedAtMs,
      suspendedState: NOTHING_SUSPENDED,
    });
  }
}
