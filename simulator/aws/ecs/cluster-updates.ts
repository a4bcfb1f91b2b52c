// UpdateCluster, UpdateClusterSettings, PutClusterCapacityProviders.
// Source: ECS API reference (documented). Whether UpdateCluster replaces `configuration` or merges it is not: a switch.
// Invariant: without `configuration` in the request the stored one stays as it is.

import type {
  ClusterConfiguration,
  PutClusterCapacityProvidersRequest,
  UpdateClusterRequest,
  UpdateClusterSettingsRequest,
} from "@aws-sdk/client-ecs";
import { count, touch } from "../../world/world-state";
import type { Context } from "../operation";
import { requireAssociated, requireUnused } from "./capacity-provider-rules";
import { checkedConfiguration } from "./cluster-key-rules";
import { clusterView, serviceConnectDefaults } from "./cluster-view";
import { requireCluster } from "./find";

export function updateCluster(context: Context, input: UpdateClusterRequest) {
  const { world, lane } = context;
  const cluster = requireCluster(lane, input.cluster);
  if (input.configuration !== undefined) {
    const wanted = world.switches.updateClusterMerge
      ? merged(cluster.configuration, input.configuration)
      : input.configuration;
    cluster.configuration = checkedConfiguration(context, wanted);
  }
  if (input.settings !== undefined) cluster.settings = input.settings;
  const namespace = input.serviceConnectDefaults?.namespace;
  if (namespace !== undefined) cluster.serviceConnectDefaults = serviceConnectDefaults(namespace);
  count(world, "updateClusterCalls");
  touch(world, cluster);
  return { cluster: clusterView(cluster) };
}

export function updateClusterSettings({ world, lane }: Context, input: UpdateClusterSettingsRequest) {
  const cluster = requireCluster(lane, input.cluster);
  cluster.settings = input.settings ?? [];
  touch(world, cluster);
  return { cluster: clusterView(cluster) };
}

export function putClusterCapacityProviders({ world, lane }: Context, input: PutClusterCapacityProvidersRequest) {
  const cluster = requireCluster(lane, input.cluster);
  const capacityProviders = input.capacityProviders ?? [];
  requireAssociated(capacityProviders, input.defaultCapacityProviderStrategy);
  requireUnused(cluster, capacityProviders);
  cluster.capacityProviders = capacityProviders;
  cluster.defaultCapacityProviderStrategy = input.defaultCapacityProviderStrategy ?? [];
  touch(world, cluster);
  return { cluster: clusterView(cluster) };
}

function merged(stored: ClusterConfiguration | undefined, sent: ClusterConfiguration): ClusterConfiguration {
  const storage = { ...stored?.managedStorageConfiguration, ...sent.managedStorageConfiguration };
  return {
    ...stored,
    ...sent,
    ...(Object.keys(storage).length > 0 ? { managedStorageConfiguration: storage } : {}),
  };
}
