// A service of a fleet with its deployments and task sets, each with the key that it captured.
// Invariants: revisions from before the simulation are not listed, unless the fleet names a service deployment; the last
// successful revision is that of the newest completed deployment.

import type { LoadBalancer, NetworkConfiguration, ServiceVolumeConfiguration } from "@aws-sdk/client-ecs";
import { lastPart } from "../../../domain/arn";
import type { DeploymentRecord, ServiceRecord, TaskSetRecord } from "../../../domain/fleet";
import { ecsArn } from "../arns";
import type { Lane } from "../lane";
import type { Deployment, TaskSet } from "../launch-unit";
import { lifecycleUnderWay } from "../lifecycle/deployment-lifecycle";
import { newService } from "../new-service";
import { newTaskSet } from "../new-task-set";
import type { Revision, ServiceSpec } from "../revision";
import type { Service } from "../service";
import { newDeployment, newRevision } from "../start-deployment";
import type { WorldState } from "../world-state";
import { deploymentConfigurationOf } from "./deployment-configuration";
import { importServiceDeployment } from "./import-service-deployment";
import type { RunningDigests } from "./running-digests";
import type { UntoldDeployment } from "./simulator-extra";

export interface ServiceToImport {
  readonly lane: Lane;
  readonly record: ServiceRecord;
  readonly running: RunningDigests;
  readonly untold: UntoldDeployment["configuration"];
}

export function importService(world: WorldState, { lane, record, running, untold }: ServiceToImport): void {
  const cluster = lane.clusters.get(lastPart(record.clusterArn));
  if (cluster === undefined) return;
  const service = newService(world, {
    cluster,
    name: record.name,
    arn: record.arn,
    controller: record.controller,
    schedulingStrategy: record.schedulingStrategy,
    resourceManagementType: record.resourceManagementType,
    spec: specOf(lane, record, { ...record, ebsVolumes: primaryOf(record)?.ebsVolumes ?? [] }),
    desiredCount: record.desiredCount,
    deploymentConfiguration: deploymentConfigurationOf(record, untold),
    settings: settingsOf(record),
    tags: { ...record.tags },
    createdBy: null,
    clientToken: null,
    createdAtMs: record.createdAt === null ? world.startedAtMs : Date.parse(record.createdAt),
  });
  service.status = record.status === "DRAINING" || record.status === "INACTIVE" ? record.status : "ACTIVE";
  service.deployments = [...record.deployments].map((deployment) =>
    importDeployment(world, { service, record, running }, deployment),
  );
  service.deployments = service.deployments.toSorted((a, b) => rank(a) - rank(b));
  service.taskSets = record.taskSets.map((taskSet) => importTaskSet(world, { service, record, running }, taskSet));
  service.events = record.events.map(({ at, message }) => ({
    id: world.identifiers.eventId(),
    atMs: Date.parse(at),
    message,
  }));
  const completed = service.deployments.find((deployment) => deployment.rolloutState === "COMPLETED");
  if (completed !== undefined) {
    service.lastSuccessful = { revision: completed.revision, deploymentId: completed.id };
  }
  importServiceDeployment(world, service, record);
}

/** A service and the record that it was made of. */
interface Origin {
  readonly service: Service;
  readonly record: ServiceRecord;
  readonly running: RunningDigests;
}

function primaryOf({ deployments }: ServiceRecord): DeploymentRecord | undefined {
  return deployments.find(({ status }) => status === "PRIMARY");
}

function rank(deployment: Deployment): number {
  return deployment.status === "PRIMARY" ? 0 : 1;
}

function specOf(
  lane: Lane,
  record: ServiceRecord,
  own: {
    readonly taskDefinitionArn?: string | null;
    readonly platformVersion: string | null;
    readonly launchType: string | null;
    readonly capacityProviderStrategy: ServiceRecord["capacityProviderStrategy"];
    readonly ebsVolumes?: readonly string[];
  },
): ServiceSpec {
  const taskDefinitionArn = own.taskDefinitionArn ?? record.taskDefinitionArn ?? "";
  return {
    taskDefinitionArn,
    platformVersion: own.platformVersion,
    launchType: own.launchType ?? (own.capacityProviderStrategy.length > 0 ? null : record.launchType),
    capacityProviderStrategy: own.capacityProviderStrategy,
    networkConfiguration: networkOf(record),
    loadBalancers: loadBalancersOf(lane, record, taskDefinitionArn),
    serviceRegistries: [],
    serviceConnectConfiguration: undefined,
    volumeConfigurations: (own.ebsVolumes ?? []).map((name) => ebsVolume(lane, name)),
    vpcLatticeConfigurations: [],
  };
}

function networkOf(record: ServiceRecord): NetworkConfiguration | undefined {
  const { subnets, securityGroups, assignsPublicIp } = record;
  if (subnets.length === 0) return undefined;
  const assignPublicIp = assignsPublicIp ? "ENABLED" : "DISABLED";
  return { awsvpcConfiguration: { subnets: [...subnets], securityGroups: [...securityGroups], assignPublicIp } };
}

/** A fleet names the volume and not its size nor its role: they are usual ones. */
function ebsVolume({ partition, account }: Lane, name: string): ServiceVolumeConfiguration {
  const roleArn = `arn:${partition}:iam::${account}:role/ecsInfrastructureRole`;
  return { name, managedEBSVolume: { roleArn, sizeInGiB: 20, filesystemType: "xfs" } };
}

function loadBalancersOf(lane: Lane, { targetGroupArns }: ServiceRecord, taskDefinitionArn: string): LoadBalancer[] {
  const definition = lane.taskDefinitions.get(lastPart(taskDefinitionArn))?.definition;
  const containerName = definition?.containerDefinitions?.[0]?.name ?? "app";
  return targetGroupArns.map((targetGroupArn) => ({ targetGroupArn, containerName, containerPort: 80 }));
}

function settingsOf(record: ServiceRecord) {
  return {
    healthCheckGracePeriodSeconds: record.healthCheckGracePeriodSeconds,
    enableExecuteCommand: false,
    enableECSManagedTags: false,
    propagateTags: "NONE",
    availabilityZoneRebalancing: record.availabilityZoneRebalancing ?? undefined,
    placementConstraints: [],
    placementStrategy: [],
  };
}

function importDeployment(
  world: WorldState,
  { service, record, running }: Origin,
  deployment: DeploymentRecord,
): Deployment {
  const spec = specOf(service.cluster.lane, record, deployment);
  const createdAtMs = Date.parse(deployment.createdAt);
  const revision = revisionOf(world, service, {
    spec,
    kmsKeyArn: deployment.kmsKeyArn,
    createdAtMs,
    imageDigests: running.ofDeployment(deployment.id),
  });
  const settled = deployment.runningCount === deployment.desiredCount ? "COMPLETED" : "IN_PROGRESS";
  const rolloutState = deployment.rolloutState ?? settled;
  const underWay = rolloutState === "IN_PROGRESS" && deployment.status === "PRIMARY";
  const lifecycle = underWay ? lifecycleUnderWay(world, service) : null;
  return {
    ...newDeployment(world, service, { revision, serviceDeployment: null, lifecycle }),
    id: deployment.id,
    createdAtMs,
    updatedAtMs: Date.parse(deployment.updatedAt ?? deployment.createdAt),
    status: deployment.status === "PRIMARY" ? "PRIMARY" : "ACTIVE",
    rolloutState,
    rolloutStateReason: deployment.rolloutStateReason ?? `ECS deployment ${deployment.id} ${rolloutState}.`,
    target: deployment.desiredCount,
    failedTasks: deployment.failedTasks,
  };
}

function importTaskSet(world: WorldState, { service, record, running }: Origin, taskSet: TaskSetRecord): TaskSet {
  const spec = specOf(service.cluster.lane, record, taskSet);
  const share = service.desiredCount === 0 ? 100 : Math.round((100 * taskSet.desiredCount) / service.desiredCount);
  const seed = {
    service,
    spec,
    scale: { value: share, unit: "PERCENT" as const },
    externalId: null,
    clientToken: null,
    tags: {},
  };
  const { lane, name } = service.cluster;
  return {
    ...newTaskSet(world, seed),
    id: taskSet.id,
    arn: ecsArn(lane, `task-set/${name}/${service.name}/${taskSet.id}`),
    revision: revisionOf(world, service, {
      spec,
      kmsKeyArn: taskSet.kmsKeyArn,
      createdAtMs: service.createdAtMs,
      imageDigests: running.ofDeployment(taskSet.id),
    }),
    createdAtMs: service.createdAtMs,
    updatedAtMs: service.createdAtMs,
    status: taskSet.status === "PRIMARY" || taskSet.status === "DRAINING" ? taskSet.status : "ACTIVE",
    stabilityStatus: taskSet.stabilityStatus === "STABILIZING" ? "STABILIZING" : "STEADY_STATE",
  };
}

function revisionOf(
  world: WorldState,
  service: Service,
  seen: Pick<Revision, "spec" | "kmsKeyArn" | "createdAtMs" | "imageDigests">,
): Revision {
  const now = newRevision(world, service, seen.spec);
  return { ...now, ...seen, imageDigests: { ...now.imageDigests, ...seen.imageDigests } };
}
