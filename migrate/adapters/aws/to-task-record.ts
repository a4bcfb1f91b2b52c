// The wire shape of a task, mapped to ours.
//
// Invariants
//   `fargateEphemeralStorage` is there on un-keyed tasks too (reported); only its kmsKeyId says that a key is used
//   the subnet is where AWS shows it: among the details of the task's network attachment

import type { Task } from "@aws-sdk/client-ecs";
import type { TaskRecord } from "../../../domain/fleet";
import { cpuUnitsOf, instantOrNull, memoryMibOf, textOrNull } from "./wire-values";

export function toTaskRecord(task: Task): TaskRecord {
  return {
    arn: task.taskArn ?? "",
    clusterArn: task.clusterArn ?? "",
    group: textOrNull(task.group),
    startedBy: textOrNull(task.startedBy),
    taskDefinitionArn: task.taskDefinitionArn ?? "",
    launchType: task.launchType ?? null,
    capacityProviderName: textOrNull(task.capacityProviderName),
    platformVersion: textOrNull(task.platformVersion),
    platformFamily: textOrNull(task.platformFamily),
    lastStatus: task.lastStatus ?? "",
    desiredStatus: task.desiredStatus ?? "",
    healthStatus: task.healthStatus ?? null,
    cpuUnits: cpuUnitsOf(task.cpu),
    memoryMib: memoryMibOf(task.memory),
    kmsKeyArn: textOrNull(task.fargateEphemeralStorage?.kmsKeyId),
    ephemeralStorageGib: task.fargateEphemeralStorage?.sizeInGiB ?? task.ephemeralStorage?.sizeInGiB ?? null,
    subnet: subnetOf(task),
    imageDigests: imageDigestsOf(task),
    createdAt: instantOrNull(task.createdAt),
    pullStartedAt: instantOrNull(task.pullStartedAt),
    pullStoppedAt: instantOrNull(task.pullStoppedAt),
    startedAt: instantOrNull(task.startedAt),
    stoppingAt: instantOrNull(task.stoppingAt),
    stoppedAt: instantOrNull(task.stoppedAt),
    stopCode: task.stopCode ?? null,
    stoppedReason: textOrNull(task.stoppedReason),
  };
}

function subnetOf({ attachments = [] }: Task): string | null {
  const details = attachments.flatMap((attachment) => attachment.details ?? []);
  return textOrNull(details.find(({ name }) => name === "subnetId")?.value);
}

/** Container name to digest, for the containers whose image was pulled. */
function imageDigestsOf({ containers = [] }: Task): Readonly<Record<string, string>> {
  const pulled = containers.flatMap(({ name, imageDigest }) =>
    name === undefined || imageDigest === undefined || imageDigest === "" ? [] : [[name, imageDigest] as const],
  );
  return Object.fromEntries(pulled);
}
