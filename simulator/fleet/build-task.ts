// One task as DescribeTasks shows it.
// Invariant: its instants are in order, and a task that does not run yet has none after its creation.

import type { TaskDefinitionRecord, TaskRecord } from "../../domain/fleet";
import { CONTAINER_NAME } from "./build-task-definition";
import { ecsArnOf, type FleetPlace, isoOf } from "./built";
import { hexOf, uuidOf } from "./fleet-ids";

export interface TaskDraft {
  /** Unique in the fleet: the id comes from it. */
  readonly seedText: string;
  readonly group: string;
  readonly startedBy: string | null;
  readonly taskDefinition: TaskDefinitionRecord;
  readonly imageDigest: string;
  readonly capacityProviderName: string | null;
  /** Null for tasks that do not run on Fargate. */
  readonly platformVersion: string | null;
  readonly windows: boolean;
  readonly kmsKeyArn: string | null;
  readonly subnet: string | null;
  readonly createdAtMs: number;
  readonly running: boolean;
  readonly oldArnFormat: boolean;
}

export function buildTask(draft: TaskDraft, place: FleetPlace): TaskRecord {
  const onFargate = draft.platformVersion !== null;
  const id = draft.oldArnFormat ? uuidOf(draft.seedText) : `${place.clusterName}/${hexOf(draft.seedText, 32)}`;
  return {
    arn: ecsArnOf(place, `task/${id}`),
    clusterArn: ecsArnOf(place, `cluster/${place.clusterName}`),
    group: draft.group,
    startedBy: draft.startedBy,
    taskDefinitionArn: draft.taskDefinition.arn,
    launchType: onFargate ? "FARGATE" : "EC2",
    capacityProviderName: draft.capacityProviderName,
    platformVersion: draft.platformVersion,
    platformFamily: onFargate ? platformFamilyOf(draft.windows) : null,
    lastStatus: draft.running ? "RUNNING" : "PROVISIONING",
    desiredStatus: "RUNNING",
    healthStatus: "UNKNOWN",
    cpuUnits: draft.taskDefinition.cpuUnits,
    memoryMib: draft.taskDefinition.memoryMib,
    kmsKeyArn: draft.kmsKeyArn,
    ephemeralStorageGib: onFargate ? 20 : null,
    subnet: draft.subnet,
    imageDigests: { [CONTAINER_NAME]: draft.imageDigest },
    ...instantsOf(draft),
    stoppingAt: null,
    stoppedAt: null,
    stopCode: null,
    stoppedReason: null,
  };
}

/** As the Fargate API spells it, which differs from the task definition's spelling. */
export function platformFamilyOf(windows: boolean): string {
  return windows ? "Windows_Server_2022_Core" : "Linux";
}

/** Seconds from creation to each next step: plausible for a small image, and steady. */
const PULL_STARTED_SECONDS = 14;
const PULL_STOPPED_SECONDS = 21;
const STARTED_SECONDS = 23;

function instantsOf({ createdAtMs, running }: TaskDraft) {
  const after = (seconds: number): string | null => (running ? isoOf(createdAtMs + seconds * 1000) : null);
  return {
    createdAt: isoOf(createdAtMs),
    pullStartedAt: after(PULL_STARTED_SECONDS),
    pullStoppedAt: after(PULL_STOPPED_SECONDS),
    startedAt: after(STARTED_SECONDS),
  };
}
