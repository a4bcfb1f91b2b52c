// A service: what is asked of it, what it is doing about it, and what it has done.
// Invariants: `deployments[0]` is the PRIMARY one; a service with the ECS controller always has one while it is not INACTIVE.

import type { DeploymentConfiguration, PlacementConstraint, PlacementStrategy } from "@aws-sdk/client-ecs";
import type { Cluster } from "./cluster";
import type { Deployment, TaskSet } from "./launch-unit";
import type { PastViews } from "./past-views";
import type { Revision, ServiceSpec } from "./revision";
import type { ServiceDeployment } from "./service-deployment";
import type { Task } from "./task";
import type { FailureMode } from "./world-fault";
import type { ServiceCounters } from "./world-view";
import type { Rebalance } from "./zone-rebalancing";

export interface Service {
  readonly kind: "service";
  readonly sequence: number;
  readonly cluster: Cluster;
  readonly arn: string;
  readonly name: string;
  readonly createdAtMs: number;
  readonly createdBy: string | null;
  readonly clientToken: string | null;
  readonly controller: "ECS" | "CODE_DEPLOY" | "EXTERNAL";
  readonly schedulingStrategy: "REPLICA" | "DAEMON";
  readonly resourceManagementType: "CUSTOMER" | "ECS";
  status: "ACTIVE" | "DRAINING" | "INACTIVE";
  spec: ServiceSpec;
  desiredCount: number;
  deploymentConfiguration: DeploymentConfiguration;
  settings: ServiceSettings;
  tags: Record<string, string>;
  /** Newest first. */
  deployments: Deployment[];
  taskSets: TaskSet[];
  /** Newest first. */
  serviceDeployments: ServiceDeployment[];
  readonly revisions: Map<string, Revision>;
  /** What a rollback goes back to: the last revision whose deployment completed. */
  lastSuccessful: { readonly revision: Revision; readonly deploymentId: string } | null;
  currentServiceDeployment: ServiceDeployment | null;
  /** DescribeServices and UpdateService leave `currentServiceDeployment` blank until then. */
  blankUntilMs: number;
  /** All visible tasks by id: live, draining, and those that stopped within the hour. */
  readonly tasks: Map<string, Task>;
  /** Tasks that drain: not live, not stopped. */
  draining: number;
  /** Newest first, at most 100. */
  events: { readonly id: string; readonly atMs: number; readonly message: string }[];
  /** How many of the next lifecycle hooks will fail. */
  hookFailures: number;
  /** Moves of tasks to other zones that have begun: the new one starts before the old one stops. */
  rebalances: Rebalance[];
  /** How new tasks fail, and until when. */
  failure: { readonly how: FailureMode; readonly untilMs: number } | null;
  readonly deregistrationDelayMs: number;
  /** When the scheduler looks at it next; null when nothing is due. */
  reconcileAtMs: number | null;
  /** No launch before this instant: the back-off after failed starts and the retry after a refused launch. */
  launchNotBeforeMs: number;
  counters: { -readonly [K in keyof ServiceCounters]: ServiceCounters[K] };
  readonly past: PastViews;
}

/** What UpdateService changes without starting a deployment. */
export interface ServiceSettings {
  readonly healthCheckGracePeriodSeconds: number;
  readonly enableExecuteCommand: boolean;
  readonly enableECSManagedTags: boolean;
  readonly propagateTags: string;
  readonly availabilityZoneRebalancing: "ENABLED" | "DISABLED" | undefined;
  readonly placementConstraints: readonly PlacementConstraint[];
  readonly placementStrategy: readonly PlacementStrategy[];
}

export function minimumHealthyTasks(service: Service): number {
  return Math.ceil((service.desiredCount * (service.deploymentConfiguration.minimumHealthyPercent ?? 100)) / 100);
}

export function maximumTasks(service: Service): number {
  return Math.floor((service.desiredCount * (service.deploymentConfiguration.maximumPercent ?? 200)) / 100);
}
