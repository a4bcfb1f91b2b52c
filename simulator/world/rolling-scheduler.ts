// The scheduler of services with the ECS controller: keeps the desired count, and moves it from older deployments to the
// primary one within the percents.
// Sources: DeploymentConfiguration, ECS API reference (documented: the minimum is rounded up, the maximum down); replacement of
// dead old tasks by the same old revision: AWS announcement of 2025-11 (documented); "Amazon ECS blue/green deployments"
// (documented: the new revision scales to 100 % beside the old one, which is stopped after the bake).
// Invariants: never drains a healthy old task below the minimum, nor while a hook keeps the new ones from starting; never
// launches above the maximum while old tasks live.

import { failDeployment } from "./fail-deployment";
import { finishWhenSettled } from "./finish-deployment";
import type { Deployment } from "./launch-unit";
import { advanceLifecycle } from "./lifecycle/advance-lifecycle";
import { failureOf } from "./lifecycle/deployment-failure";
import { hasReached, isShifting } from "./lifecycle/deployment-lifecycle";
import { succeedEarly } from "./lifecycle/early-success";
import { leftBehind } from "./lifecycle/left-behind";
import { maximumTasks, minimumHealthyTasks, type Service } from "./service";
import { addServiceEvent } from "./service-events";
import { drainFrom, launchInto } from "./unit-scaling";
import type { WorldState } from "./world-state";
import { finishRebalances, rebalancing } from "./zone-rebalancing";

export function rollService(world: WorldState, service: Service): void {
  finishRebalances(world, service);
  advanceOrFail(world, service);
  const [primary, ...older] = service.deployments;
  if (primary === undefined) return;
  launchMissing(world, primary, older);
  if (!succeedEarly(world, primary, older)) drainSurplus(world, primary, older);
  reportWhenStuck(world, primary, older);
  advanceLifecycle(world, primary, older);
  finishWhenSettled(world, primary, older);
}

function advanceOrFail(world: WorldState, service: Service): void {
  const [primary, ...older] = service.deployments;
  if (primary === undefined) return;
  advanceLifecycle(world, primary, older);
  const cause = failureOf(world, primary);
  if (cause !== null) failDeployment(world, primary, cause);
}

function launchMissing(world: WorldState, primary: Deployment, older: readonly Deployment[]): void {
  for (const deployment of older) {
    const missing = deployment.rolloutState === "FAILED" ? 0 : deployment.target - deployment.tasks.size;
    launchInto(world, deployment, Math.min(missing, room(world, primary, older)));
  }
  if (primary.rolloutState === "FAILED" || !mayLaunch(primary)) return;
  const missing = primary.service.desiredCount - primary.tasks.size;
  launchInto(world, primary, Math.min(missing, room(world, primary, older)));
}

/** A hook before the scale-up holds the new tasks, and so the old ones in their place. */
function mayLaunch({ lifecycle }: Deployment): boolean {
  return lifecycle === null || hasReached(lifecycle, "SCALE_UP");
}

/** How many more tasks may be launched now. */
function room(world: WorldState, primary: Deployment, older: readonly Deployment[]): number {
  const { service } = primary;
  const oldTasks = tasksOf(older);
  const draining = world.switches.drainingTakesRoom ? service.draining : 0;
  if (oldTasks === 0 && draining === 0) return service.desiredCount;
  const most = shifts(primary) ? 2 * service.desiredCount : maximumTasks(service);
  return Math.max(0, most - oldTasks - primary.tasks.size - draining);
}

function drainSurplus(world: WorldState, primary: Deployment, older: readonly Deployment[]): void {
  const { service } = primary;
  if (tasksOf(older) === 0) {
    const wanted = primary.tasks.size - service.desiredCount - rebalancing(primary);
    drainFrom(world, primary, { wanted, which: () => true });
    return;
  }
  if (shifts(primary)) drainLeftBehind(world, primary, older);
  if (!mayLaunch(primary)) return;
  const allowed = shifts(primary) ? allOnceShifted(primary) : allowedToStop(world, primary, older);
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

/** The tasks that an unfinished deployment left behind make room before the next one scales up. */
function drainLeftBehind(world: WorldState, { service }: Deployment, older: readonly Deployment[]): void {
  for (const deployment of leftBehind(service, older)) {
    deployment.target = 0;
    drainFrom(world, deployment, { wanted: deployment.tasks.size, which: () => true });
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

/** Blue/green, linear and canary: nothing old stops before the clean-up; going back, once the old revision is whole again. */
function allOnceShifted({ rolloutState, counts, service, lifecycle }: Deployment): Allowance {
  const whole = rolloutState !== "FAILED" && counts.healthy >= service.desiredCount;
  const shifted = lifecycle === null || hasReached(lifecycle, "CLEAN_UP");
  const most = whole && shifted ? Number.MAX_SAFE_INTEGER : 0;
  return { healthy: most, unhealthy: most };
}

function shifts({ lifecycle, service }: Deployment): boolean {
  return isShifting(lifecycle?.configuration ?? service.deploymentConfiguration);
}

/** Percents that leave nothing to start and nothing to stop: AWS says so in an event and waits. */
function reportWhenStuck(world: WorldState, primary: Deployment, older: readonly Deployment[]): void {
  const { service } = primary;
  const moves = service.draining > 0 || primary.tasks.size > 0 || shifts(primary) || !mayLaunch(primary);
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
