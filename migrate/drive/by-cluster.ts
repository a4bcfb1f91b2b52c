// Services sorted by their cluster: ECS answers about services and tasks of one cluster a call.

import { groupBy } from "../core/group-by";
import { plannedOrFail, type RunContext } from "./run-context";

/** Cluster ARN → ARNs of its services, each in the order given. */
export function byCluster({ plan }: RunContext, services: readonly string[]): ReadonlyMap<string, readonly string[]> {
  return groupBy(services, (arn) => plannedOrFail(plan, arn).clusterArn);
}
