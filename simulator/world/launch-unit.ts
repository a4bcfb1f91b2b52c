// What launches the tasks of a service: a deployment (ECS controller) or a task set (CODE_DEPLOY and EXTERNAL).
// Invariants: `tasks` holds exactly the unit's tasks whose desired status is RUNNING; `counts` agrees with them.

import type { Scale } from "@aws-sdk/client-ecs";
import type { DeploymentLifecycle } from "./lifecycle/deployment-lifecycle";
import type { Revision } from "./revision";
import type { Service } from "./service";
import type { ServiceDeployment } from "./service-deployment";
import type { Task } from "./task";

export interface UnitCounts {
  pending: number;
  running: number;
  healthy: number;
}

interface UnitBase {
  readonly service: Service;
  /** `ecs-svc/…`: the `startedBy` of its tasks. */
  readonly id: string;
  readonly revision: Revision;
  readonly createdAtMs: number;
  updatedAtMs: number;
  readonly tasks: Set<Task>;
  readonly counts: UnitCounts;
  /** Tasks failed one after the other, as DescribeServices shows it. */
  failedTasks: number;
  /** Tasks in a row that never reached RUNNING: the scheduler slows down because of them. */
  startFailures: number;
}

export interface Deployment extends UnitBase {
  readonly kind: "deployment";
  status: "PRIMARY" | "ACTIVE" | "INACTIVE";
  rolloutState: "IN_PROGRESS" | "COMPLETED" | "FAILED";
  rolloutStateReason: string;
  /** How many tasks an older deployment still keeps up; the primary one keeps up the service's desired count. */
  target: number;
  /** When all conditions of completion have held long enough; null while they do not hold. */
  settlesAtMs: number | null;
  /** How far it has come; null for a rollback, and for one that had completed before the simulation. */
  lifecycle: DeploymentLifecycle | null;
  /** Whether the rounding of the percents was reported as leaving no room to move. */
  reportedStuck: boolean;
  serviceDeployment: ServiceDeployment | null;
}

export interface TaskSet extends UnitBase {
  readonly kind: "task-set";
  readonly arn: string;
  readonly externalId: string | null;
  readonly clientToken: string | null;
  status: "PRIMARY" | "ACTIVE" | "DRAINING";
  scale: Scale;
  stabilityStatus: "STEADY_STATE" | "STABILIZING";
  stabilityStatusAtMs: number;
  tags: Record<string, string>;
}

export type LaunchUnit = Deployment | TaskSet;
