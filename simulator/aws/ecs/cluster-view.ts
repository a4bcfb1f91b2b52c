// A cluster as DescribeClusters shows it, with everything; callers get what they included.
// Invariant: a cluster without configuration has no `configuration` member, not an empty one.

import type { Cluster as SdkCluster } from "@aws-sdk/client-ecs";
import type { Cluster } from "../../world/cluster";
import type { Service } from "../../world/service";
import { withoutUndefined } from "../operation";
import { tagList } from "../tags";

export function clusterView(cluster: Cluster): SdkCluster {
  const counts = countTasks(cluster);
  const services = [...cluster.services.values()];
  return withoutUndefined({
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: cluster.status,
    registeredContainerInstancesCount: 0,
    runningTasksCount: counts.runningFargateTasksCount + counts.runningEC2TasksCount,
    pendingTasksCount: counts.pendingFargateTasksCount + counts.pendingEC2TasksCount,
    activeServicesCount: services.filter((service) => service.status === "ACTIVE").length,
    statistics: Object.entries({ ...counts, ...countServices(services) }).map(([name, value]) => ({
      name,
      value: String(value),
    })),
    tags: tagList(cluster.tags),
    settings: [...cluster.settings],
    capacityProviders: [...cluster.capacityProviders],
    defaultCapacityProviderStrategy: [...cluster.defaultCapacityProviderStrategy],
    configuration: cluster.configuration,
    serviceConnectDefaults: cluster.serviceConnectDefaults,
  });
}

/** An empty namespace takes the defaults away (UpdateCluster, documented). */
export function serviceConnectDefaults(namespace: string | undefined): Cluster["serviceConnectDefaults"] {
  return namespace ? { namespace } : undefined;
}

function countTasks(cluster: Cluster) {
  const counts = {
    runningEC2TasksCount: 0,
    runningFargateTasksCount: 0,
    pendingEC2TasksCount: 0,
    pendingFargateTasksCount: 0,
  };
  for (const task of cluster.tasks.values()) {
    const fargate = task.launchType === "FARGATE";
    if (task.lastStatus === "RUNNING") counts[fargate ? "runningFargateTasksCount" : "runningEC2TasksCount"] += 1;
    const pending = task.lastStatus === "PENDING" || task.lastStatus === "PROVISIONING";
    if (pending) counts[fargate ? "pendingFargateTasksCount" : "pendingEC2TasksCount"] += 1;
  }
  return counts;
}

function countServices(services: readonly Service[]) {
  const fargate = (service: Service): boolean => service.spec.platformVersion !== null;
  const having = (status: Service["status"], onFargate: boolean): number =>
    services.filter((service) => service.status === status && fargate(service) === onFargate).length;
  return {
    activeEC2ServiceCount: having("ACTIVE", false),
    activeFargateServiceCount: having("ACTIVE", true),
    drainingEC2ServiceCount: having("DRAINING", false),
    drainingFargateServiceCount: having("DRAINING", true),
  };
}
