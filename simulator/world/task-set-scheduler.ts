// The scheduler of services whose deployments are made elsewhere (CODE_DEPLOY, EXTERNAL): each task set has its share.
// Source: TaskSet, ECS API reference (documented: computedDesiredCount is desiredCount times the scale, rounded up).
// Invariant: a task set launches with the key it captured when it was made.

import type { TaskSet } from "./launch-unit";
import type { Service } from "./service";
import { drainFrom, launchInto } from "./unit-scaling";
import { touch, type WorldState } from "./world-state";
import { finishRebalances, rebalancing } from "./zone-rebalancing";

export function scaleTaskSets(world: WorldState, service: Service): void {
  finishRebalances(world, service);
  for (const taskSet of service.taskSets) scale(world, taskSet);
  const emptied = service.taskSets.filter((taskSet) => taskSet.status === "DRAINING" && taskSet.tasks.size === 0);
  if (emptied.length === 0) return;
  service.taskSets = service.taskSets.filter((taskSet) => !emptied.includes(taskSet));
  touch(world, service);
}

export function wantedTasks(taskSet: TaskSet): number {
  if (taskSet.status === "DRAINING") return 0;
  return Math.ceil((taskSet.service.desiredCount * (taskSet.scale.value ?? 100)) / 100);
}

function scale(world: WorldState, taskSet: TaskSet): void {
  const wanted = wantedTasks(taskSet);
  launchInto(world, taskSet, wanted - taskSet.tasks.size);
  drainFrom(world, taskSet, { wanted: taskSet.tasks.size - wanted - rebalancing(taskSet), which: () => true });
  const stable = taskSet.tasks.size === wanted && taskSet.counts.healthy === wanted;
  setStability(world, taskSet, stable ? "STEADY_STATE" : "STABILIZING");
}

function setStability(world: WorldState, taskSet: TaskSet, status: TaskSet["stabilityStatus"]): void {
  if (taskSet.stabilityStatus === status) return;
  taskSet.stabilityStatus = status;
  taskSet.stabilityStatusAtMs = world.nowMs;
  touch(world, taskSet.service);
}
