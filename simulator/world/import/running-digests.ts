// The image digests that the tasks of a fleet report.
// Invariant: where tasks of one container report several, the most common one stands for it, the smaller one of two as common.

import type { Fleet } from "../../../domain/fleet";

export interface RunningDigests {
  /** By task definition and container; null when no task reports one. */
  of(taskDefinitionArn: string, container: string): string | null;
  /** By deployment, each container's. */
  ofDeployment(deploymentId: string): Readonly<Record<string, string>>;
  /** Every digest that any task of this container reports. */
  all(taskDefinitionArn: string, container: string): readonly string[];
}

export function runningDigests({ tasks }: Fleet): RunningDigests {
  const byContainer = new Map<string, Tally>();
  const byDeployment = new Map<string, Map<string, Tally>>();
  for (const { taskDefinitionArn, startedBy, imageDigests } of tasks) {
    for (const [container, digest] of Object.entries(imageDigests)) {
      count(inMap(byContainer, `${taskDefinitionArn} ${container}`, newTally), digest);
      if (startedBy === null) continue;
      const containers = inMap(byDeployment, startedBy, () => new Map<string, Tally>());
      count(inMap(containers, container, newTally), digest);
    }
  }
  return {
    of: (arn, container) => mostCommon(byContainer.get(`${arn} ${container}`)),
    ofDeployment: (id) =>
      Object.fromEntries(
        [...(byDeployment.get(id) ?? [])].map(([container, tally]) => [container, mostCommon(tally) ?? ""]),
      ),
    all: (arn, container) => [...(byContainer.get(`${arn} ${container}`)?.keys() ?? [])],
  };
}

/** How many tasks report each digest. */
type Tally = Map<string, number>;

function newTally(): Tally {
  return new Map();
}

function count(tally: Tally, digest: string): void {
  tally.set(digest, (tally.get(digest) ?? 0) + 1);
}

function mostCommon(tally: Tally | undefined): string | null {
  const [first] = [...(tally ?? [])].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return first?.[0] ?? null;
}

function inMap<V>(map: Map<string, V>, key: string, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
