// A task definition of a fleet, as ECS would describe it: what the fleet does not hold (commands, values) stays absent.

import type {
  ContainerDefinition,
  CPUArchitecture,
  MountPoint,
  OSFamily,
  TaskDefinition as SdkTaskDefinition,
  Volume,
} from "@aws-sdk/client-ecs";
import { lastPart } from "../../../domain/arn";
import type { ContainerRecord, TaskDefinitionRecord } from "../../../domain/fleet";
import type { EfsVolumeRecord } from "../../../domain/fleet-surroundings";
import type { Lane } from "../lane";
import type { TaskDefinition } from "../task-definition";
import { nextSequence, type WorldState } from "../world-state";
import type { RunningDigests } from "./running-digests";

export interface TaskDefinitionToImport {
  readonly lane: Lane;
  readonly record: TaskDefinitionRecord;
  readonly running: RunningDigests;
}

export function importTaskDefinition(world: WorldState, { lane, record, running }: TaskDefinitionToImport): void {
  const revision = Number(lastPart(record.arn).split(":")[1] ?? "1");
  const digests = record.containers.map(({ name }) => {
    const drawn = world.identifiers.imageDigest();
    return [name, running.of(record.arn, name) ?? drawn] as const;
  });
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
    containerDefinitions: record.containers.map((container, index) => ({
      ...containerDefinition(container),
      ...(index === 0 && record.efsVolumes.length > 0 ? { mountPoints: record.efsVolumes.map(mountPoint) } : {}),
    })),
    volumes: volumesOf(record),
    placementConstraints: [],
    ...(record.executionRoleArn === null ? {} : { executionRoleArn: record.executionRoleArn }),
    requiresCompatibilities: [...record.requiresCompatibilities] as NonNullable<
      SdkTaskDefinition["requiresCompatibilities"]
    >,
    networkMode: "awsvpc",
    runtimePlatform: {
      operatingSystemFamily: record.operatingSystemFamily as OSFamily,
      ...(record.cpuArchitecture === null ? {} : { cpuArchitecture: record.cpuArchitecture as CPUArchitecture }),
    },
    ...(record.cpuUnits === null ? {} : { cpu: String(record.cpuUnits) }),
    ...(record.memoryMib === null ? {} : { memory: String(record.memoryMib) }),
    ...(record.ephemeralStorageGib === null ? {} : { ephemeralStorage: { sizeInGiB: record.ephemeralStorageGib } }),
  };
}

function containerDefinition(container: ContainerRecord): ContainerDefinition {
  const logging = container.logGroup === null ? {} : logConfiguration(container, container.logGroup);
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

function logConfiguration(
  { logRegion, createsLogGroup }: ContainerRecord,
  group: string,
): Pick<ContainerDefinition, "logConfiguration"> {
  const options = {
    "awslogs-group": group,
    ...(logRegion === null ? {} : { "awslogs-region": logRegion }),
    ...(createsLogGroup ? { "awslogs-create-group": "true" } : {}),
  };
  return { logConfiguration: { logDriver: "awslogs", options } };
}

function volumesOf({ volumeNames, efsVolumes }: TaskDefinitionRecord): Volume[] {
  return volumeNames.map((name) => {
    const efs = efsVolumes.find((volume) => volume.name === name);
    return efs === undefined ? { name } : { name, efsVolumeConfiguration: { fileSystemId: efs.fileSystemId } };
  });
}

/** Which container mounts it a fleet does not tell, only whether one may write: here it is the first. */
function mountPoint({ name, writable }: EfsVolumeRecord): MountPoint {
  return { sourceVolume: name, containerPath: `/mnt/${name}`, readOnly: !writable };
}
