// What an imported service does next, and the tasks that the scan knew of but did not see.
// Invariant: a service at rest stays at rest: only one that was under way is woken.

import type { DeploymentRecord, ServiceRecord, TaskRecord, TaskSetRecord } from "../../../domain/fleet";
import { ecsArn } from "../arns";
import type { LaunchUnit } from "../launch-unit";
import { wakeSoon } from "../scheduler-wake";
import type { Service } from "../service";
import { unitsOf } from "../service-deletion";
import type { WorldState } from "../world-state";
import { importTask } from "./import-task";

export function resumeService(world: WorldState, service: Service): void {
  const [primary, ...older] = service.deployments;
  const rolling = primary?.rolloutState === "IN_PROGRESS" || older.length > 0;
  const settling = service.taskSets.some((taskSet) => taskSet.stabilityStatus === "STABILIZING");
  if (rolling || settling || service.status === "DRAINING") wakeSoon(world, service);
}

/** A listing that failed half-way leaves tasks out which the counts of their deployment still tell of. */
export function fillMissingTasks(world: WorldState, service: Service, record: ServiceRecord): void {
  for (const unit of unitsOf(service)) {
    const seen: DeploymentRecord | TaskSetRecord | undefined = [...record.deployments, ...record.taskSets].find(
      ({ id }) => id === unit.id,
    );
    const missing = (seen?.runningCount ?? 0) - unit.counts.running;
    for (let index = 0; index < missing; index++) importTask(world, service.cluster, unseenTask(world, unit));
  }
}

function unseenTask(world: WorldState, unit: LaunchUnit): TaskRecord {
  const { service, revision } = unit;
  const { cluster } = service;
  const fargate = revision.spec.platformVersion !== null;
  const startedAt = new Date(unit.createdAtMs).toISOString();
  return {
    arn: ecsArn(cluster.lane, `task/${cluster.name}/${world.identifiers.taskId()}`),
    clusterArn: cluster.arn,
    group: `service:${service.name}`,
    startedBy: unit.id,
    taskDefinitionArn: revision.spec.taskDefinitionArn,
    launchType: fargate ? "FARGATE" : revision.spec.launchType,
    capacityProviderName: revision.spec.capacityProviderStrategy[0]?.capacityProvider ?? null,
    platformVersion: revision.spec.platformVersion === "LATEST" ? "1.4.0" : revision.spec.platformVersion,
    platformFamily: fargate ? "Linux" : null,
    lastStatus: "RUNNING",
    desiredStatus: "RUNNING",
    healthStatus: "UNKNOWN",
    cpuUnits: null,
    memoryMib: null,
    kmsKeyArn: revision.kmsKeyArn,
    ephemeralStorageGib: null,
    subnet: null,
    imageDigests: {},
    createdAt: startedAt,
    pullStartedAt: startedAt,
    pullStoppedAt: startedAt,
    startedAt,
    stoppingAt: null,
    stoppedAt: null,
    stopCode: null,
    stoppedReason: null,
  };
}
