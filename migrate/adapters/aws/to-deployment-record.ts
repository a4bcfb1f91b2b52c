// The wire shapes of a service's deployments and task sets, mapped to ours.
// Invariant: `fargateEphemeralStorage` without a kmsKeyId is no customer managed key.

import type { Deployment, TaskSet } from "@aws-sdk/client-ecs";
import type { DeploymentRecord, TaskSetRecord } from "../../../domain/fleet";
import { instant, instantOrNull, strategyOf, textOrNull } from "./wire-values";

export function toDeploymentRecord(deployment: Deployment): DeploymentRecord {
  return {
    id: deployment.id ?? "",
    status: deployment.status ?? "",
    rolloutState: deployment.rolloutState ?? null,
    rolloutStateReason: textOrNull(deployment.rolloutStateReason),
    kmsKeyArn: textOrNull(deployment.fargateEphemeralStorage?.kmsKeyId),
    platformVersion: textOrNull(deployment.platformVersion),
    launchType: deployment.launchType ?? null,
    capacityProviderStrategy: strategyOf(deployment.capacityProviderStrategy),
    taskDefinitionArn: deployment.taskDefinition ?? "",
    ebsVolumes: ebsVolumesOf(deployment),
    desiredCount: deployment.desiredCount ?? 0,
    runningCount: deployment.runningCount ?? 0,
    pendingCount: deployment.pendingCount ?? 0,
    failedTasks: deployment.failedTasks ?? 0,
    createdAt: instant(deployment.createdAt),
    updatedAt: instantOrNull(deployment.updatedAt),
  };
}

/** Source: ServiceVolumeConfiguration, ECS API reference (documented): the volume is made with each task and deleted with it. */
function ebsVolumesOf({ volumeConfigurations = [] }: Deployment): readonly string[] {
  return volumeConfigurations.flatMap(({ name, managedEBSVolume }) =>
    managedEBSVolume === undefined ? [] : [name ?? ""],
  );
}

export function toTaskSetRecord(taskSet: TaskSet): TaskSetRecord {
  return {
    id: taskSet.id ?? "",
    status: taskSet.status ?? "",
    kmsKeyArn: textOrNull(taskSet.fargateEphemeralStorage?.kmsKeyId),
    platformVersion: textOrNull(taskSet.platformVersion),
    launchType: taskSet.launchType ?? null,
    capacityProviderStrategy: strategyOf(taskSet.capacityProviderStrategy),
    stabilityStatus: taskSet.stabilityStatus ?? null,
    desiredCount: taskSet.computedDesiredCount ?? 0,
    runningCount: taskSet.runningCount ?? 0,
  };
}
