// Availability Zone rebalancing: a healthy task is replaced by a new one of the same deployment, the new one first.
// Source: "Balancing an Amazon ECS service across Availability Zones", ECS developer guide (documented: it starts a task in
// another zone before it stops one, and the service events; their texts).
// Invariants: the new task has the revision, and so the key, of the one that leaves; a new task that does not come to health
// leaves the old one alone.

import type { LaunchUnit } from "./launch-unit";
import { wakeSoon } from "./scheduler-wake";
import type { Service } from "./service";
import { unitsOf } from "./service-deletion";
import { addServiceEvent } from "./service-events";
import { isLive, type Task } from "./task";
import { drainTask } from "./task-stop";
import { launchOne } from "./unit-scaling";
import type { WorldState } from "./world-state";

export interface Rebalance {
  readonly unit: LaunchUnit;
  readonly leaving: Task;
  readonly coming: Task;
}

/** Begins to move one task of the service. Throws when it has no healthy task. */
export function rebalanceOneTask(world: WorldState, service: Service): void {
  const held = new Set(service.rebalances.flatMap(({ leaving, coming }) => [leaving, coming]));
  const candidates = unitsOf(service).flatMap((unit) => [...unit.tasks].map((task) => ({ unit, task })));
  const chosen = candidates.find(({ task }) => task.healthy && !held.has(task) && !isProtected(world, task));
  if (chosen === undefined)
    throw new RangeError(`service ${service.name} has no healthy task to move; name one that has`);
  const outcome = launchOne(world, chosen.unit);
  if (outcome.kind === "refused") {
    addServiceEvent(world, service, `is unable to place a task in another Availability Zone. Reason: ${outcome.why}.`);
    return;
  }
  service.rebalances.push({ unit: chosen.unit, leaving: chosen.task, coming: outcome.task });
  addServiceEvent(
    world,
    service,
    `has started 1 tasks in another Availability Zone to AZ Rebalance: ${outcome.task.id}.`,
  );
  wakeSoon(world, service);
}

/** How many tasks of the unit are there twice for now. */
export function rebalancing(unit: LaunchUnit): number {
  return unit.service.rebalances.filter((rebalance) => rebalance.unit === unit).length;
}

/** Stops the tasks whose replacement is healthy, and forgets the moves that are over. */
export function finishRebalances(world: WorldState, service: Service): void {
  if (service.rebalances.length === 0) return;
  for (const { leaving, coming } of service.rebalances) {
    if (!coming.healthy || !isLive(leaving)) continue;
    drainTask(world, leaving, { code: "ServiceSchedulerInitiated", reason: "Task stopped due to AZ rebalancing" });
    addServiceEvent(
      world,
      service,
      `has stopped 1 running tasks in an Availability Zone due to AZ rebalancing: ${leaving.id}.`,
    );
  }
  service.rebalances = service.rebalances.filter(({ leaving, coming }) => isLive(leaving) && isLive(coming));
}

function isProtected({ nowMs }: WorldState, { protectedUntilMs }: Task): boolean {
  return protectedUntilMs !== null && protectedUntilMs > nowMs;
}
