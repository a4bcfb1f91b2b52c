// Which cluster of the stack a resource names in one of its properties, as ARN, name or URN of what it was made from.
//
// Invariants
//   what the property was made from counts first: it holds while ARNs are not known yet
//   a name or ARN is compared only when it is known, and a cluster that is named by nothing is ECS's own "default"
// Source: ECS API reference, CreateService.cluster (documented): short name or full ARN; without one, the default cluster.

import { lookAt, textsAt } from "../look";
import type { StackSubject } from "../rule";
import { CLUSTER_TYPES, clustersIn } from "./keys-of-cluster";
import { inOrder, onceAStack, placesByText, withUrns } from "./once-a-stack";

/** The properties of a cluster that a rule has to read for this. */
export const NAMES_OF_CLUSTER: readonly string[] = ["arn", "clusterArn", "id", "name", "clusterName"];

export type ClusterOf =
  | { readonly found: "in-stack"; readonly cluster: StackSubject }
  /** Known, and no cluster of the stack; null is the default cluster of the account. */
  | { readonly found: "elsewhere"; readonly named: string | null }
  | { readonly found: "unclear" };

/** `path` is where the resource names its cluster: `cluster`, `arn`; its first part is a top-level property. */
export function clusterOf(subject: StackSubject, path: string, resources: readonly StackSubject[]): ClusterOf {
  const sources = subject.madeFrom[path.split(".")[0] ?? path] ?? [];
  const [source, ...others] = withUrns(resources, sources).filter(({ type }) => CLUSTER_TYPES.includes(type));
  if (source !== undefined && others.length === 0) return { found: "in-stack", cluster: source };
  const named = lookAt(subject.properties, path);
  if (named.state === "known") {
    const [cluster] = inOrder(clustersIn(resources), placesByName(resources).get(String(named.value)) ?? []);
    if (cluster !== undefined) return { found: "in-stack", cluster };
  }
  if (named.state === "unknown" || others.length > 0) return { found: "unclear" };
  return { found: "elsewhere", named: named.state === "known" ? String(named.value) : null };
}

/** Resources in each cluster of the stack, by the cluster's URN; those that name no cluster of it surely are in none. */
export function byCluster<T>(
  list: readonly T[],
  clusterOfOne: (one: T) => ClusterOf,
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of list) {
    const where = clusterOfOne(one);
    if (where.found !== "in-stack") continue;
    const here = groups.get(where.cluster.urn);
    if (here === undefined) groups.set(where.cluster.urn, [one]);
    else here.push(one);
  }
  return groups;
}

const placesByName = onceAStack((resources) =>
  placesByText(clustersIn(resources), ({ properties }) => textsAt(properties, NAMES_OF_CLUSTER)),
);
