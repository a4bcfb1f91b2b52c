// aws:ecs/getCluster: DescribeClusters, by name or ARN. A cluster that does not exist, and one that was deleted and can still be
// seen, are errors, each with words of its own.

import { type Cluster, DescribeClustersCommand } from "@aws-sdk/client-ecs";
import { calling, isCode } from "../call-error";
import type { PropertyMap } from "../property-values";
import { asProperty, textOf } from "../state-values";
import { tagsFromEcs, withoutAwsTags } from "../tags";
import type { Invoke } from "./invoke";

const INCLUDE = ["TAGS" as const, "CONFIGURATIONS" as const, "SETTINGS" as const];

export const getCluster: Invoke = async (args, { clients, region }) => {
  const where = textOf(args.region) ?? region;
  const clusterName = textOf(args.clusterName) ?? "";
  const doing = `reading ECS Cluster (${clusterName})`;
  try {
    const asked = clients
      .in(where)
      .ecs.send(new DescribeClustersCommand({ clusters: [clusterName], include: INCLUDE }));
    const { clusters = [] } = await calling(doing, "ECS: DescribeClusters", asked);
    const [cluster] = clusters;
    if (cluster === undefined) throw new Error(`${doing}: empty result`);
    if (cluster.status === "INACTIVE") throw new Error(`${doing}: INACTIVE`);
    return { ...args, ...shownCluster(cluster), clusterName, region: where };
  } catch (error) {
    if (isCode(error, "ClusterNotFoundException"))
      throw new Error(`${doing}: couldn't find resource`, { cause: error });
    throw error;
  }
};

function shownCluster(cluster: Cluster): PropertyMap {
  const namespace = cluster.serviceConnectDefaults?.namespace;
  return {
    arn: cluster.clusterArn ?? "",
    id: cluster.clusterArn ?? "",
    pendingTasksCount: cluster.pendingTasksCount ?? 0,
    registeredContainerInstancesCount: cluster.registeredContainerInstancesCount ?? 0,
    runningTasksCount: cluster.runningTasksCount ?? 0,
    serviceConnectDefaults: namespace === undefined ? [] : [{ namespace }],
    settings: asProperty(cluster.settings ?? []),
    status: cluster.status ?? "",
    tags: withoutAwsTags(tagsFromEcs(cluster.tags)),
  };
}
