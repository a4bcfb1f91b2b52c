// One thing that befell a simulated run from outside: which fault it was, when, and on whom it fell.
// Invariant: a strike says what was done, never what came of it; faults of the API are told by the calls that they hit.

import type { Fleet } from "../../../domain/fleet";
import type { ServiceState } from "../meetings/meeting-states";
import type { Rival } from "../stories/rivals";

export interface Strike {
  /** One of FAULTS. */
  readonly fault: string;
  readonly atMs: number;
  /** The sequence number of the last journal line when it came; 0 before the first. */
  readonly afterLine: number;
  /** Whether no process of the run lived then. */
  readonly isAway: boolean;
  /** ARNs of the services that it fell on; empty for one that falls on nothing but the run. */
  readonly services: readonly string[];
  /** Those of them that it concerns, by their state; all of them when it is left out. */
  readonly concerns?: readonly ServiceState[];
}

/** Whom a rival's act falls on: a service, those of a cluster or of a key's clusters, or everybody. */
export function servicesStruck(
  { services, clusters }: Fleet,
  fault: Rival["acts"][number]["fault"],
  about: string | null,
): readonly string[] {
  if ("service" in fault && "cluster" in fault) {
    const within = clusters.find(({ name }) => name === fault.cluster)?.arn;
    return arnsOf(services.filter(({ clusterArn, name }) => clusterArn === within && name === fault.service));
  }
  if ("cluster" in fault) {
    const within = clusters.find(({ name }) => name === fault.cluster)?.arn;
    return arnsOf(services.filter(({ clusterArn }) => clusterArn === within));
  }
  if ("key" in fault && fault.key !== undefined) {
    const keyed = clusters.filter(({ configuration }) => keyOf(configuration) === fault.key).map(({ arn }) => arn);
    return arnsOf(services.filter(({ clusterArn }) => keyed.includes(clusterArn)));
  }
  return about === null || FOR_ALL.includes(fault.kind) ? arnsOf(services) : [about];
}

/** They fall on the account, whoever they were aimed at. */
const FOR_ALL: readonly string[] = ["capacity-short", "subnet-full", "vcpu-quota", "neighbour-takes-vcpu"];

function keyOf(configuration: Fleet["clusters"][number]["configuration"]): string | null {
  return configuration.kind === "known" ? configuration.value.fargateEphemeralStorageKmsKeyArn : null;
}

function arnsOf(services: Fleet["services"]): readonly string[] {
  return services.map(({ arn }) => arn);
}
