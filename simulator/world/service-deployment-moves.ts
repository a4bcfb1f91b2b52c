// The moves of a service deployment through its states.
// Source: "Amazon ECS service deployments", developer guide (documented states and order).
// Invariants: a final state is never left; times are set by the move, never by a read.

import type { Move } from "./happening";
import { isFinal, type ServiceDeployment, type ServiceDeploymentStatus } from "./service-deployment";
import { scheduleIn, touch, type WorldState } from "./world-state";

export function moveServiceDeployment(
  world: WorldState,
  serviceDeployment: ServiceDeployment,
  to: ServiceDeploymentStatus,
): void {
  if (isFinal(serviceDeployment.status)) return;
  serviceDeployment.status = to;
  serviceDeployment.updatedAtMs = world.nowMs;
  if (to === "IN_PROGRESS") serviceDeployment.startedAtMs = world.nowMs;
  if (to === "STOPPED") serviceDeployment.stoppedAtMs = world.nowMs;
  if (isFinal(to)) serviceDeployment.finishedAtMs = world.nowMs;
  touch(world, serviceDeployment);
  touch(world, serviceDeployment.service);
}

/** Moves it in a seeded moment, unless it has moved otherwise by then. */
export function scheduleMove(world: WorldState, serviceDeployment: ServiceDeployment, move: Move): void {
  const delayMs = world.durations.schedulerMs();
  scheduleIn(world, delayMs, { kind: "service-deployment-moves", serviceDeployment, move });
}

export function performMove(world: WorldState, serviceDeployment: ServiceDeployment, move: Move): void {
  if (serviceDeployment.status === move.from) moveServiceDeployment(world, serviceDeployment, move.to);
}

/** STOP_REQUESTED now, STOPPED in a moment; does nothing to one that has ended. */
export function stopServiceDeployment(world: WorldState, serviceDeployment: ServiceDeployment, reason: string): void {
  if (isFinal(serviceDeployment.status)) return;
  serviceDeployment.statusReason = reason;
  moveServiceDeployment(world, serviceDeployment, "STOP_REQUESTED");
  scheduleMove(world, serviceDeployment, { from: "STOP_REQUESTED", to: "STOPPED" });
}
