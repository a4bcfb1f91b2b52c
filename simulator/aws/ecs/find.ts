// Finding what a caller means by name or ARN, and AWS's errors when it is not there.
// Source: the error lists of the operations, ECS API reference (documented); an absent cluster means `default` (documented).

import { lastPart } from "../../../domain/arn";
import { arnOrNull } from "../../world/arns";
import { AwsError } from "../../world/aws-error";
import type { Cluster } from "../../world/cluster";
import type { Lane } from "../../world/lane";
import type { TaskSet } from "../../world/launch-unit";
import type { Service } from "../../world/service";
import type { Task } from "../../world/task";
import type { TaskDefinition } from "../../world/task-definition";

/** The cluster even when INACTIVE; undefined when there is none, or when the ARN belongs to another lane. */
export function clusterNamed(lane: Lane, reference: string | undefined): Cluster | undefined {
  const text = reference ?? "default";
  const arn = arnOrNull(text);
  if (arn !== null && (arn.account !== lane.account || arn.region !== lane.region)) return undefined;
  return lane.clusters.get(lastPart(text));
}

export function requireCluster(lane: Lane, reference: string | undefined): Cluster {
  const cluster = clusterNamed(lane, reference);
  if (cluster?.status === "ACTIVE") return cluster;
  throw new AwsError("ClusterNotFoundException", "Cluster not found.");
}

export function requireService(cluster: Cluster, reference: string | undefined): Service {
  const service = cluster.services.get(lastPart(reference ?? ""));
  if (service !== undefined && service.status !== "INACTIVE") return service;
  if (service !== undefined) throw new AwsError("ServiceNotActiveException", "Service was not ACTIVE.");
  throw new AwsError("ServiceNotFoundException", "Service not found.");
}

export function requireActiveService(cluster: Cluster, reference: string | undefined): Service {
  const service = requireService(cluster, reference);
  if (service.status === "ACTIVE") return service;
  throw new AwsError("ServiceNotActiveException", "Service was not ACTIVE.");
}

export function taskNamed(cluster: Cluster, reference: string): Task | undefined {
  return cluster.tasks.get(lastPart(reference));
}

export function requireTaskSet(service: Service, reference: string | undefined): TaskSet {
  const wanted = reference ?? "";
  const found = service.taskSets.find((taskSet) => taskSet.id === wanted || taskSet.arn === wanted);
  if (found !== undefined) return found;
  throw new AwsError("TaskSetNotFoundException", "The specified task set could not be found.");
}

/** `family`, `family:revision` or an ARN; a bare family means its newest ACTIVE revision. */
export function taskDefinitionNamed(lane: Lane, reference: string): TaskDefinition | undefined {
  const name = lastPart(reference);
  if (name.includes(":")) return lane.taskDefinitions.get(name);
  for (let revision = lane.newestRevisions.get(name) ?? 0; revision > 0; revision--) {
    const found = lane.taskDefinitions.get(`${name}:${revision}`);
    if (found?.status === "ACTIVE") return found;
  }
  return undefined;
}

export function requireActiveTaskDefinition(lane: Lane, reference: string): TaskDefinition {
  const found = taskDefinitionNamed(lane, reference);
  if (found === undefined) throw new AwsError("ClientException", "TaskDefinition not found.");
  if (found.status !== "ACTIVE") throw new AwsError("ClientException", "TaskDefinition is inactive");
  return found;
}

export interface MissingFailure {
  readonly arn: string;
  readonly reason: "MISSING";
}

export function missing(arn: string): MissingFailure {
  return { arn, reason: "MISSING" };
}
