// What a failed or a healthy task means for the deployment it belongs to: the count of failures, and the slower restarts.
// Sources: "Service throttle logic", ECS developer guide (documented: only tasks that never reach RUNNING slow the scheduler
// down, up to 27 minutes); Deployment.failedTasks (documented: counts failures in a row). The steps between are inferred.

import type { Deployment, LaunchUnit } from "./launch-unit";
import { addServiceEvent } from "./service-events";
import type { Task } from "./task";
import { count, touch, type WorldState } from "./world-state";

const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 27 * 60_000;

export function noteFailedTask(world: WorldState, task: Task, when: "before-start" | "after-start"): void {
  const unit = task.unit;
  if (unit === null) return;
  unit.failedTasks += 1;
  unit.updatedAtMs = world.nowMs;
  unit.service.counters.failedLaunches += 1;
  count(world, "failedLaunches");
  if (unit.kind === "deployment") countForBreaker(world, unit);
  if (when === "before-start") slowDown(world, unit);
}

export function noteHealthyTask(task: Task): void {
  const unit = task.unit;
  if (unit === null) return;
  unit.startFailures = 0;
  if (unit.service.deploymentConfiguration.deploymentCircuitBreaker?.resetOnHealthyTask === false) return;
  unit.failedTasks = 0;
  const breaker = unit.kind === "deployment" ? unit.serviceDeployment?.breaker : null;
  if (breaker && !breaker.triggered) breaker.failureCount = 0;
}

function countForBreaker(world: WorldState, deployment: Deployment): void {
  const current = deployment.serviceDeployment;
  if (current === null || current.breaker === null || deployment.status !== "PRIMARY") return;
  current.breaker.failureCount += 1;
  touch(world, current);
}

/** Each whole round of failed starts doubles the pause before the next launch. */
function slowDown(world: WorldState, unit: LaunchUnit): void {
  unit.startFailures += 1;
  const perRound = Math.max(1, unit.service.desiredCount);
  if (unit.startFailures % perRound !== 0) return;
  const round = Math.min(unit.startFailures / perRound, 16);
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (round - 1), LONGEST_PAUSE_MS);
  unit.service.launchNotBeforeMs = Math.max(unit.service.launchNotBeforeMs, world.nowMs + pauseMs);
  if (round === 3) addServiceEvent(world, unit.service, "is unable to consistently start tasks successfully.");
}
