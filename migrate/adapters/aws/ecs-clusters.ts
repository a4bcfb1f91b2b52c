// The cluster calls of EcsPort, on the SDK.
//
// Invariants
//   DescribeClusters always asks for CONFIGURATIONS: without it AWS shows no key (documented)
//   UpdateCluster sends the configuration whole, for AWS may replace it whole

import {
  ClusterField,
  DescribeClustersCommand,
  type ECSClient,
  ListClustersCommand,
  UpdateClusterCommand,
  type ClusterConfiguration as WireConfiguration,
} from "@aws-sdk/client-ecs";
import { BATCH_LIMITS, PAGE_SIZES } from "../../../domain/api-quotas";
import type { Clock } from "../../ports/clock";
import type { EcsPort } from "../../ports/ecs-port";
import { emptyReply } from "./empty-reply";
import { inBatches } from "./in-batches";
import type { SendRequest } from "./send-request";
import { toClusterSeen } from "./to-cluster-seen";
import { walkPages } from "./walk-pages";

export interface EcsCallOptions {
  readonly client: ECSClient;
  readonly send: SendRequest;
  readonly clock: Clock;
}

type ClusterCalls = Pick<EcsPort, "listClusters" | "describeClusters" | "updateClusterConfiguration">;

const SHOWN = [ClusterField.CONFIGURATIONS, ClusterField.SETTINGS, ClusterField.STATISTICS, ClusterField.TAGS];

export function ecsClusterCalls({ client, send, clock }: EcsCallOptions): ClusterCalls {
  const asOf = (): string => new Date(clock.nowMs()).toISOString();
  return {
    listClusters: () =>
      walkPages({
        operation: "ecs:ListClusters",
        page: async (token) => {
          const command = new ListClustersCommand({ maxResults: PAGE_SIZES.listClusters.most, ...token });
          const reply = await send(LIST, (options) => client.send(command, options));
          return { items: reply.clusterArns ?? [], nextToken: reply.nextToken };
        },
      }),

    describeClusters: (ids) =>
      inBatches({
        operation: "ecs:DescribeClusters",
        ids,
        most: BATCH_LIMITS.describeClusters,
        describe: async (clusters) => {
          const command = new DescribeClustersCommand({ clusters, include: SHOWN });
          const { clusters: seen = [], failures = [] } = await send(DESCRIBE, (options) =>
            client.send(command, options),
          );
          const found = seen.map((cluster) => toClusterSeen({ cluster, asOf: asOf(), showsConfiguration: true }));
          return { found, failures };
        },
      }),

    async updateClusterConfiguration({ clusterArn, configuration }) {
      const command = new UpdateClusterCommand({
        cluster: clusterArn,
        configuration: configuration as WireConfiguration,
      });
      const { cluster } = await send(UPDATE, (options) => client.send(command, options));
      if (cluster === undefined) throw emptyReply("ecs:UpdateCluster");
      return toClusterSeen({ cluster, asOf: asOf(), showsConfiguration: false });
    },
  };
}

const LIST = { service: "ecs", operation: "ListClusters" } as const;
const DESCRIBE = { service: "ecs", operation: "DescribeClusters" } as const;
const UPDATE = { service: "ecs", operation: "UpdateCluster", mutating: true } as const;
