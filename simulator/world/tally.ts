// Changing a task while its unit's counts stay true.
// Invariant: every change of a task's status, desired status or health goes through `changeTask`.

import type { LaunchUnit } from "./launch-unit";
import { isLive, type Task } from "./task";
import { touch, type WorldState } from "./world-state";

export type TaskChange = Partial<
  Pick<
    Task,
    | "lastStatus"
    | "desiredStatus"
    | "healthy"
    | "healthStatus"
    | "pullStartedAtMs"
    | "pullStoppedAtMs"
    | "startedAtMs"
    | "stoppingAtMs"
    | "executionStoppedAtMs"
    | "stoppedAtMs"
    | "stopCode"
    | "stoppedReason"
    | "exitCode"
    | "imageDigests"
  >
>;

export function changeTask(world: WorldState, task: Task, change: TaskChange): void {
  const wasDraining = drains(task);
  if (task.unit !== null) addToCounts(task.unit, task, -1);
  Object.assign(task, change);
  if (task.unit !== null) {
    addToCounts(task.unit, task, 1);
    if (isLive(task)) task.unit.tasks.add(task);
    else task.unit.tasks.delete(task);
    task.unit.service.draining += Number(drains(task)) - Number(wasDraining);
    touch(world, task.unit.service);
    const current = task.unit.kind === "deployment" ? task.unit.serviceDeployment : null;
    if (current !== null) touch(world, current);
  }
  touch(world, task);
}

/** Counts a new task that has just been launched. */
export function countLaunched(world: WorldState, task: Task): void {
  if (task.unit === null) return;
  addToCounts(task.unit, task, 1);
  task.unit.tasks.add(task);
  task.unit.service.tasks.set(task.id, task);
  touch(world, task.unit.service);
}

/** Takes in a task that is already somewhere in its life. */
export function adoptTask(world: WorldState, task: Task): void {
  touch(world, task);
  if (task.unit === null) return;
  task.unit.service.tasks.set(task.id, task);
  if (isLive(task)) countLaunched(world, task);
  else if (drains(task)) task.unit.service.draining += 1;
}

function drains(task: Task): boolean {
  return !isLive(task) && task.lastStatus !== "STOPPED";
}

function addToCounts(unit: LaunchUnit, task: Task, delta: number): void {
  if (!isLive(task)) return;
  if (task.lastStatus === "RUNNING") unit.counts.running += delta;
  if (task.lastStatus === "PROVISIONING" || task.lastStatus === "PENDING") unit.counts.pending += delta;
  if (task.healthy) unit.counts.healthy += delta;
}
