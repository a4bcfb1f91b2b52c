// DescribeClusters and ListClusters.
// Source: ECS API reference (documented): configuration, settings, statistics and tags only come when they are included.

import type { DescribeClustersRequest, ListClustersRequest, Cluster as SdkCluster } from "@aws-sdk/client-ecs";
import { BATCH_LIMITS, PAGE_SIZES } from "../../../domain/api-quotas";
import { invalidParameter } from "../../world/aws-error";
import type { Context } from "../operation";
import { limitOf, pageOf } from "../pagination";
import { readInstantMs, seenAt } from "../read-instant";
import { clusterView } from "./cluster-view";
import { clusterNamed, type MissingFailure, missing } from "./find";

/** Members that come only when their word is in `include`. */
const ON_REQUEST = {
  configuration: "CONFIGURATIONS",
  settings: "SETTINGS",
  statistics: "STATISTICS",
  tags: "TAGS",
  attachments: "ATTACHMENTS",
} as const;

export function describeClusters({ world, lane }: Context, input: DescribeClustersRequest) {
  const references = input.clusters ?? ["default"];
  if (references.length > BATCH_LIMITS.describeClusters) {
    throw invalidParameter(`At most ${BATCH_LIMITS.describeClusters} clusters can be described at once.`);
  }
  const asOfMs = readInstantMs(world);
  const clusters: SdkCluster[] = [];
  const failures: MissingFailure[] = [];
  for (const reference of references) {
    const cluster = clusterNamed(lane, reference);
    const view =
      cluster === undefined ? null : seenAt(world, cluster, { asOfMs: asOfMs, render: () => clusterView(cluster) });
    if (view === null) failures.push(missing(reference));
    else clusters.push(included(view, input.include ?? []));
  }
  return { clusters, failures };
}

export function listClusters({ lane }: Context, input: ListClustersRequest) {
  const limit = limitOf(input.maxResults, PAGE_SIZES.listClusters);
  const page = pageOf(lane.clusters.values(), { question: "clusters", token: input.nextToken, limit });
  return { clusterArns: page.items.map((cluster) => cluster.arn), nextToken: page.nextToken };
}

function included(view: SdkCluster, include: readonly string[]): SdkCluster {
  const out: SdkCluster = { ...view };
  for (const [member, word] of Object.entries(ON_REQUEST)) {
    if (!include.includes(word)) delete out[member as keyof typeof ON_REQUEST];
  }
  if (!include.includes("TAGS")) out.tags = [];
  if (!include.includes("SETTINGS")) out.settings = [];
  if (!include.includes("STATISTICS")) out.statistics = [];
  return out;
}
