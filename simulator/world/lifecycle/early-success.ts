// Early success: a rolling deployment is told to be successful before all of it is done.
// Source: DeploymentEarlySuccessCriteria, ECS API reference (documented: successful once the share is healthy and the bake is
// over; BLOCKING removes the old tasks before, DEFERRED after, in the background).
// Invariant: it is told once; what is successful cannot fail any more.

import type { Deployment } from "../launch-unit";
import { wakeAt, wakeSoon } from "../scheduler-wake";
import { moveServiceDeployment } from "../service-deployment-moves";
import type { WorldState } from "../world-state";
import { type DeploymentLifecycle, isShifting } from "./deployment-lifecycle";

/** Tells the early success when it has come; true while the old tasks have to wait for it. */
export function succeedEarly(world: WorldState, primary: Deployment, older: readonly Deployment[]): boolean {
  const { lifecycle, serviceDeployment: current, service } = primary;
  if (lifecycle === null || current === null || current.status === "SUCCESSFUL") return false;
  const isDeferred = lifecycle.configuration.earlySuccessCriteria?.sourceServiceRevisionCleanup === "DEFERRED";
  const isClean = older.every((deployment) => deployment.tasks.size === 0);
  if (!isHealthyEnough(primary, lifecycle) || !(isClean || isDeferred)) {
    lifecycle.earlySuccessAtMs = null;
    return false;
  }
  lifecycle.earlySuccessAtMs ??= world.nowMs + bakeMsOf(lifecycle);
  if (world.nowMs < lifecycle.earlySuccessAtMs) {
    wakeAt(world, service, lifecycle.earlySuccessAtMs);
    return isDeferred;
  }
  moveServiceDeployment(world, current, "SUCCESSFUL");
  service.lastSuccessful = { revision: primary.revision, deploymentId: primary.id };
  wakeSoon(world, service);
  return isDeferred;
}

function isHealthyEnough(
  { counts, service, rolloutState }: Deployment,
  { configuration }: DeploymentLifecycle,
): boolean {
  const { enable, healthyPercent = 100 } = configuration.earlySuccessCriteria ?? {};
  if (enable !== true || isShifting(configuration) || rolloutState !== "IN_PROGRESS") return false;
  return counts.healthy >= Math.ceil((service.desiredCount * healthyPercent) / 100);
}

function bakeMsOf({ plan }: DeploymentLifecycle): number {
  return plan.find(({ stage }) => stage === "BAKE_TIME")?.bakeMs ?? 0;
}
