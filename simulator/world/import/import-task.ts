// A task of a fleet, as far as its life has come; what it was doing goes on.
// Invariants: a task belongs to the unit whose id it was started by, else to its service's primary one; addresses are not taken
// again, the subnets' free counts already know of it.

import { lastPart } from "../../../domain/arn";
import type { TaskRecord } from "../../../domain/fleet";
import type { Cluster } from "../cluster";
import { keyOfArn } from "../launch-key-check";
import type { LaunchUnit } from "../launch-unit";
import { PastViews } from "../past-views";
import type { Service } from "../service";
import { unitsOf } from "../service-deletion";
import { adoptTask } from "../tally";
import type { Task, TaskStatus } from "../task";
import { resumeTask } from "../task-life";
import { takeVcpu } from "../task-vcpu";
import { nextSequence, type WorldState } from "../world-state";

const STATUSES: readonly TaskStatus[] = [
  "PROVISIONING",
  "PENDING",
  "RUNNING",
  "DEACTIVATING",
  "STOPPING",
  "DEPROVISIONING",
  "STOPPED",
];

export function importTask(world: WorldState, cluster: Cluster, record: TaskRecord): void {
  const task = taskOf(world, cluster, record);
  cluster.tasks.set(task.id, task);
  adoptTask(world, task);
  takeVcpu(task, world.nowMs);
  if (task.kmsKeyArn !== null && task.startedAtMs !== null) addGrant(world, task);
  resumeTask(world, task);
}

function taskOf(world: WorldState, cluster: Cluster, record: TaskRecord): Task {
  const desiredStatus = record.desiredStatus === "STOPPED" ? "STOPPED" : "RUNNING";
  const lastStatus = STATUSES.find((status) => status === record.lastStatus) ?? "PENDING";
  const id = lastPart(record.arn);
  return {
    kind: "task",
    sequence: nextSequence(world),
    id,
    arn: record.arn,
    cluster,
    unit: unitOf(cluster, record),
    group: record.group ?? `family:${lastPart(record.taskDefinitionArn).split(":")[0]}`,
    startedBy: record.startedBy,
    taskDefinitionArn: record.taskDefinitionArn,
    launchType: record.launchType,
    capacityProviderName: record.capacityProviderName,
    platformVersion: record.platformVersion,
    platformFamily: record.platformFamily,
    kmsKeyArn: record.kmsKeyArn,
    ephemeralStorageGib: record.ephemeralStorageGib ?? 20,
    cpu: String(record.cpuUnits ?? 256),
    memory: String(record.memoryMib ?? 512),
    subnet: record.subnet,
    imageDigests: record.imageDigests,
    lastStatus,
    desiredStatus,
    healthy: lastStatus === "RUNNING" && desiredStatus === "RUNNING" && record.healthStatus !== "UNHEALTHY",
    healthStatus:
      record.healthStatus === "HEALTHY" || record.healthStatus === "UNHEALTHY" ? record.healthStatus : "UNKNOWN",
    createdAtMs: instantOf(record.createdAt) ?? world.startedAtMs,
    pullStartedAtMs: instantOf(record.pullStartedAt),
    pullStoppedAtMs: instantOf(record.pullStoppedAt),
    startedAtMs: instantOf(record.startedAt),
    stoppingAtMs: instantOf(record.stoppingAt),
    executionStoppedAtMs: null,
    stoppedAtMs: instantOf(record.stoppedAt),
    stopCode: record.stopCode,
    stoppedReason: record.stoppedReason,
    exitCode: null,
    protectedUntilMs: null,
    tags: {},
    step: 0,
    past: new PastViews(),
  };
}

function unitOf(cluster: Cluster, record: TaskRecord): LaunchUnit | null {
  const service = serviceOf(cluster, record);
  if (service === undefined) return null;
  const units = unitsOf(service);
  return units.find((unit) => unit.id === record.startedBy) ?? units[0] ?? null;
}

function serviceOf(cluster: Cluster, { group }: TaskRecord): Service | undefined {
  return group?.startsWith("service:") ? cluster.services.get(group.slice("service:".length)) : undefined;
}

function addGrant(world: WorldState, task: Task): void {
  keyOfArn(world, task.kmsKeyArn ?? "")?.grants.set(task.id, {
    id: world.identifiers.grantId(),
    createdAtMs: task.createdAtMs,
    encryptionContext: {
      "aws:ecs:clusterAccount": task.cluster.lane.account,
      "aws:ecs:clusterName": task.cluster.name,
      "aws:ebs:id": world.identifiers.volumeId(),
    },
  });
}

function instantOf(at: string | null): number | null {
  return at === null ? null : Date.parse(at);
}
