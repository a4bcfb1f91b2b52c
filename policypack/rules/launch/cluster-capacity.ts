// Where the capacity providers of a cluster of the stack lead: those that it has, and those of its default strategy.
//
// Invariants
//   a cluster whose capacity the stack does not set is `by-cluster`: somebody else may have set it
//   what may be set on another cluster as well counts as unclear, never as elsewhere
// Source: ECS API reference, PutClusterCapacityProviders (documented).

import { type Items, itemsAt } from "../block-at";
import { lookAt } from "../look";
import {
  CLUSTER,
  CLUSTER_CAPACITY_PROVIDERS,
  NATIVE_CLUSTER,
  NATIVE_CLUSTER_CAPACITY_PROVIDERS,
} from "../resource-types";
import type { StackSubject } from "../rule";
import { byCluster, clusterOf, NAMES_OF_CLUSTER } from "../stack/cluster-of";
import { onceAStack } from "../stack/once-a-stack";
import type { Reads } from "./merged-reads";
import { type Placement, placeOfProviders, placeOfStrategy } from "./placement";
import { namedProviders } from "./sites-in-stack";

/** What a rule has to read for this. */
export const CAPACITY_READS: Reads = {
  [CLUSTER]: NAMES_OF_CLUSTER,
  [NATIVE_CLUSTER]: [...NAMES_OF_CLUSTER, "capacityProviders", "defaultCapacityProviderStrategy"],
  [CLUSTER_CAPACITY_PROVIDERS]: ["clusterName", "capacityProviders", "defaultCapacityProviderStrategies"],
  [NATIVE_CLUSTER_CAPACITY_PROVIDERS]: ["cluster", "capacityProviders", "defaultCapacityProviderStrategy"],
};

export interface ClusterCapacity {
  /** Where all its capacity providers together lead. */
  readonly providers: Placement;
  /** Where a launch goes that names neither launch type nor strategy. */
  readonly standard: Placement;
}

export function capacityOf(cluster: StackSubject, resources: readonly StackSubject[]): ClusterCapacity {
  const own: Holder = { holder: cluster, isSure: true };
  const holders = [...(cluster.type === NATIVE_CLUSTER ? [own] : []), ...associationsOf(cluster, resources)];
  return {
    providers: together(holders.map((one) => weighed(one, providersIn(one.holder)))),
    standard: together(holders.map((one) => weighed(one, standardIn(one.holder)))),
  };
}

const UNSET: Placement = { place: "by-cluster", reason: "the stack gives the cluster no capacity providers" };

/** Of several statements the one that speaks most against EC2 holds. */
function together(placements: readonly (Placement | null)[]): Placement {
  const said = placements.filter((one) => one !== null);
  const order: readonly Placement["place"][] = ["fargate", "unclear", "elsewhere"];
  return order.flatMap((place) => said.find((one) => one.place === place) ?? [])[0] ?? UNSET;
}

interface Holder {
  readonly holder: StackSubject;
  /** False where the cluster that it speaks of cannot be seen. */
  readonly isSure: boolean;
}

function weighed({ isSure }: Holder, placement: Placement | null): Placement | null {
  if (isSure || placement?.place !== "elsewhere") return placement;
  return { place: "unclear", reason: "whose capacity providers these are is not known yet" };
}

function associationsOf(cluster: StackSubject, resources: readonly StackSubject[]): readonly Holder[] {
  const { sure, unclear } = holdersIn(resources);
  return [
    ...(sure.get(cluster.urn) ?? []).map((holder) => ({ holder, isSure: true })),
    ...unclear.map((holder) => ({ holder, isSure: false })),
  ];
}

const holdersIn = onceAStack((resources) => {
  const holders = resources.filter(({ type }) => Object.hasOwn(NAMES_CLUSTER_IN, type));
  const where = (holder: StackSubject) => clusterOf(holder, NAMES_CLUSTER_IN[holder.type] ?? "", resources);
  return { sure: byCluster(holders, where), unclear: holders.filter((one) => where(one).found === "unclear") };
});

const NAMES_CLUSTER_IN: Readonly<Record<string, string>> = {
  [CLUSTER_CAPACITY_PROVIDERS]: "clusterName",
  [NATIVE_CLUSTER_CAPACITY_PROVIDERS]: "cluster",
};

function providersIn(holder: StackSubject): Placement | null {
  const list = listAt(holder, "capacityProviders");
  if (list.state === "unknown") return unclear("its capacity providers");
  if (list.state === "absent") return null;
  return placeOfProviders(
    list.items.map((name) => lookAt({ name }, "name")),
    "one of its capacity providers",
  );
}

function standardIn(holder: StackSubject): Placement | null {
  for (const property of ["defaultCapacityProviderStrategies", "defaultCapacityProviderStrategy"]) {
    const list = listAt(holder, property);
    if (list.state === "unknown") return unclear("the items of its default strategy");
    if (list.state === "known") return placeOfStrategy(list.items, "a capacity provider of its default strategy");
  }
  return null;
}

/** Providers fill in neither list: one that is unknown was given. */
function listAt({ properties, madeFrom }: StackSubject, property: string): Items {
  const list = itemsAt(properties, property);
  return list.state === "known" ? { ...list, items: namedProviders(list.items, madeFrom[property] ?? []) } : list;
}

function unclear(what: string): Placement {
  return { place: "unclear", reason: `${what} are not known yet` };
}
