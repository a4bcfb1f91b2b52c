// aws:ecs/clusterCapacityProviders:ClusterCapacityProviders. Its id is the cluster's name; its deletion puts empty lists.

import { PutClusterCapacityProvidersCommand } from "@aws-sdk/client-ecs";
import { calling, isCode } from "../../call-error";
import { number, object, REGION, set, string } from "../../input-schema";
import type { PropertyMap } from "../../property-values";
import type { ResourceContext, ResourceType } from "../../resource-type";
import { asProperty, mapsOf, textOf, textsOf } from "../../state-values";
import { availableCluster, describeCluster } from "./describe-cluster";
import { toStrategy } from "./service-parts";

export const clusterCapacityProviders: ResourceType = {
  token: "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
  inputs: {
    capacityProviders: { type: set(string()) },
    clusterName: { type: string(), required: true, replaces: true },
    defaultCapacityProviderStrategies: {
      type: set(
        object({
          base: { type: number(0, 100_000), standard: 0 },
          capacityProvider: { type: string(), required: true },
          weight: { type: number(0, 1000), standard: 0 },
        }),
      ),
    },
    region: REGION,
  },
  outputs: [],

  async create(context, planned) {
    const id = textOf(planned.clusterName) ?? "";
    const state = await put(context, id, planned);
    context.created(id);
    return { id, state };
  },

  async read(context, { id, state }) {
    const now = await describeCluster(context, id);
    return now === null ? null : { id, state: { ...state, ...fromCluster(now) } };
  },

  update: (context, { id, news }) => put(context, id, news),

  async delete(context, { id }) {
    try {
      await send(context, id, {});
    } catch (error) {
      if (isCode(error, "ClusterNotFoundException")) return;
      throw error;
    }
    await availableCluster(context, id);
  },
};

async function put(context: ResourceContext, name: string, planned: PropertyMap): Promise<PropertyMap> {
  await describeCluster(context, name);
  await send(context, name, planned);
  await availableCluster(context, name);
  return { ...planned, ...fromCluster(await availableCluster(context, name)) };
}

async function send({ aws }: ResourceContext, cluster: string, planned: PropertyMap): Promise<void> {
  const input = {
    cluster,
    capacityProviders: textsOf(planned.capacityProviders),
    defaultCapacityProviderStrategy: toStrategy(mapsOf(planned.defaultCapacityProviderStrategies)),
  };
  const asked = aws.ecs.send(new PutClusterCapacityProvidersCommand(input));
  const doing = `updating ECS Cluster Capacity Providers (${cluster})`;
  await calling(doing, "ECS: PutClusterCapacityProviders", asked);
}

function fromCluster(cluster: Awaited<ReturnType<typeof availableCluster>>): PropertyMap {
  return {
    capacityProviders: [...(cluster.capacityProviders ?? [])],
    clusterName: cluster.clusterName ?? "",
    defaultCapacityProviderStrategies: asProperty(cluster.defaultCapacityProviderStrategy ?? []),
  };
}
