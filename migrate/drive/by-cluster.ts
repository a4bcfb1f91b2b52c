// Services sorted by their cluster: ECS answers about services and tasks of one cluster a call.

import { plannedOrFail, type RunContext } from "./run-context";

/** Cluster ARN → ARNs of its services, each in the order given. */
export function byCluster({ plan }: RunContext, services: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const arn of services) {
    const { clusterArn } = plannedOrFail(plan, arn);
    const group = groups.get(clusterArn) ?? [];
    group.push(arn);
    groups.set(clusterArn, group);
  }
  return groups;
}
