// Whether the tasks of some services of a cluster are listed service by service or all of the cluster together: whatever takes
// fewer calls. A page holds 100 tasks either way, and an empty list costs a call too (ListTasks, API reference, documented).

import { PAGE_SIZES } from "../../../domain/api-quotas";
import { batchCount } from "../batches-of";

export interface ListingQuestion {
  /** Tasks that a list of the whole cluster is expected to show. */
  readonly tasksOfCluster: number;
  /** The same for each of the services in question. */
  readonly tasksOfServices: readonly number[];
}

export interface Listing {
  readonly of: "cluster" | "services";
  readonly calls: number;
}

export function cheaperListing({ tasksOfCluster, tasksOfServices }: ListingQuestion): Listing {
  const ofServices = tasksOfServices.reduce((calls, tasks) => calls + pages(tasks), 0);
  const ofCluster = pages(tasksOfCluster);
  return ofCluster < ofServices ? { of: "cluster", calls: ofCluster } : { of: "services", calls: ofServices };
}

function pages(tasks: number): number {
  return Math.max(1, batchCount(tasks, PAGE_SIZES.listTasks.most));
}
