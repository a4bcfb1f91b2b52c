// A cluster: its configuration, above all the key for ephemeral storage, and the services and tasks in it.

import type {
  CapacityProviderStrategyItem,
  ClusterConfiguration,
  ClusterServiceConnectDefaults,
  ClusterSetting,
} from "@aws-sdk/client-ecs";
import type { Lane } from "./lane";
import type { PastViews } from "./past-views";
import type { Service } from "./service";
import type { Task } from "./task";

export interface Cluster {
  readonly kind: "cluster";
  readonly lane: Lane;
  readonly sequence: number;
  readonly arn: string;
  readonly name: string;
  status: "ACTIVE" | "INACTIVE";
  /** Undefined when never given: DescribeClusters then leaves the member out even if asked. */
  configuration: ClusterConfiguration | undefined;
  settings: readonly ClusterSetting[];
  serviceConnectDefaults: ClusterServiceConnectDefaults | undefined;
  capacityProviders: readonly string[];
  defaultCapacityProviderStrategy: readonly CapacityProviderStrategyItem[];
  tags: Record<string, string>;
  readonly services: Map<string, Service>;
  /** By task id; stopped tasks included as long as they are visible. */
  readonly tasks: Map<string, Task>;
  readonly past: PastViews;
}

/** The key that new deployments capture; null when the cluster has none. */
export function fargateKeyOf(cluster: Cluster): string | null {
  return cluster.configuration?.managedStorageConfiguration?.fargateEphemeralStorageKmsKeyId || null;
}
