// The end of a deployment: all new tasks healthy, no old one left that should run.
// Sources: Deployment.rolloutState and DeploymentEarlySuccessCriteria, ECS API reference (documented); that old tasks may still
// drain when the service deployment is SUCCESSFUL is reported.
// Invariant: draining tasks never hold the end back; a rollback ends ROLLBACK_SUCCESSFUL, never SUCCESSFUL.

import type { Deployment } from "./launch-unit";
import { wakeAt } from "./scheduler-wake";
import type { Service } from "./service";
import { moveServiceDeployment } from "./service-deployment-moves";
import { addServiceEvent } from "./service-events";
import { touch, type WorldState } from "./world-state";

export function finishWhenSettled(world: WorldState, primary: Deployment, older: readonly Deployment[]): void {
  if (primary.rolloutState !== "IN_PROGRESS") return;
  succeedEarly(world, primary, older);
  const oldTasks = older.reduce((sum, deployment) => sum + deployment.tasks.size, 0);
  const { desiredCount } = primary.service;
  const met = oldTasks === 0 && primary.tasks.size === desiredCount && primary.counts.healthy === desiredCount;
  if (!met) {
    primary.settlesAtMs = null;
    return;
  }
  primary.settlesAtMs ??= world.nowMs + world.durations.settleMs() + bakeAfterRollingMs(primary.service);
  if (world.nowMs < primary.settlesAtMs) {
    wakeAt(world, primary.service, primary.settlesAtMs);
    return;
  }
  complete(world, primary, older);
}

/** With earlySuccessCriteria and DEFERRED clean-up the record says SUCCESSFUL while old tasks still run. */
function succeedEarly(world: WorldState, primary: Deployment, older: readonly Deployment[]): void {
  const criteria = primary.service.deploymentConfiguration.earlySuccessCriteria;
  const current = primary.serviceDeployment;
  if (criteria?.enable !== true || current === null || current.rollback !== null) return;
  const needed = Math.ceil((primary.service.desiredCount * (criteria.healthyPercent ?? 100)) / 100);
  const cleaned = older.every((deployment) => deployment.tasks.size === 0);
  if (primary.counts.healthy < needed) return;
  if (cleaned || criteria.sourceServiceRevisionCleanup === "DEFERRED")
    moveServiceDeployment(world, current, "SUCCESSFUL");
}

function complete(world: WorldState, primary: Deployment, older: readonly Deployment[]): void {
  const { service } = primary;
  primary.rolloutState = "COMPLETED";
  primary.rolloutStateReason = `ECS deployment ${primary.id} completed.`;
  primary.updatedAtMs = world.nowMs;
  primary.failedTasks = 0;
  for (const deployment of older) deployment.status = "INACTIVE";
  service.deployments = [primary];
  service.lastSuccessful = { revision: primary.revision, deploymentId: primary.id };
  const current = primary.serviceDeployment;
  if (current !== null)
    moveServiceDeployment(world, current, current.rollback === null ? "SUCCESSFUL" : "ROLLBACK_SUCCESSFUL");
  addServiceEvent(world, service, `(deployment ${primary.id}) deployment completed.`);
  addServiceEvent(world, service, "has reached a steady state.");
  touch(world, service);
}

/** Rolling deployments may bake too, while alarms are watched; shifting ones have baked before their old tasks stopped. */
function bakeAfterRollingMs(service: Service): number {
  const { strategy, bakeTimeInMinutes } = service.deploymentConfiguration;
  return (strategy ?? "ROLLING") === "ROLLING" ? (bakeTimeInMinutes ?? 0) * 60_000 : 0;
}
