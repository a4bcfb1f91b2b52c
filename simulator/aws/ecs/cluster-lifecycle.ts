// CreateCluster and DeleteCluster.
// Sources: ECS API reference (documented: refusals of DeleteCluster, INACTIVE clusters stay visible for a while). What
// CreateCluster does with an active name is not documented: a switch.

import type { CreateClusterRequest, DeleteClusterRequest } from "@aws-sdk/client-ecs";
import { ecsArn } from "../../world/arns";
import { AwsError, invalidParameter } from "../../world/aws-error";
import type { Cluster } from "../../world/cluster";
import { PastViews } from "../../world/past-views";
import { nextSequence, scheduleIn, touch } from "../../world/world-state";
import type { Context } from "../operation";
import { tagRecord } from "../tags";
import { requireAssociated } from "./capacity-provider-rules";
import { checkedConfiguration } from "./cluster-key-rules";
import { clusterView, serviceConnectDefaults } from "./cluster-view";
import { requireCluster } from "./find";

/** How long an INACTIVE cluster can still be seen (I). */
const VISIBLE_AFTER_DELETION_MS = 3_600_000;

export function createCluster(context: Context, input: CreateClusterRequest) {
  const { world, lane } = context;
  const name = input.clusterName ?? "default";
  const existing = lane.clusters.get(name);
  if (existing?.status === "ACTIVE") {
    if (world.switches.createClusterOnActiveName === "return") return { cluster: clusterView(existing) };
    throw invalidParameter(`A cluster named ${name} already exists.`);
  }
  const capacityProviders = input.capacityProviders ?? [];
  requireAssociated(capacityProviders, input.defaultCapacityProviderStrategy);
  const cluster: Cluster = {
    kind: "cluster",
    lane,
    sequence: nextSequence(world),
    arn: ecsArn(lane, `cluster/${name}`),
    name,
    status: "ACTIVE",
    configuration: checkedConfiguration(context, input.configuration),
    settings: input.settings ?? [{ name: "containerInsights", value: "disabled" }],
    serviceConnectDefaults: serviceConnectDefaults(input.serviceConnectDefaults?.namespace),
    capacityProviders,
    defaultCapacityProviderStrategy: input.defaultCapacityProviderStrategy ?? [],
    tags: tagRecord(input.tags),
    services: new Map(),
    tasks: new Map(),
    past: new PastViews(),
  };
  lane.clusters.set(name, cluster);
  touch(world, cluster);
  return { cluster: clusterView(cluster) };
}

export function deleteCluster({ world, lane }: Context, input: DeleteClusterRequest) {
  const cluster = requireCluster(lane, input.cluster);
  if ([...cluster.services.values()].some((service) => service.status !== "INACTIVE")) {
    throw new AwsError(
      "ClusterContainsServicesException",
      "The Cluster cannot be deleted while Services are active or draining.",
    );
  }
  if ([...cluster.tasks.values()].some((task) => task.lastStatus !== "STOPPED")) {
    throw new AwsError("ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.");
  }
  cluster.status = "INACTIVE";
  touch(world, cluster);
  scheduleIn(world, VISIBLE_AFTER_DELETION_MS, { kind: "cluster-forgotten", cluster });
  return { cluster: clusterView(cluster) };
}
