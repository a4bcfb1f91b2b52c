// Which clusters a scan looks at, as DescribeClusters shows them.
//
// Invariants
//   a named cluster that is not there ends the scan, naming those that look alike
//   INACTIVE clusters are left out: AWS goes on showing them for a while after their deletion (documented)
//   an empty list of names means none, not all: a fleet whose clusters are gone is not the whole lane
//   naming clusters needs no permission to list them all

import { lastPart } from "../../domain/arn";
import { unknown } from "../../domain/fact";
import type { Lane } from "../../domain/fleet";
import type { ClusterSeen, EcsPort } from "../ports/ecs-port";
import { byText } from "./by-text";
import { noSuchCluster } from "./no-such-cluster";
import type { ScanReader } from "./scan-reader";

export interface ClusterQuestion {
  readonly ecs: EcsPort;
  readonly reader: ScanReader;
  readonly lane: Lane;
  /** Names or ARNs; all when left out, none when empty. */
  readonly clusters?: readonly string[];
}

export async function scanClusters(question: ClusterQuestion): Promise<readonly ClusterSeen[]> {
  const { ecs, reader, clusters: named } = question;
  const isNamed = named !== undefined;
  const refs = isNamed ? [...new Set(named)] : await reader.mustRead("list the clusters", () => ecs.listClusters());
  const subject = isNamed ? refs.join(", ") : "the clusters";
  const seen = await reader.read(subject, () => ecs.describeClusters(refs));
  if (seen.kind === "unknown") return refs.map((ref) => undescribed(ref, question.lane, seen.why));
  const active = seen.value.found.filter(({ status }) => status !== "INACTIVE");
  const absent = refs.filter((ref) => !active.some((cluster) => isNamedBy(cluster, ref)));
  if (isNamed && absent.length > 0) {
    const where = `account ${question.lane.account}, ${question.lane.region}`;
    throw await noSuchCluster({ ecs, reader, absent, where });
  }
  return uniqueByArn(active).toSorted(byText(({ arn }) => arn));
}

/** A cluster of which only the name is known: its services and tasks can still be read. */
function undescribed(ref: string, { partition, region, account }: Lane, why: string): ClusterSeen {
  const name = lastPart(ref);
  return {
    arn: ref.startsWith("arn:") ? ref : `arn:${partition}:ecs:${region}:${account}:cluster/${name}`,
    name,
    status: "UNKNOWN",
    configuration: unknown(why, "ecs:DescribeClusters"),
    capacityProviders: [],
    defaultCapacityProviderStrategy: [],
    tags: {},
    statistics: {},
  };
}

function isNamedBy(cluster: ClusterSeen, ref: string): boolean {
  return cluster.arn === ref || cluster.name === ref;
}

function uniqueByArn(clusters: readonly ClusterSeen[]): readonly ClusterSeen[] {
  return [...new Map(clusters.map((cluster) => [cluster.arn, cluster])).values()];
}
