// A cluster of a fleet. A configuration that nobody could read is taken for none.

import type { ClusterConfiguration } from "@aws-sdk/client-ecs";
import type { ClusterRecord } from "../../../domain/fleet";
import type { Lane } from "../lane";
import { PastViews } from "../past-views";
import { nextSequence, touch, type WorldState } from "../world-state";

export function importCluster(world: WorldState, lane: Lane, record: ClusterRecord): void {
  const cluster = {
    kind: "cluster" as const,
    lane,
    sequence: nextSequence(world),
    arn: record.arn,
    name: record.name,
    status: record.status === "INACTIVE" ? ("INACTIVE" as const) : ("ACTIVE" as const),
    configuration: configurationOf(record),
    settings: [],
    serviceConnectDefaults: undefined,
    capacityProviders: record.capacityProviders,
    defaultCapacityProviderStrategy: record.defaultCapacityProviderStrategy,
    tags: { ...record.tags },
    services: new Map(),
    tasks: new Map(),
    past: new PastViews(),
  };
  lane.clusters.set(record.name, cluster);
  touch(world, cluster);
}

/** The whole as AWS gave it, and over it the keys that were read out of it: the two agree in a scan. */
function configurationOf({ configuration }: ClusterRecord): ClusterConfiguration | undefined {
  if (configuration.kind === "unknown") return undefined;
  const { whole, fargateEphemeralStorageKmsKeyArn: key, managedStorageKmsKeyArn: volumes } = configuration.value;
  const stored = whole as ClusterConfiguration;
  if (key === null && volumes === null) return Object.keys(whole).length === 0 ? undefined : stored;
  return {
    ...stored,
    managedStorageConfiguration: {
      ...stored.managedStorageConfiguration,
      ...(key === null ? {} : { fargateEphemeralStorageKmsKeyId: key }),
      ...(volumes === null ? {} : { kmsKeyId: volumes }),
    },
  };
}
