// What a service is judged by: one observation of it, its cluster, its tasks, its task definition and what stands around them, and
// what was allowed.

import type { Fact } from "../../../domain/fact";
import type { ClusterRecord, ServiceRecord, TaskDefinitionRecord, TaskRecord } from "../../../domain/fleet";
import type { ServiceDeploymentStatus } from "../../ports/ecs-port";
import type { PlanOptions } from "../model/plan";
import type { Classification } from "../model/service-class";
import type { AllowableClass } from "./allowable-classes";
import type { Surroundings } from "./surroundings";

export interface ServiceContext {
  readonly service: ServiceRecord;
  readonly cluster: ClusterRecord;
  /** Tasks of the cluster or of this service: those of other groups are passed over. */
  readonly tasks: readonly TaskRecord[];
  /** Unknown: it was asked for and not seen, so whether the service can start is not known. Null: not asked again, not decided upon. */
  readonly taskDefinition: Fact<TaskDefinitionRecord> | null;
  /** Images, secrets and log groups, as the scan saw them. */
  readonly surroundings: Surroundings;
  readonly platformPin: PlanOptions["platformPin"];
  readonly allow: PlanOptions["allow"];
  /** What makes the present plan once more, after `fargate-cmk` and allowances apart; `plan` alone where no plan is at hand. */
  readonly planWords?: readonly string[];
  /** Status of `service.currentServiceDeployment` when the caller has looked at it; that ARN alone tells nothing. */
  readonly serviceDeploymentStatus?: ServiceDeploymentStatus;
}

/** What the families read: the context, with this service's tasks only and the cluster's key taken out of its fact. */
export interface ServiceFacts extends Omit<ServiceContext, "tasks"> {
  /** Tasks of this service that have not STOPPED: running, starting and draining. */
  readonly tasks: readonly TaskRecord[];
  /** Null: seen, and the cluster has no key; undefined: its configuration was not seen. */
  readonly keyArn: string | null | undefined;
  /** Classes of this service that stand behind the one that claims it, and that its remedy must allow too. */
  readonly behind?: readonly AllowableClass[];
}

/** One family's answer: a classification, or null when the service is none of its classes. */
export type Family = (facts: ServiceFacts) => Classification | null;

export function factsOf(context: ServiceContext): ServiceFacts {
  const { service, cluster, tasks } = context;
  const group = `service:${service.name}`;
  return {
    ...context,
    tasks: tasks.filter((t) => t.clusterArn === cluster.arn && t.group === group && t.lastStatus !== "STOPPED"),
    keyArn:
      cluster.configuration.kind === "known" ? cluster.configuration.value.fargateEphemeralStorageKmsKeyArn : undefined,
  };
}
