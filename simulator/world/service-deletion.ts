// Deleting a service: it drains, turns INACTIVE when its last task has stopped, and is forgotten later.
// Source: DeleteService, ECS API reference (documented); that its scalable target goes with it is reported in eagletmt/hako#69.

import type { LaunchUnit } from "./launch-unit";
import { resourceIdOf } from "./scalable-target";
import { wakeAt } from "./scheduler-wake";
import type { Service } from "./service";
import { stopServiceDeployment } from "./service-deployment-moves";
import { drainTask } from "./task-stop";
import { scheduleIn, touch, type WorldState } from "./world-state";

/** How long an INACTIVE service can still be described (I). */
const VISIBLE_AFTER_DELETION_MS = 3_600_000;
const REASON = { code: "UserInitiated", reason: "Service was deleted." } as const;

export function deleteService(world: WorldState, service: Service): void {
  service.status = "DRAINING";
  service.desiredCount = 0;
  service.cluster.lane.scalableTargets.delete(resourceIdOf(service.cluster.name, service.name));
  const current = service.deployments[0]?.serviceDeployment ?? null;
  if (current !== null) stopServiceDeployment(world, current, "The service was deleted.");
  touch(world, service);
  wakeAt(world, service, world.nowMs);
}

export function emptyService(world: WorldState, service: Service): void {
  for (const unit of unitsOf(service)) {
    for (const task of [...unit.tasks]) drainTask(world, task, REASON);
  }
  if (service.draining > 0) return;
  service.status = "INACTIVE";
  for (const deployment of service.deployments) deployment.status = "INACTIVE";
  service.deployments = [];
  service.taskSets = [];
  touch(world, service);
  scheduleIn(world, VISIBLE_AFTER_DELETION_MS, { kind: "service-forgotten", service });
}

export function forgetService(service: Service): void {
  if (service.cluster.services.get(service.name) === service) service.cluster.services.delete(service.name);
}

export function unitsOf(service: Service): readonly LaunchUnit[] {
  return [...service.deployments, ...service.taskSets];
}
