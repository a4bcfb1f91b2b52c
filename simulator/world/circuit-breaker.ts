// The deployment circuit breaker: when a deployment counts as failed, and what follows.
// Sources: DeploymentCircuitBreaker, ECS API reference (documented: half of desired, between 3 and 200, rounded up;
// thresholdConfiguration; rollback to the last completed deployment); with nothing to go back to it stalls (reported).
// Invariant: only a primary deployment that is IN_PROGRESS can fail; without a breaker it never does, it goes on for ever.

import { breakerThreshold } from "./breaker-threshold";
import type { Deployment } from "./launch-unit";
import { rollBack, stall } from "./rollback";
import { moveServiceDeployment, stopServiceDeployment } from "./service-deployment-moves";
import { addServiceEvent } from "./service-events";
import { touch, type WorldState } from "./world-state";

export function failsByBreaker(deployment: Deployment): boolean {
  const { service } = deployment;
  const breaker = service.deploymentConfiguration.deploymentCircuitBreaker;
  if (breaker?.enable !== true || deployment.rolloutState !== "IN_PROGRESS") return false;
  return deployment.failedTasks >= breakerThreshold(service);
}

/** Fails the primary deployment and goes back, if that was asked for and there is something to go back to. */
export function failDeployment(world: WorldState, deployment: Deployment, cause: "circuit-breaker" | "stopped"): void {
  const { service } = deployment;
  const wasRollback = (deployment.serviceDeployment?.rollback ?? null) !== null;
  markFailed(world, deployment, cause);
  const asked = service.deploymentConfiguration.deploymentCircuitBreaker?.rollback === true || cause === "stopped";
  if (wasRollback) stall(world, deployment, "The rollback failed: tasks failed to start.");
  else if (!asked) stopAfterFailure(world, deployment);
  else if (service.lastSuccessful !== null) rollBack(world, deployment, { ...service.lastSuccessful, cause });
  else stall(world, deployment, "There is no completed deployment to roll back to.");
}

function markFailed(world: WorldState, deployment: Deployment, cause: "circuit-breaker" | "stopped"): void {
  const { service } = deployment;
  deployment.rolloutState = "FAILED";
  deployment.updatedAtMs = world.nowMs;
  deployment.settlesAtMs = null;
  deployment.rolloutStateReason =
    cause === "circuit-breaker"
      ? "ECS deployment circuit breaker: tasks failed to start."
      : "ECS deployment was stopped by a request.";
  const current = deployment.serviceDeployment;
  if (cause === "circuit-breaker") {
    if (current?.breaker) current.breaker.triggered = true;
    addServiceEvent(world, service, `(deployment ${deployment.id}) deployment failed: tasks failed to start.`);
  }
  if (current !== null) touch(world, current);
  touch(world, service);
}

function stopAfterFailure(world: WorldState, deployment: Deployment): void {
  const current = deployment.serviceDeployment;
  if (current === null) return;
  if (current.status === "PENDING") moveServiceDeployment(world, current, "IN_PROGRESS");
  stopServiceDeployment(world, current, "The deployment circuit breaker was triggered and rollback is not enabled.");
}
