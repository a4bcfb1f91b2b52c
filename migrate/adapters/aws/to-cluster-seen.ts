// The wire shape of a cluster, mapped to ours.
// Invariant: a configuration that was asked for and left out means "none"; one that was not asked for is unknown.

import type { Cluster } from "@aws-sdk/client-ecs";
import { known, unknown } from "../../../domain/fact";
import type { ClusterConfiguration } from "../../../domain/fleet";
import type { ClusterSeen } from "../../ports/ecs-port";
import { strategyOf, tagsOf, textOrNull } from "./wire-values";

export interface ClusterReply {
  readonly cluster: Cluster;
  /** The instant of the reply. */
  readonly asOf: string;
  /** Whether the reply would hold a configuration: DescribeClusters does only with include CONFIGURATIONS (documented). */
  readonly showsConfiguration: boolean;
}

export function toClusterSeen({ cluster, asOf, showsConfiguration }: ClusterReply): ClusterSeen {
  const { configuration } = cluster;
  const isSeen = showsConfiguration || configuration !== undefined;
  return {
    arn: cluster.clusterArn ?? "",
    name: cluster.clusterName ?? "",
    status: cluster.status ?? "",
    configuration: isSeen
      ? known(configurationOf(configuration), asOf)
      : unknown("the reply held no configuration", "ecs:DescribeClusters"),
    capacityProviders: cluster.capacityProviders ?? [],
    defaultCapacityProviderStrategy: strategyOf(cluster.defaultCapacityProviderStrategy),
    tags: tagsOf(cluster.tags),
    statistics: statisticsOf(cluster.statistics),
  };
}

function configurationOf(configuration: Cluster["configuration"]): ClusterConfiguration {
  const storage = configuration?.managedStorageConfiguration;
  return {
    fargateEphemeralStorageKmsKeyArn: textOrNull(storage?.fargateEphemeralStorageKmsKeyId),
    managedStorageKmsKeyArn: textOrNull(storage?.kmsKeyId),
    whole: { ...configuration },
  };
}

function statisticsOf(statistics: Cluster["statistics"]): Readonly<Record<string, number>> {
  const counted = (statistics ?? []).flatMap(({ name, value }) => {
    const count = Number(value);
    return name === undefined || value === undefined || !Number.isFinite(count) ? [] : [[name, count] as const];
  });
  return Object.fromEntries(counted);
}
