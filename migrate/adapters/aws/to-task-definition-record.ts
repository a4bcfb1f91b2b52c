// The wire shape of a task definition, mapped to ours.
// Invariant: names and ARNs of secrets, never a value: environment variables, commands and labels are not taken over.

import type { ContainerDefinition, TaskDefinition } from "@aws-sdk/client-ecs";
import type { ContainerRecord, TaskDefinitionRecord } from "../../../domain/fleet";
import { cpuUnitsOf, memoryMibOf } from "./wire-values";

export function toTaskDefinitionRecord(definition: TaskDefinition): TaskDefinitionRecord {
  return {
    arn: definition.taskDefinitionArn ?? "",
    family: definition.family ?? "",
    status: definition.status ?? "",
    cpuUnits: cpuUnitsOf(definition.cpu),
    memoryMib: memoryMibOf(definition.memory),
    operatingSystemFamily: definition.runtimePlatform?.operatingSystemFamily ?? "LINUX",
    requiresCompatibilities: definition.requiresCompatibilities ?? [],
    ephemeralStorageGib: definition.ephemeralStorage?.sizeInGiB ?? null,
    containers: (definition.containerDefinitions ?? []).map(toContainerRecord),
    volumeNames: (definition.volumes ?? []).map(({ name }) => name ?? ""),
  };
}

function toContainerRecord(container: ContainerDefinition): ContainerRecord {
  return {
    name: container.name ?? "",
    image: container.image ?? "",
    // Source: RegisterTaskDefinition (documented): a container is essential unless said otherwise.
    essential: container.essential ?? true,
    hasHealthCheck: container.healthCheck !== undefined,
    stopTimeoutSeconds: container.stopTimeout ?? null,
    secretArns: secretsOf(container),
    logGroup: logGroupOf(container),
  };
}

/** Everything secret that a start reads: variables, the log driver's options, the registry's password. */
function secretsOf({ secrets = [], logConfiguration, repositoryCredentials }: ContainerDefinition): readonly string[] {
  const read = [...secrets, ...(logConfiguration?.secretOptions ?? [])].map(({ valueFrom }) => valueFrom);
  const all = [...read, repositoryCredentials?.credentialsParameter];
  return [...new Set(all.filter((reference) => reference !== undefined && reference !== ""))] as string[];
}

function logGroupOf({ logConfiguration }: ContainerDefinition): string | null {
  if (logConfiguration?.logDriver !== "awslogs") return null;
  return logConfiguration.options?.["awslogs-group"] ?? null;
}
