// Going back to the last successful revision, with that revision's key.
// Sources: "Amazon ECS service revisions" (documented: a rollback uses the last successful, immutable revision). Whether the
// earlier deployment returns under its id or another is started of its revision is reported both ways: a switch.
// Invariants: a rollback never captures the cluster's key of now; the service deployment stays the same record to its end.

import type { Deployment } from "./launch-unit";
import type { FailureCause } from "./lifecycle/deployment-failure";
import type { Revision } from "./revision";
import { wakeSoon } from "./scheduler-wake";
import { moveServiceDeployment, scheduleMove } from "./service-deployment-moves";
import { addServiceEvent } from "./service-events";
import { addDeployment } from "./start-deployment";
import { count, touch, type WorldState } from "./world-state";

export interface RollbackGoal {
  readonly revision: Revision;
  readonly deploymentId: string;
  readonly cause: FailureCause;
}

export function rollBack(world: WorldState, failed: Deployment, goal: RollbackGoal): void {
  const { service } = failed;
  const current = failed.serviceDeployment;
  service.counters.rollbacksStarted += 1;
  count(world, "rollbacksStarted");
  const reason = `${BECAUSE[goal.cause]}: rolling back to deploymentId ${goal.deploymentId}.`;
  addServiceEvent(world, service, `rolling back to deployment ${goal.deploymentId}.`);
  if (current !== null) {
    current.rollback = { reason, startedAtMs: world.nowMs, revision: goal.revision };
    moveServiceDeployment(world, current, "ROLLBACK_REQUESTED");
    scheduleMove(world, current, { from: "ROLLBACK_REQUESTED", to: "ROLLBACK_IN_PROGRESS" });
  }
  failed.target = 0;
  const primary =
    returning(world, failed, goal.revision) ??
    addDeployment(world, service, { revision: goal.revision, serviceDeployment: current, lifecycle: null });
  primary.rolloutState = "IN_PROGRESS";
  primary.rolloutStateReason = reason;
  service.spec = goal.revision.spec;
  touch(world, service);
  wakeSoon(world, service);
}

const BECAUSE: Readonly<Record<FailureCause, string>> = {
  "circuit-breaker": "ECS deployment circuit breaker",
  alarms: "ECS deployment alarms",
  hook: "ECS deployment lifecycle hooks",
  "stage-timeout": "ECS deployment lifecycle",
  stopped: "ECS deployment stopped",
};

/** Nothing to go back to: the failed deployment stays, launches nothing, and old tasks are kept as they are. */
export function stall(world: WorldState, failed: Deployment, reason: string): void {
  const current = failed.serviceDeployment;
  if (current === null) return;
  current.statusReason = reason;
  moveServiceDeployment(world, current, "ROLLBACK_FAILED");
}

/** The earlier deployment of that revision, made primary again; null when it is gone or another is to be started. */
function returning(world: WorldState, failed: Deployment, revision: Revision): Deployment | null {
  const { service } = failed;
  if (world.switches.rollbackDeployment !== "same") return null;
  const earlier = service.deployments.find((deployment) => deployment !== failed && deployment.revision === revision);
  if (earlier === undefined) return null;
  for (const deployment of service.deployments) deployment.status = "ACTIVE";
  earlier.status = "PRIMARY";
  earlier.serviceDeployment = failed.serviceDeployment;
  earlier.failedTasks = 0;
  earlier.settlesAtMs = null;
  earlier.lifecycle = null;
  service.deployments = [earlier, ...service.deployments.filter((deployment) => deployment !== earlier)];
  return earlier;
}
