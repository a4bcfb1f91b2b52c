// A task definition of a fleet, as ECS would describe it: what the fleet does not hold (commands, values) stays absent.

import type { ContainerDefinition, OSFamily, TaskDefinition as SdkTaskDefinition } from "@aws-sdk/client-ecs";
import { lastPart } from "../../../domain/arn";
import type { ContainerRecord, TaskDefinitionRecord } from "../../../domain/fleet";
import type { Lane } from "../lane";
import type { TaskDefinition } from "../task-definition";
import { nextSequence, type WorldState } from "../world-state";

export function importTaskDefinition(world: WorldState, lane: Lane, record: TaskDefinitionRecord): void {
  const revision = Number(lastPart(record.arn).split(":")[1] ?? "1");
  const digests = record.containers.map((container) => [container.name, world.identifiers.imageDigest()] as const);
  const definition: TaskDefinition = {
    sequence: nextSequence(world),
    arn: record.arn,
    family: record.family,
    revision,
    status: record.status === "ACTIVE" ? "ACTIVE" : "INACTIVE",
    registeredAtMs: world.startedAtMs,
    deregisteredAtMs: null,
    definition: sdkDefinition(record),
    imageDigests: Object.fromEntries(digests),
    tags: {},
  };
  lane.taskDefinitions.set(`${record.family}:${revision}`, definition);
  const newest = lane.newestRevisions.get(record.family) ?? 0;
  lane.newestRevisions.set(record.family, Math.max(newest, revision));
}

function sdkDefinition(record: TaskDefinitionRecord): SdkTaskDefinition {
  return {
    containerDefinitions: record.containers.map(containerDefinition),
    volumes: record.volumeNames.map((name) => ({ name })),
    placementConstraints: [],
    requiresCompatibilities: [...record.requiresCompatibilities] as NonNullable<
      SdkTaskDefinition["requiresCompatibilities"]
    >,
    networkMode: "awsvpc",
    runtimePlatform: { operatingSystemFamily: record.operatingSystemFamily as OSFamily },
    ...(record.cpuUnits === null ? {} : { cpu: String(record.cpuUnits) }),
    ...(record.memoryMib === null ? {} : { memory: String(record.memoryMib) }),
    ...(record.ephemeralStorageGib === null ? {} : { ephemeralStorage: { sizeInGiB: record.ephemeralStorageGib } }),
  };
}

function containerDefinition(container: ContainerRecord): ContainerDefinition {
  const logging = container.logGroup === null ? {} : logConfiguration(container.logGroup);
  const healthCheck = container.hasHealthCheck ? { healthCheck: { command: ["CMD-SHELL", "exit 0"] } } : {};
  const secrets = container.secretArns.map((valueFrom, index) => ({ name: `SECRET_${index + 1}`, valueFrom }));
  return {
    name: container.name,
    image: container.image,
    essential: container.essential,
    ...(container.stopTimeoutSeconds === null ? {} : { stopTimeout: container.stopTimeoutSeconds }),
    ...(secrets.length === 0 ? {} : { secrets }),
    ...healthCheck,
    ...logging,
  };
}

function logConfiguration(group: string): Pick<ContainerDefinition, "logConfiguration"> {
  return { logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": group } } };
}
