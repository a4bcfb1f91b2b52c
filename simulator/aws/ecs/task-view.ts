// A task as DescribeTasks shows it, tags included; callers get tags only when they asked.
// Source: Task, ECS API reference (documented); `fargateEphemeralStorage` with a size and without a key on un-keyed tasks is
// reported (real payloads).

import type { Container, LaunchType, Task as SdkTask } from "@aws-sdk/client-ecs";
import type { Task } from "../../world/task";
import { definitionOf } from "../../world/task-launch";
import { instant, instantOrNothing } from "../instant";
import { withoutUndefined } from "../operation";
import { tagList } from "../tags";

export function taskView(task: Task): SdkTask {
  const fargate = task.launchType === "FARGATE";
  return withoutUndefined({
    attachments: attachments(task),
    availabilityZone: zoneOf(task),
    capacityProviderName: task.capacityProviderName ?? undefined,
    clusterArn: task.cluster.arn,
    connectivity: task.startedAtMs === null ? undefined : ("CONNECTED" as const),
    connectivityAt: instantOrNothing(task.startedAtMs),
    containers: containers(task),
    cpu: task.cpu,
    memory: task.memory,
    createdAt: instant(task.createdAtMs),
    desiredStatus: task.desiredStatus,
    enableExecuteCommand: task.unit?.service.settings.enableExecuteCommand ?? false,
    executionStoppedAt: instantOrNothing(task.executionStoppedAtMs),
    group: task.group,
    healthStatus: task.healthStatus,
    lastStatus: task.lastStatus,
    launchType: (task.launchType ?? undefined) as LaunchType | undefined,
    overrides: { containerOverrides: [] },
    platformVersion: task.platformVersion ?? undefined,
    platformFamily: task.platformFamily ?? undefined,
    pullStartedAt: instantOrNothing(task.pullStartedAtMs),
    pullStoppedAt: instantOrNothing(task.pullStoppedAtMs),
    startedAt: instantOrNothing(task.startedAtMs),
    startedBy: task.startedBy ?? undefined,
    stopCode: (task.stopCode ?? undefined) as SdkTask["stopCode"],
    stoppedAt: instantOrNothing(task.stoppedAtMs),
    stoppedReason: task.stoppedReason ?? undefined,
    stoppingAt: instantOrNothing(task.stoppingAtMs),
    tags: tagList(task.tags),
    taskArn: task.arn,
    taskDefinitionArn: task.taskDefinitionArn,
    version: task.step + 1,
    ephemeralStorage: fargate ? { sizeInGiB: task.ephemeralStorageGib } : undefined,
    fargateEphemeralStorage: fargate ? storage(task) : undefined,
  });
}

function storage(task: Task) {
  const sizeInGiB = task.ephemeralStorageGib;
  return task.kmsKeyArn === null ? { sizeInGiB } : { sizeInGiB, kmsKeyId: task.kmsKeyArn };
}

function containers(task: Task): Container[] {
  const definition = definitionOf(task.cluster.lane, task.taskDefinitionArn)?.definition;
  return (definition?.containerDefinitions ?? []).map((container) =>
    withoutUndefined({
      containerArn: task.arn.replace(":task/", ":container/"),
      taskArn: task.arn,
      name: container.name,
      image: container.image,
      imageDigest: task.pullStoppedAtMs === null ? undefined : task.imageDigests[container.name ?? ""],
      lastStatus: containerStatus(task),
      exitCode: task.exitCode ?? undefined,
      healthStatus: task.healthStatus,
      networkInterfaces: [],
    }),
  );
}

function containerStatus(task: Task): string {
  if (task.executionStoppedAtMs !== null) return "STOPPED";
  return task.startedAtMs === null ? "PENDING" : "RUNNING";
}

function attachments(task: Task) {
  if (task.subnet === null) return [];
  const status = task.lastStatus === "STOPPED" ? "DELETED" : "ATTACHED";
  const details = [{ name: "subnetId", value: task.subnet }];
  return [{ id: `eni-${task.id.slice(0, 12)}`, type: "ElasticNetworkInterface", status, details }];
}

function zoneOf(task: Task): string | undefined {
  if (task.subnet === null) return undefined;
  return task.cluster.lane.subnets.get(task.subnet)?.availabilityZone ?? undefined;
}
