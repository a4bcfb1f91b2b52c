// DescribeClusters with what the official provider includes.

import { type Cluster, DescribeClustersCommand } from "@aws-sdk/client-ecs";
import { calling, isCode } from "../../call-error";
import type { ResourceContext } from "../../resource-type";

/** Null when there is none, or when it is INACTIVE. */
export async function describeCluster({ aws }: ResourceContext, reference: string): Promise<Cluster | null> {
  const input = { clusters: [reference], include: ["TAGS" as const, "CONFIGURATIONS" as const, "SETTINGS" as const] };
  try {
    const asked = aws.ecs.send(new DescribeClustersCommand(input));
    const answer = await calling(`reading ECS Cluster (${reference})`, "ECS: DescribeClusters", asked);
    const cluster = answer.clusters?.[0];
    return cluster === undefined || cluster.status === "INACTIVE" ? null : cluster;
  } catch (error) {
    if (isCode(error, "ClusterNotFoundException")) return null;
    throw error;
  }
}

/** A cluster that was just made may not be seen at once. */
const READS_MAX = 20;

/**
 * The cluster once it is ACTIVE, read at once and, while it is not to be seen, every simulated second.
 * The official provider sleeps ten seconds before the first read; that time is not waited.
 */
export async function availableCluster(context: ResourceContext, reference: string): Promise<Cluster> {
  for (let reads = 0; reads < READS_MAX; reads += 1) {
    const cluster = await describeCluster(context, reference);
    if (cluster?.status === "ACTIVE") return cluster;
    if (cluster?.status === "FAILED") break;
    await context.pause(1);
  }
  throw new Error(`waiting for ECS Cluster (${reference}): it has not become ACTIVE`);
}
