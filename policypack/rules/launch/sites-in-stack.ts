// Launch sites seen among the resources of a stack: on which cluster they launch, with which task definition.
//
// Invariants
//   outputs are read as the program's inputs: what is unknown and made from nothing was left out and is filled in by the provider
//   a capacity provider that the stack makes is none of Fargate's, whatever its name will be: those two exist by themselves
//   nothing is guessed: a cluster or task definition that may be one of several is none

import { type Look, lookAt, type Properties, UNKNOWN } from "../look";
import {
  CAPACITY_PROVIDER,
  NATIVE_CAPACITY_PROVIDER,
  NATIVE_TASK_DEFINITION,
  TASK_DEFINITION,
} from "../resource-types";
import type { StackSubject } from "../rule";
import { type ClusterOf, clusterOf } from "../stack/cluster-of";
import { inOrder, onceAStack, placesByText, typedOnceAStack, withUrns } from "../stack/once-a-stack";
import type { LaunchSite } from "./launch-site";
import { launchSites } from "./launch-sites";
import type { Reads } from "./merged-reads";
import { STRATEGY_PROPERTIES } from "./placement";

export const DEFINITION_TYPES: readonly string[] = [TASK_DEFINITION, NATIVE_TASK_DEFINITION];

/** What a rule has to read of task definitions for `definitionOf` and `systemOf`. */
export const DEFINITION_READS: Reads = Object.fromEntries(
  DEFINITION_TYPES.map((type) => [type, ["family", "runtimePlatform"]]),
);

export interface SiteInStack {
  readonly subject: StackSubject;
  readonly site: LaunchSite;
}

export const sitesInStack = onceAStack((resources): readonly SiteInStack[] =>
  resources.flatMap((subject) => launchSites(asProgrammed(subject)).map((site) => ({ subject, site }))),
);

export function clusterOfSite({ subject, site }: SiteInStack, resources: readonly StackSubject[]): ClusterOf {
  const { cluster } = site.namedIn;
  const sources = cluster === null ? [] : (subject.madeFrom[cluster] ?? []);
  const launch = { ...subject, properties: { cluster: site.launch.cluster }, madeFrom: { cluster: sources } };
  return clusterOf(launch, "cluster", resources);
}

/** The one task definition of the stack that the site launches; null when it is another, or may be one of several. */
export function definitionOf({ subject, site }: SiteInStack, resources: readonly StackSubject[]): StackSubject | null {
  const { taskDefinition } = site.namedIn;
  const sources = taskDefinition === null ? [] : (subject.madeFrom[taskDefinition] ?? []);
  const family = familyIn(lookAt(site.launch, "taskDefinition"));
  return (
    theOnly(withUrns(resources, sources).filter(({ type }) => DEFINITION_TYPES.includes(type))) ??
    theOnly(inOrder(definitionsIn(resources), placesByFamily(resources).get(family) ?? []))
  );
}

/** LINUX where the task definition names none: the default of runtimePlatform (ECS API reference, documented). */
export function systemOf(definition: StackSubject): Look {
  const family = lookAt(definition.properties, "runtimePlatform.operatingSystemFamily");
  return family.state === "absent" ? { state: "known", value: "LINUX" } : family;
}

/** Capacity providers in a list, those of this stack under a name that says so while theirs is not known. */
export function namedProviders(items: readonly unknown[], sources: readonly string[]): readonly unknown[] {
  if (sources.length === 0 || !sources.every(isCapacityProvider)) return items;
  return items.map((item) => {
    if (item === UNKNOWN) return OF_THIS_STACK;
    const look = lookAt({ item }, "item.capacityProvider");
    return look.state === "unknown" ? { ...(item as Properties), capacityProvider: OF_THIS_STACK } : item;
  });
}

const OF_THIS_STACK = "a provider of this stack";

function asProgrammed(subject: StackSubject): StackSubject {
  const entries = Object.entries(subject.properties).filter(
    ([name, value]) => value !== UNKNOWN || (subject.madeFrom[name] ?? []).length > 0,
  );
  const properties = entries.map(([name, value]) => [
    name,
    STRATEGY_PROPERTIES.includes(name) && Array.isArray(value)
      ? namedProviders(value, subject.madeFrom[name] ?? [])
      : value,
  ]);
  return { ...subject, properties: Object.fromEntries(properties) };
}

function isCapacityProvider(urn: string): boolean {
  return [CAPACITY_PROVIDER, NATIVE_CAPACITY_PROVIDER].some((type) => urn.includes(`${type}::`));
}

const definitionsIn = typedOnceAStack(DEFINITION_TYPES);

const placesByFamily = onceAStack((resources) =>
  placesByText(definitionsIn(resources), ({ properties }) => {
    const family = lookAt(properties, "family");
    return family.state === "known" ? [String(family.value)] : [];
  }),
);

/** `web`, `web:3` and the ARNs of both are of the family `web`; empty when it is not known or none. */
function familyIn(named: Look): string {
  if (named.state !== "known") return "";
  const [, text = ""] =
    /^(?:arn:[^:]*:ecs:[^:]*:[^:]*:task-definition\/)?([^:/]+)(?::\d+)?$/.exec(String(named.value)) ?? [];
  return text;
}

function theOnly<T>(list: readonly T[]): T | null {
  const [only, ...others] = list;
  return only === undefined || others.length > 0 ? null : only;
}
