// The list that a turn goes through, in order.
//
// Invariants
//   a service without new tasks is never of the ramp: it cannot show that a key works, and a key that does not cannot hurt it
//   ties go by ARN, so that the order of `ready` changes nothing

import type { PlannedService } from "../model/plan";
import { compareText } from "../plan/fleet-index";
import type { Turn } from "./what-begins";

export function inListOrder({ ready, schedule, ...turn }: Turn): readonly PlannedService[] {
  const ramp = ready.filter((planned) => isOfRamp(planned, turn)).toSorted(bySize);
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

function bySize(a: PlannedService, b: PlannedService): number {
  return a.tasks - b.tasks || a.estimate.toCapacityFreeMs - b.estimate.toCapacityFreeMs || compareText(a.arn, b.arn);
}
