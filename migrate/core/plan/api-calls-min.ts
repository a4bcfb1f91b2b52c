// The fewest API calls with which a run can do all of its duties, given how services and tasks lie in clusters.
//
// Duties: scan the lane; at admission look at each service; UpdateService; look at the first new task; see each service
// deployment and its revision once; prove the new tasks and that the old ones are gone; sweep the clusters at the end.
// Calls on services and tasks take one cluster each; those on service deployments and revisions take any (API reference, documented).

import { BATCH_LIMITS, PAGE_SIZES } from "../../../domain/api-quotas";
import type { Fleet } from "../../../domain/fleet";

export interface PlannedCall {
  readonly clusterArn: string;
  readonly wave: number;
  readonly tasks: number;
}

export function apiCallsMin(fleet: Fleet, planned: readonly PlannedCall[]): number {
  return (
    scanCalls(fleet) +
    sum([...groupBy(planned, (one) => one.wave).values()].map(waveCalls)) +
    sweepCalls(fleet, planned)
  );
}

/** Who we are, clusters, then all services and tasks cluster by cluster, task definitions, keys and their policies, subnets. */
function scanCalls(fleet: Fleet): number {
  const identity = 1;
  const clusters = pages(fleet.clusters.length, PAGE_SIZES.listClusters.most);
  const describeClusters = batches(fleet.clusters.length, BATCH_LIMITS.describeClusters);
  const subnets = fleet.subnets.length > 0 ? 1 : 0;
  const contents = sum(fleet.clusters.map(({ arn }) => clusterCalls(fleet, arn)));
  return (
    identity + clusters + describeClusters + contents + fleet.taskDefinitions.length + 2 * fleet.keys.length + subnets
  );
}

function clusterCalls(fleet: Fleet, clusterArn: string): number {
  const services = fleet.services.filter((service) => service.clusterArn === clusterArn).length;
  const tasks = fleet.tasks.filter((task) => task.clusterArn === clusterArn).length;
  return (
    pages(services, PAGE_SIZES.listServices.most) +
    batches(services, BATCH_LIMITS.describeServices) +
    pages(tasks, PAGE_SIZES.listTasks.most) +
    batches(tasks, BATCH_LIMITS.describeTasks)
  );
}

function waveCalls(wave: readonly PlannedCall[]): number {
  const updates = wave.length;
  const deployments = batches(wave.length, BATCH_LIMITS.describeServiceDeployments);
  const revisions = batches(wave.length, BATCH_LIMITS.describeServiceRevisions);
  const clusters = [...groupBy(wave, (one) => one.clusterArn).values()].map((services) => {
    const tasks = sum(services.map((one) => one.tasks));
    const admission = batches(services.length, BATCH_LIMITS.describeServices);
    const firstTask = tasks === 0 ? 0 : 2;
    const newTasks = pages(tasks, PAGE_SIZES.listTasks.most) + batches(tasks, BATCH_LIMITS.describeTasks);
    const oldTasks = batches(tasks, BATCH_LIMITS.describeTasks);
    return admission + firstTask + newTasks + oldTasks;
  });
  return updates + deployments + revisions + sum(clusters);
}

function sweepCalls(fleet: Fleet, planned: readonly PlannedCall[]): number {
  const clusters = [...new Set(planned.map((one) => one.clusterArn))];
  return sum(clusters.map((arn) => clusterCalls(fleet, arn)));
}

/** A listing costs a call even when it is empty; describing nothing costs none. */
function pages(items: number, size: number): number {
  return Math.max(1, batches(items, size));
}

function batches(items: number, size: number): number {
  return Math.ceil(items / size);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
