// The truth of a world as plain JSON, in a stable order.

import { type Cluster, fargateKeyOf } from "./cluster";
import type { Lane } from "./lane";
import type { Service } from "./service";
import type { Task } from "./task";
import type { VcpuRoom } from "./vcpu-room";
import type { WorldState } from "./world-state";
import type { ClusterView, LaneView, ServiceView, TaskView, VcpuView, WorldView } from "./world-view";

export function viewOfWorld(world: WorldState): WorldView {
  return {
    nowMs: world.nowMs,
    dueMs: world.queue.firstAtMs(),
    lanes: [...world.lanes.values()].map(laneView),
    counters: Object.fromEntries(Object.entries(world.counters).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function laneView(lane: Lane): LaneView {
  return {
    account: lane.account,
    region: lane.region,
    clusters: [...lane.clusters.values()].map(clusterView),
    keys: [...lane.keys.values()].map((key) => ({ arn: key.arn, state: key.state, grants: key.grants.size })),
    logGroups: [...lane.logGroups.values()].map(({ arn, kmsKeyArn }) => ({ arn, kmsKeyArn })),
    vcpu: { onDemand: vcpuView(lane.vcpu.onDemand), spot: vcpuView(lane.vcpu.spot) },
  };
}

function vcpuView({ quotaVcpu, inUseVcpu }: VcpuRoom): VcpuView {
  return { quota: quotaVcpu, inUse: inUseVcpu };
}

function clusterView(cluster: Cluster): ClusterView {
  return {
    arn: cluster.arn,
    name: cluster.name,
    status: cluster.status,
    kmsKeyArn: fargateKeyOf(cluster),
    services: [...cluster.services.values()].map(serviceView),
    tasks: [...cluster.tasks.values()].filter((task) => task.unit === null).map(taskView),
  };
}

function serviceView(service: Service): ServiceView {
  return {
    arn: service.arn,
    name: service.name,
    status: service.status,
    desiredCount: service.desiredCount,
    deployments: service.deployments.map((deployment) => ({
      id: deployment.id,
      status: deployment.status,
      rolloutState: deployment.rolloutState,
      kmsKeyArn: deployment.revision.kmsKeyArn,
      failedTasks: deployment.failedTasks,
    })),
    serviceDeployments: service.serviceDeployments.map(({ arn, status, createdAtMs, finishedAtMs }) => ({
      ...{ arn, status, createdAtMs, finishedAtMs },
    })),
    tasks: [...service.tasks.values()].map(taskView),
    counters: { ...service.counters },
  };
}

function taskView(task: Task): TaskView {
  return {
    arn: task.arn,
    startedBy: task.startedBy,
    kmsKeyArn: task.kmsKeyArn,
    platformVersion: task.platformVersion,
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    createdAtMs: task.createdAtMs,
    stoppedAtMs: task.stoppedAtMs,
  };
}
