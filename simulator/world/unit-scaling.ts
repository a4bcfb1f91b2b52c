// Giving a deployment or task set more tasks or fewer.
// Sources: service event messages, ECS developer guide (documented texts in part); that a refused launch is retried: documented.
// Invariants: a pause (back-off or retry) holds for the whole service; protected tasks are passed over (documented: task
// protection holds against scale-in and deployments); not-yet-healthy tasks go first.

import type { LaunchUnit } from "./launch-unit";
import { wakeAt } from "./scheduler-wake";
import type { Service } from "./service";
import { addServiceEvent } from "./service-events";
import type { Task } from "./task";
import { type LaunchOutcome, launchTask } from "./task-launch";
import { drainTask } from "./task-stop";
import type { WorldState } from "./world-state";

/** Launches up to `wanted` tasks; fewer when there is a pause or no room. */
export function launchInto(world: WorldState, unit: LaunchUnit, wanted: number): void {
  const { service } = unit;
  if (wanted <= 0) return;
  if (world.nowMs < service.launchNotBeforeMs) {
    wakeAt(world, service, service.launchNotBeforeMs);
    return;
  }
  let launched = 0;
  for (let index = 0; index < wanted; index++) {
    const outcome = launchOne(world, unit);
    if (outcome.kind === "refused") {
      retryLater(world, service, outcome.why);
      break;
    }
    launched += 1;
  }
  if (launched > 0) addServiceEvent(world, service, `has started ${launched} tasks.`);
}

/** Drains up to `wanted` tasks of the unit and says how many began to drain. */
export function drainFrom(
  world: WorldState,
  unit: LaunchUnit,
  { wanted, which }: { readonly wanted: number; readonly which: (task: Task) => boolean },
): number {
  if (wanted <= 0) return 0;
  const chosen = drainable(world, unit, which).slice(0, wanted);
  for (const task of chosen) drainTask(world, task, schedulerStop(unit));
  if (chosen.length > 0) addServiceEvent(world, unit.service, `has stopped ${chosen.length} running tasks.`);
  return chosen.length;
}

function drainable(world: WorldState, unit: LaunchUnit, which: (task: Task) => boolean): Task[] {
  const tasks = [...unit.tasks].filter((task) => which(task));
  const free = tasks.filter((task) => task.protectedUntilMs === null || task.protectedUntilMs <= world.nowMs);
  if (free.length < tasks.length) wakeWhenProtectionEnds(world, unit.service, tasks);
  return [...free.filter((task) => !task.healthy), ...free.filter((task) => task.healthy)];
}

function wakeWhenProtectionEnds(world: WorldState, service: Service, tasks: readonly Task[]): void {
  const ends = tasks.map((task) => task.protectedUntilMs ?? 0).filter((endMs) => endMs > world.nowMs);
  if (ends.length > 0) wakeAt(world, service, Math.min(...ends));
}

/** One task more for the unit, whatever it wants. */
export function launchOne(world: WorldState, unit: LaunchUnit): LaunchOutcome {
  const { service, revision } = unit;
  return launchTask(world, {
    cluster: service.cluster,
    unit,
    spec: revision.spec,
    kmsKeyArn: revision.kmsKeyArn,
    group: `service:${service.name}`,
    startedBy: unit.id,
    tags: service.settings.propagateTags === "SERVICE" ? service.tags : {},
  });
}

function retryLater(world: WorldState, service: Service, refusal: string): void {
  addServiceEvent(world, service, `was unable to place a task. Reason: ${refusal}.`);
  service.launchNotBeforeMs = world.nowMs + world.durations.retryMs();
  wakeAt(world, service, service.launchNotBeforeMs);
}

function schedulerStop(unit: LaunchUnit) {
  return {
    code: "ServiceSchedulerInitiated" as const,
    reason: `Scaling activity initiated by (deployment ${unit.id})`,
  };
}
