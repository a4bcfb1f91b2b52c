// The list that a turn goes through, in order.
//
// Invariants
//   a service without new tasks is never of the ramp: it cannot show that a key works, and a key that does not cannot hurt it
//   ties go by ARN, so that the order of `ready` changes nothing

import { groupBy } from "../group-by";
import type { PlannedService } from "../model/plan";
import { compareText } from "../plan/fleet-index";
import type { Turn } from "./what-begins";

export function inListOrder({ ready, schedule, ...turn }: Turn): readonly PlannedService[] {
  const ramp = rampInOrder(ready.filter((planned) => isOfRamp(planned, turn)));
  const others = ramp.length === 0 ? ready : ready.filter((planned) => !isOfRamp(planned, turn));
  const rankOf = ({ arn }: PlannedService): number => schedule.order.get(arn) ?? schedule.order.size;
  return [...ramp, ...others.toSorted((a, b) => rankOf(a) - rankOf(b))];
}

/** Whether its cluster still has to show that tasks run on the key. */
export function isOfRamp(
  { clusterArn, surgeTasks }: PlannedService,
  { unproven, probation }: Pick<Turn, "unproven" | "probation">,
): boolean {
  return surgeTasks > 0 && (unproven.has(clusterArn) || probation.has(clusterArn));
}

/** Cluster by cluster in turn, the smallest of each first; of clusters whose turn it is, the one first that has the longest ahead of it. */
function rampInOrder(ramp: readonly PlannedService[]): readonly PlannedService[] {
  const clusters = [...groupBy(ramp, ({ clusterArn }) => clusterArn).values()]
    .map((own) => ({ own: own.toSorted(bySize), longestMs: Math.max(...own.map(lengthOf)) }))
    .toSorted((a, b) => b.longestMs - a.longestMs || compareText(a.own[0]?.arn ?? "", b.own[0]?.arn ?? ""));
  const rounds = Math.max(0, ...clusters.map(({ own }) => own.length));
  return Array.from({ length: rounds }, (_, round) => clusters.flatMap(({ own }) => own[round] ?? [])).flat();
}

function lengthOf({ estimate }: PlannedService): number {
  return estimate.toCapacityFreeMs;
}

function bySize(a: PlannedService, b: PlannedService): number {
  return a.tasks - b.tasks || a.estimate.toCapacityFreeMs - b.estimate.toCapacityFreeMs || compareText(a.arn, b.arn);
}
