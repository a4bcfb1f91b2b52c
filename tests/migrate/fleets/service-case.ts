// One service of the fleet builder with single facts changed: what tables of cases are made of.

import type { ClusterRecord, DeploymentRecord, Fleet, ServiceRecord, TaskRecord } from "../../../domain/fleet";
import type { ServiceContext } from "../../../migrate/core/classify/context";
import { surroundingsOf } from "../../../migrate/core/classify/surroundings";
import { aFleet, type FleetBuilder } from "../../../simulator/fleet-builder";

/** A cluster `pay` with a key, ready for services. */
export function payCluster(): FleetBuilder {
  return aFleet()
    .key("pay-key", { clusters: ["pay"] })
    .cluster("pay", { key: "pay-key" });
}

export interface Changes {
  readonly service?: Partial<ServiceRecord>;
  readonly cluster?: Partial<ClusterRecord>;
  /** Applied to every deployment. */
  readonly deployment?: Partial<DeploymentRecord>;
  /** Applied to the first task. */
  readonly firstTask?: Partial<TaskRecord>;
  /** Applied to every task, before `firstTask`. */
  readonly tasks?: Partial<TaskRecord>;
  readonly context?: Partial<ServiceContext>;
}

/** The context of the fleet's first service, with the given facts changed. */
export function contextOf(fleet: Fleet, changes: Changes = {}): ServiceContext {
  const [service] = fleet.services;
  const [cluster] = fleet.clusters;
  if (service === undefined || cluster === undefined) throw new Error("the fleet of this test has no service");
  const deployments = service.deployments.map((deployment) => ({ ...deployment, ...changes.deployment }));
  const tasks = fleet.tasks.map((task, index) => ({
    ...task,
    ...changes.tasks,
    ...(index === 0 ? changes.firstTask : {}),
  }));
  return {
    service: { ...service, deployments, ...changes.service },
    cluster: { ...cluster, ...changes.cluster },
    tasks,
    taskDefinition: fleet.taskDefinitions[0] ?? null,
    surroundings: surroundingsOf(fleet),
    platformPin: "1.4.0",
    allow: [],
    ...changes.context,
  };
}
