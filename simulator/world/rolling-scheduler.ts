// The scheduler of services with the ECS controller: keeps the desired count, and moves it from older deployments to the
// primary one within the percents.
// Sources: DeploymentConfiguration, ECS API reference (documented: the minimum is rounded up, the maximum down); replacement of
// dead old tasks by the same old revision: AWS announcement of 2025-11 (documented); blue/green pacing is simplified to
// "all new ones, bake, then all old ones" (I).
// Invariants: never drains a healthy old task below the minimum; never launches above the maximum while old tasks live.

import { failDeployment, failsByBreaker } from "./circuit-breaker";
import { finishWhenSettled } from "./finish-deployment";
import type { Deployment } from "./launch-unit";
import { wakeAt } from "./scheduler-wake";
import { maximumTasks, minimumHealthyTasks, type Service } from "./service";
import { addServiceEvent } from "./service-events";
import { drainFrom, launchInto } from "./unit-scaling";
import type { WorldState } from "./world-state";

export function rollService(world: WorldState, service: Service): void {
  const failing = service.deployments[0];
  if (failing !== undefined && failsByBreaker(failing)) failDeployment(world, failing, "circuit-breaker");
  const [primary, ...older] = service.deployments;
  if (primary === undefined) return;
  launchMissing(world, primary, older);
  drainSurplus(world, primary, older);
  reportWhenStuck(world, primary, older);
  finishWhenSettled(world, primary, older);
}

export function isShifting(service: Service): boolean {
  const strategy = service.deploymentConfiguration.strategy ?? "ROLLING";
  return strategy !== "ROLLING";
}

function launchMissing(world: WorldState, primary: Deployment, older: readonly Deployment[]): void {
  for (const deployment of older) {
    const missing = deployment.rolloutState === "FAILED" ? 0 : deployment.target - deployment.tasks.size;
    launchInto(world, deployment, Math.min(missing, room(world, primary, older)));
  }
  if (primary.rolloutState === "FAILED") return;
  const missing = primary.service.desiredCount - primary.tasks.size;
  launchInto(world, primary, Math.min(missing, room(world, primary, older)));
}

/** How many more tasks may be launched now. */
function room(world: WorldState, primary: Deployment, older: readonly Deployment[]): number {
  const { service } = primary;
  const oldTasks = tasksOf(older);
  const draining = world.switches.drainingTakesRoom ? service.draining : 0;
  if (oldTasks === 0 && draining === 0) return service.desiredCount;
  const most = isShifting(service) ? 2 * service.desiredCount : maximumTasks(service);
  return Math.max(0, most - oldTasks - primary.tasks.size - draining);
}

function drainSurplus(world: WorldState, primary: Deployment, older: readonly Deployment[]): void {
  const { service } = primary;
  if (tasksOf(older) === 0) {
    drainFrom(world, primary, { wanted: primary.tasks.size - service.desiredCount, which: () => true });
    return;
  }
  const allowed = isShifting(service) ? allOnceBaked(world, primary) : allowedToStop(world, primary, older);
  let unhealthy = allowed.unhealthy;
  let healthy = allowed.healthy;
  for (const deployment of older.toReversed()) {
    const stoppedUnhealthy = drainFrom(world, deployment, { wanted: unhealthy, which: (task) => !task.healthy });
    const stoppedHealthy = drainFrom(world, deployment, { wanted: healthy, which: (task) => task.healthy });
    unhealthy -= stoppedUnhealthy;
    healthy -= stoppedHealthy;
    deployment.target = Math.max(0, deployment.target - stoppedUnhealthy - stoppedHealthy);
  }
}

interface Allowance {
  readonly healthy: number;
  readonly unhealthy: number;
}

function allowedToStop(world: WorldState, primary: Deployment, older: readonly Deployment[]): Allowance {
  const { service } = primary;
  if (primary.rolloutState === "FAILED") return { healthy: 0, unhealthy: tasksOf(older.filter(hasFailed)) };
  const healthyNow = primary.counts.healthy + older.reduce((sum, deployment) => sum + deployment.counts.healthy, 0);
  const healthy = Math.max(0, healthyNow - minimumHealthyTasks(service));
  const missing = service.desiredCount - primary.tasks.size;
  const enoughHealthy = healthyNow >= minimumHealthyTasks(service);
  const unhealthy = enoughHealthy ? tasksOf(older) : room(world, primary, older) > 0 ? 0 : missing;
  return { healthy, unhealthy };
}

/** Blue/green, linear and canary: nothing old stops until everything new is healthy and has baked. */
function allOnceBaked(world: WorldState, primary: Deployment): Allowance {
  const { service } = primary;
  if (primary.rolloutState === "FAILED" || primary.counts.healthy < service.desiredCount) {
    return { healthy: 0, unhealthy: 0 };
  }
  primary.bakedAtMs ??= world.nowMs + (service.deploymentConfiguration.bakeTimeInMinutes ?? 0) * 60_000;
  if (world.nowMs >= primary.bakedAtMs) return { healthy: Number.MAX_SAFE_INTEGER, unhealthy: Number.MAX_SAFE_INTEGER };
  wakeAt(world, service, primary.bakedAtMs);
  return { healthy: 0, unhealthy: 0 };
}

/** Percents that leave nothing to start and nothing to stop: AWS says so in an event and waits. */
function reportWhenStuck(world: WorldState, primary: Deployment, older: readonly Deployment[]): void {
  const { service } = primary;
  const moves = service.draining > 0 || primary.tasks.size > 0 || isShifting(service);
  if (primary.reportedStuck || moves || tasksOf(older) === 0 || room(world, primary, older) > 0) return;
  const allowed = allowedToStop(world, primary, older);
  if (allowed.healthy > 0 || primary.rolloutState === "FAILED") return;
  primary.reportedStuck = true;
  addServiceEvent(
    world,
    service,
    "was unable to stop or start tasks during a deployment because of the service deployment configuration. " +
      "Update the minimumHealthyPercent or maximumPercent value and try again.",
  );
}

function hasFailed(deployment: Deployment): boolean {
  return deployment.rolloutState === "FAILED";
}

function tasksOf(deployments: readonly Deployment[]): number {
  return deployments.reduce((sum, deployment) => sum + deployment.tasks.size, 0);
}
