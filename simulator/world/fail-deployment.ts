// What follows when a deployment has failed or was stopped.
// Sources: DeploymentCircuitBreaker and DeploymentAlarms, ECS API reference (documented: each has its own rollback option; a
// failed deployment launches nothing more); "Lambda hooks for Amazon ECS service deployments" (documented: a hook that fails
// rolls back, there is no option); with nothing to go back to it stalls (reported). The texts for hooks follow
// aws/containers-roadmap#2664, those for alarms are inferred.
// Invariant: a deployment fails once; the failure of a rollback is the end.

import type { Deployment } from "./launch-unit";
import type { FailureCause } from "./lifecycle/deployment-failure";
import { rollBack, stall } from "./rollback";
import { moveServiceDeployment, stopServiceDeployment } from "./service-deployment-moves";
import { addServiceEvent } from "./service-events";
import { touch, type WorldState } from "./world-state";

/** Fails the primary deployment and goes back, if that was asked for and there is something to go back to. */
export function failDeployment(world: WorldState, deployment: Deployment, cause: FailureCause): void {
  const { service } = deployment;
  const wasRollback = (deployment.serviceDeployment?.rollback ?? null) !== null;
  markFailed(world, deployment, cause);
  if (wasRollback) stall(world, deployment, "The rollback failed: tasks failed to start.");
  else if (!goesBack(deployment, cause)) stopAfterFailure(world, deployment, cause);
  else if (service.lastSuccessful !== null) rollBack(world, deployment, { ...service.lastSuccessful, cause });
  else stall(world, deployment, "There is no completed deployment to roll back to.");
}

function goesBack({ service, lifecycle }: Deployment, cause: FailureCause): boolean {
  switch (cause) {
    case "circuit-breaker":
      return service.deploymentConfiguration.deploymentCircuitBreaker?.rollback === true;
    case "alarms":
      return lifecycle?.configuration.alarms?.rollback === true;
    case "hook":
    case "stage-timeout":
    case "stopped":
      return true;
  }
}

const REASONS: Readonly<Record<FailureCause, string>> = {
  "circuit-breaker": "ECS deployment circuit breaker: tasks failed to start.",
  alarms: "ECS deployment alarms: an alarm went into the ALARM state.",
  hook: "ECS deployment lifecycle hooks: hook execution failure(s) detected.",
  "stage-timeout": "ECS deployment lifecycle: a stage took more than 24 hours.",
  stopped: "ECS deployment was stopped by a request.",
};

const EVENTS: Readonly<Record<FailureCause, string | null>> = {
  "circuit-breaker": "tasks failed to start.",
  alarms: "alarm detected.",
  hook: "hook execution failure(s) detected.",
  "stage-timeout": "a lifecycle stage timed out.",
  stopped: null,
};

function markFailed(world: WorldState, deployment: Deployment, cause: FailureCause): void {
  const { service, serviceDeployment: current } = deployment;
  deployment.rolloutState = "FAILED";
  deployment.updatedAtMs = world.nowMs;
  deployment.settlesAtMs = null;
  deployment.rolloutStateReason = REASONS[cause];
  if (cause === "circuit-breaker" && current?.breaker) current.breaker.triggered = true;
  const event = EVENTS[cause];
  if (event !== null) addServiceEvent(world, service, `(deployment ${deployment.id}) deployment failed: ${event}`);
  if (current !== null) touch(world, current);
  touch(world, service);
}

const UNASKED: Readonly<Record<FailureCause, string>> = {
  "circuit-breaker": "The deployment circuit breaker was triggered and rollback is not enabled.",
  alarms: "A deployment alarm was triggered and rollback is not enabled.",
  hook: "A lifecycle hook failed.",
  "stage-timeout": "A lifecycle stage timed out.",
  stopped: "The service deployment was stopped by a request.",
};

function stopAfterFailure(world: WorldState, deployment: Deployment, cause: FailureCause): void {
  const current = deployment.serviceDeployment;
  if (current === null) return;
  if (current.status === "PENDING") moveServiceDeployment(world, current, "IN_PROGRESS");
  stopServiceDeployment(world, current, UNASKED[cause]);
}
