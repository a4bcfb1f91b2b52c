// Moves a deployment from one lifecycle stage to the next, as far as it may go now.
// Sources: "Amazon ECS blue/green service deployments workflow", ECS developer guide (documented: the order of the stages, that
// hooks hold a stage until all have succeeded, and the bake times).
// Invariants: nothing is launched before SCALE_UP and nothing old is stopped for the new before CLEAN_UP, unless the deployment
// is a rolling one; a stage that cannot end by itself now leaves a wish to be looked at again.

import type { Deployment } from "../launch-unit";
import { wakeAt } from "../scheduler-wake";
import { moveServiceDeployment } from "../service-deployment-moves";
import { touch, type WorldState } from "../world-state";
import { type DeploymentLifecycle, isShifting, presentStage } from "./deployment-lifecycle";
import { endsAtMs, isOpen, rollsBack, settleHooks, startHooks } from "./hook-run";
import { leftBehind } from "./left-behind";

export function advanceLifecycle(world: WorldState, primary: Deployment, older: readonly Deployment[]): void {
  const { lifecycle } = primary;
  if (lifecycle === null || primary.rolloutState !== "IN_PROGRESS") return;
  if (settleHooks(world, lifecycle)) noteChange(world, primary);
  for (let left = lifecycle.plan.length; left > 0; left--) {
    if (lifecycle.at >= 0 && !mayLeave(world, lifecycle, { primary, older })) return;
    enter(world, primary, lifecycle);
  }
}

function mayLeave(
  world: WorldState,
  lifecycle: DeploymentLifecycle,
  { primary, older }: { readonly primary: Deployment; readonly older: readonly Deployment[] },
): boolean {
  if (lifecycle.at === lifecycle.plan.length - 1 || lifecycle.hooks.some(rollsBack)) return false;
  const open = lifecycle.hooks.filter(isOpen);
  const waits = [...open.map(endsAtMs), lifecycle.notBeforeMs].filter((atMs) => atMs > world.nowMs);
  if (waits.length > 0) {
    wakeAt(world, primary.service, Math.min(...waits));
    return false;
  }
  if (open.length > 0) return false;
  switch (presentStage(lifecycle)?.stage) {
    case "RECONCILE_SERVICE":
      return !shifts(lifecycle) || leftBehind(primary.service, older).every(({ tasks }) => tasks.size === 0);
    case "SCALE_UP":
      return hasScaledUp(primary, older, lifecycle);
    default:
      return true;
  }
}

/** A rolling deployment has scaled up when it has the place of the old tasks. */
function hasScaledUp(
  { tasks, counts, service }: Deployment,
  older: readonly Deployment[],
  lifecycle: DeploymentLifecycle,
): boolean {
  const { desiredCount } = service;
  if (tasks.size < desiredCount || counts.healthy < desiredCount) return false;
  return shifts(lifecycle) || older.every((deployment) => deployment.tasks.size === 0);
}

function enter(world: WorldState, primary: Deployment, lifecycle: DeploymentLifecycle): void {
  const { service, serviceDeployment } = primary;
  const next = lifecycle.plan[lifecycle.at + 1];
  if (next === undefined) return;
  const hooks = lifecycle.configuration.lifecycleHooks ?? [];
  lifecycle.at += 1;
  lifecycle.enteredAtMs = world.nowMs;
  lifecycle.hooks = startHooks(world, service, { hooks, stage: next.stage });
  lifecycle.notBeforeMs = world.nowMs + bakeLeftMs(primary, next.bakeMs) + ownMs(world, lifecycle);
  // ContinueServiceDeployment wants a deployment that is IN_PROGRESS.
  if (lifecycle.hooks.length > 0 && serviceDeployment?.status === "PENDING") {
    moveServiceDeployment(world, serviceDeployment, "IN_PROGRESS");
  }
  noteChange(world, primary);
}

/** A deployment that had its early success has baked. */
function bakeLeftMs({ serviceDeployment }: Deployment, bakeMs: number): number {
  return serviceDeployment?.status === "SUCCESSFUL" ? 0 : bakeMs;
}

/** Where traffic is moved, each stage takes a moment of its own. */
function ownMs(world: WorldState, lifecycle: DeploymentLifecycle): number {
  return shifts(lifecycle) ? world.durations.schedulerMs() : 0;
}

function shifts({ configuration }: DeploymentLifecycle): boolean {
  return isShifting(configuration);
}

function noteChange(world: WorldState, { serviceDeployment }: Deployment): void {
  if (serviceDeployment === null) return;
  serviceDeployment.updatedAtMs = world.nowMs;
  touch(world, serviceDeployment);
}
