// What in a stack shows that one of its clusters runs nothing on Fargate.
//
// Invariants
//   a sign for EC2 is needed and no sign of Fargate may stand against it: silence is no evidence
//   what is not clear counts as Fargate: a launch whose place or cluster cannot be seen, a state machine made from the cluster whose
//     definition is not known yet
// Source: ECS API reference, CreateService and PutClusterCapacityProviders (documented): a launch type FARGATE needs no capacity provider.

import { CAPACITY_READS, type ClusterCapacity, capacityOf } from "../launch/cluster-capacity";
import { launchReads } from "../launch/launch-sites";
import { mergedReads, type Reads } from "../launch/merged-reads";
import { type Placement, placementOf } from "../launch/placement";
import { clusterOfSite, type SiteInStack, sitesInStack } from "../launch/sites-in-stack";
import { lookAt } from "../look";
import type { StackSubject } from "../rule";

/** What a rule has to read for this. */
export const EC2_ONLY_READS: Reads = mergedReads(launchReads(), CAPACITY_READS);

/** What was seen, as lines; null when the cluster may run tasks on Fargate. */
export function ec2OnlyEvidence(cluster: StackSubject, resources: readonly StackSubject[]): readonly string[] | null {
  const capacity = capacityOf(cluster, resources);
  const signs = [
    ...capacitySigns(capacity),
    ...sitesInStack(resources).flatMap((one) => launchSign(one, { cluster, capacity, resources })),
  ];
  const isAllElsewhere = signs.length > 0 && signs.every(({ isElsewhere }) => isElsewhere);
  return isAllElsewhere ? signs.map(({ text }) => text).slice(0, LINES_MAX) : null;
}

const LINES_MAX = 5;

interface Sign {
  readonly isElsewhere: boolean;
  readonly text: string;
}

function capacitySigns({ providers, standard }: ClusterCapacity): readonly Sign[] {
  return [
    { placement: providers, where: "of the cluster" },
    { placement: standard, where: "by the cluster's default strategy" },
  ]
    .filter(({ placement }) => placement.place !== "by-cluster")
    .map(({ placement, where }) => ({
      isElsewhere: placement.place === "elsewhere",
      text: `${where}, ${placement.reason}`,
    }));
}

interface Surroundings {
  readonly cluster: StackSubject;
  readonly capacity: ClusterCapacity;
  readonly resources: readonly StackSubject[];
}

/** None when it launches on another cluster. */
function launchSign(one: SiteInStack, { cluster, capacity, resources }: Surroundings): readonly Sign[] {
  const { site } = one;
  if (!site.isSeen)
    return isMadeFrom(one, cluster) ? [{ isElsewhere: false, text: `${site.what} is not known yet` }] : [];
  const named = clusterOfSite(one, resources);
  const isHere = named.found === "in-stack" && named.cluster.urn === cluster.urn;
  if (site.namedIn.cluster === null || (!isHere && named.found !== "unclear")) return [];
  const placement = placeOn(one, capacity);
  if (placement === null) return [];
  const isElsewhere = placement.place === "elsewhere";
  // A launch on EC2 whose cluster cannot be seen says nothing of this one.
  if (!isHere && isElsewhere) return [];
  return [{ isElsewhere, text: `${site.what}: ${placement.reason}` }];
}

/** Null for a service that leaves its launches to task sets: its launch type says nothing, unless it is Fargate. */
function placeOn({ site }: SiteInStack, { providers, standard }: ClusterCapacity): Placement | null {
  const placement = placementOf(site);
  if (placement.place === "by-task-sets") {
    const launchType = lookAt(site.launch, "launchType");
    const isFargate = launchType.state === "known" && launchType.value === "FARGATE";
    return isFargate ? { place: "fargate", reason: "launchType is FARGATE" } : null;
  }
  if (placement.place !== "by-cluster") return placement;
  if (standard.place !== "by-cluster") return standard;
  // Without a default strategy ECS takes the launch type EC2; a strategy set elsewhere could hold the cluster's providers only.
  return providers.place === "elsewhere" ? providers : placement;
}

function isMadeFrom({ subject, site }: SiteInStack, cluster: StackSubject): boolean {
  return (subject.madeFrom[site.namedIn.cluster ?? ""] ?? []).includes(cluster.urn);
}
