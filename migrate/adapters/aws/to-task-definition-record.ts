// The wire shape of a task definition, mapped to ours.
// Invariant: names and ARNs of secrets, never a value: environment variables, commands and labels are not taken over.

import type { ContainerDefinition, TaskDefinition } from "@aws-sdk/client-ecs";
import { parseArn } from "../../../domain/arn";
import type { ContainerRecord, TaskDefinitionRecord } from "../../../domain/fleet";
import type { EfsVolumeRecord } from "../../../domain/fleet-surroundings";
import { isProblem } from "../../../domain/problem";
import { cpuUnitsOf, memoryMibOf, textOrNull } from "./wire-values";

export function toTaskDefinitionRecord(definition: TaskDefinition): TaskDefinitionRecord {
  const home = homeOf(definition);
  return {
    arn: definition.taskDefinitionArn ?? "",
    family: definition.family ?? "",
    status: definition.status ?? "",
    cpuUnits: cpuUnitsOf(definition.cpu),
    memoryMib: memoryMibOf(definition.memory),
    operatingSystemFamily: definition.runtimePlatform?.operatingSystemFamily ?? "LINUX",
    cpuArchitecture: definition.runtimePlatform?.cpuArchitecture ?? null,
    requiresCompatibilities: definition.requiresCompatibilities ?? [],
    ephemeralStorageGib: definition.ephemeralStorage?.sizeInGiB ?? null,
    containers: (definition.containerDefinitions ?? []).map((container) => toContainerRecord(container, home)),
    volumeNames: (definition.volumes ?? []).map(({ name }) => name ?? ""),
    efsVolumes: efsVolumesOf(definition),
    executionRoleArn: textOrNull(definition.executionRoleArn),
  };
}

/** Where the definition itself lives; null when its ARN cannot be read. */
interface Home {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

function homeOf({ taskDefinitionArn = "" }: TaskDefinition): Home | null {
  const arn = parseArn(taskDefinitionArn);
  return isProblem(arn) ? null : arn;
}

function toContainerRecord(container: ContainerDefinition, home: Home | null): ContainerRecord {
  return {
    name: container.name ?? "",
    image: container.image ?? "",
    // Source: RegisterTaskDefinition (documented): a container is essential unless said otherwise.
    essential: container.essential ?? true,
    hasHealthCheck: container.healthCheck !== undefined,
    stopTimeoutSeconds: container.stopTimeout ?? null,
    secretArns: secretsOf(container, home),
    ...logsOf(container, home),
  };
}

/** Everything secret that a start reads: variables, the log driver's options, the registry's password. */
function secretsOf(
  { secrets = [], logConfiguration, repositoryCredentials }: ContainerDefinition,
  home: Home | null,
): readonly string[] {
  const read = [...secrets, ...(logConfiguration?.secretOptions ?? [])].map(({ valueFrom }) => valueFrom);
  const all = [...read, credentialsArn(repositoryCredentials?.credentialsParameter, home)];
  return [...new Set(all.filter((reference) => reference !== undefined && reference !== ""))] as string[];
}

/**
 * Here a bare name is that of a secret, among `secrets` that of a parameter: the name is written as the ARN that it stands for.
 * Source: RepositoryCredentials, ECS API reference (documented): an ARN, or the name of a secret in the task's own Region.
 */
function credentialsArn(written: string | undefined, home: Home | null): string | undefined {
  if (written === undefined || written === "" || written.startsWith("arn:") || home === null) return written;
  return `arn:${home.partition}:secretsmanager:${home.region}:${home.account}:secret:${written}`;
}

/** Source: "Send Amazon ECS logs to CloudWatch", options of the awslogs driver (documented). */
function logsOf(
  { logConfiguration }: ContainerDefinition,
  home: Home | null,
): Pick<ContainerRecord, "logGroup" | "logRegion" | "createsLogGroup"> {
  const options = logConfiguration?.logDriver === "awslogs" ? (logConfiguration.options ?? {}) : {};
  const region = textOrNull(options["awslogs-region"]);
  return {
    logGroup: textOrNull(options["awslogs-group"]),
    logRegion: region === home?.region ? null : region,
    createsLogGroup: options["awslogs-create-group"] === "true",
  };
}

function efsVolumesOf({ volumes = [], containerDefinitions = [] }: TaskDefinition): readonly EfsVolumeRecord[] {
  const mounts = containerDefinitions.flatMap(({ mountPoints = [] }) => mountPoints);
  return volumes.flatMap(({ name = "", efsVolumeConfiguration }) => {
    if (efsVolumeConfiguration === undefined) return [];
    // Source: MountPoint (documented): readOnly is false unless given.
    const writable = mounts.some(({ sourceVolume, readOnly }) => sourceVolume === name && readOnly !== true);
    return [{ name, fileSystemId: efsVolumeConfiguration.fileSystemId ?? "", writable }];
  });
}
