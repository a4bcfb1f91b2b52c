// The end of a deployment: all new tasks healthy, no old one left that should run.
// Sources: Deployment.rolloutState, ECS API reference (documented: COMPLETED at the steady state); that old tasks may still
// drain when the service deployment is SUCCESSFUL is reported.
// Invariant: draining tasks never hold the end back; a rollback ends ROLLBACK_SUCCESSFUL, never SUCCESSFUL.

import type { Deployment } from "./launch-unit";
import { wakeAt } from "./scheduler-wake";
import { moveServiceDeployment } from "./service-deployment-moves";
import { addServiceEvent } from "./service-events";
import { touch, type WorldState } from "./world-state";

export function finishWhenSettled(world: WorldState, primary: Deployment, older: readonly Deployment[]): void {
  if (primary.rolloutState !== "IN_PROGRESS") return;
  const { desiredCount } = primary.service;
  const full = primary.tasks.size === desiredCount && primary.counts.healthy === desiredCount;
  if (!full || !hasPassedItsStages(primary) || hasTasks(older)) {
    primary.settlesAtMs = null;
    return;
  }
  primary.settlesAtMs ??= world.nowMs + world.durations.settleMs();
  if (world.nowMs < primary.settlesAtMs) {
    wakeAt(world, primary.service, primary.settlesAtMs);
    return;
  }
  complete(world, primary, older);
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

function hasPassedItsStages({ lifecycle }: Deployment): boolean {
  return lifecycle === null || lifecycle.at === lifecycle.plan.length - 1;
}

function hasTasks(deployments: readonly Deployment[]): boolean {
  return deployments.some((deployment) => deployment.tasks.size > 0);
}
