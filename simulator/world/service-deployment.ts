// A service deployment: the record with an ARN of one attempt to bring a service to a revision.
// Source: "Amazon ECS service deployments" (documented): the states below, their order, and which of them are final.

import type { DeploymentLifecycle } from "./lifecycle/deployment-lifecycle";
import type { PastViews } from "./past-views";
import type { Revision } from "./revision";
import type { Service } from "./service";

export type ServiceDeploymentStatus =
  | "PENDING"
  | "IN_PROGRESS"
  | "SUCCESSFUL"
  | "STOP_REQUESTED"
  | "STOPPED"
  | "ROLLBACK_REQUESTED"
  | "ROLLBACK_IN_PROGRESS"
  | "ROLLBACK_SUCCESSFUL"
  | "ROLLBACK_FAILED";

export interface ServiceDeployment {
  readonly kind: "service-deployment";
  readonly service: Service;
  readonly sequence: number;
  readonly arn: string;
  readonly createdAtMs: number;
  startedAtMs: number | null;
  finishedAtMs: number | null;
  stoppedAtMs: number | null;
  updatedAtMs: number;
  readonly sources: readonly Revision[];
  readonly target: Revision;
  status: ServiceDeploymentStatus;
  statusReason: string | null;
  rollback: { readonly reason: string; readonly startedAtMs: number; readonly revision: Revision } | null;
  breaker: { readonly threshold: number; failureCount: number; triggered: boolean } | null;
  /** That of its deployment, until a rollback begins; null for one that had ended before the simulation. */
  readonly lifecycle: DeploymentLifecycle | null;
  readonly past: PastViews;
}

const FINAL: ReadonlySet<ServiceDeploymentStatus> = new Set([
  "SUCCESSFUL",
  "STOPPED",
  "ROLLBACK_SUCCESSFUL",
  "ROLLBACK_FAILED",
]);

export function isFinal(status: ServiceDeploymentStatus): boolean {
  return FINAL.has(status);
}
