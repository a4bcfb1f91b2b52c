// Changing how many tasks a service should have.
// Sources: UpdateService (documented: desiredCount starts no deployment); "Service auto scaling", ECS developer guide
// (documented: scale-in is off during a deployment, scale-out goes on); on both revisions: AWS announcement of 2025-11.

import { wakeSoon } from "./scheduler-wake";
import type { Service } from "./service";
import { touch, type WorldState } from "./world-state";

export function setDesiredCount(world: WorldState, service: Service, desiredCount: number): void {
  const more = desiredCount - service.desiredCount;
  if (more > 0) scaleOutOlder(service, more);
  service.desiredCount = desiredCount;
  touch(world, service);
  wakeSoon(world, service);
}

/** Autoscaling's wish; false when it may not be granted now. */
export function autoscaleTo(world: WorldState, service: Service, desiredCount: number): boolean {
  if (desiredCount < service.desiredCount && isDeploying(service)) return false;
  setDesiredCount(world, service, desiredCount);
  return true;
}

export function isDeploying(service: Service): boolean {
  return service.deployments.length > 1 || service.deployments[0]?.rolloutState === "IN_PROGRESS";
}

/** Older deployments take the share of the new tasks that they have of the present ones. */
function scaleOutOlder(service: Service, more: number): void {
  const [primary, ...older] = service.deployments;
  const total = service.deployments.reduce((sum, deployment) => sum + deployment.tasks.size, 0);
  if (primary === undefined || total === 0) return;
  for (const deployment of older) {
    if (deployment.rolloutState === "FAILED") continue;
    deployment.target += Math.round((more * deployment.tasks.size) / total);
  }
}
