// Which services would wait until the final sweep, because ones past their time hold what they need: those hold it until then, and
// the sweep comes after the last wave.
// Invariant: who could begin if all that is not past its time had ended is not among them

import { isOfRamp } from "./list-order";
import { NO_NEED } from "./resource";
import { lackingCapacity, type Shortage } from "./shortage";
import { underWay } from "./under-way";
import { RAMP, type Turn, type Waiting } from "./what-begins";

export function waitsInVain(turn: Omit<Turn, "placesMax">): readonly Waiting[] {
  const { active, overdueLedger } = underWay(turn);
  const overdue = active.filter(({ run, planned }) => run.phase === "overdue" && planned.surgeTasks > 0);
  const { needs, room } = turn.schedule;
  return turn.ready.flatMap((planned) => {
    const { clusterArn, clusterName } = planned;
    const most = turn.probation.has(clusterArn) ? 1 : RAMP;
    const ahead = overdue.filter((one) => one.planned.clusterArn === clusterArn).length;
    if (isOfRamp(planned, turn) && ahead >= most)
      return { planned, for: { kind: "ramp", clusterArn, clusterName } as Shortage };
    const lack = overdueLedger.lackOf(needs.get(planned.arn) ?? NO_NEED);
    const capacity = room.capacities[lack?.at ?? -1];
    return lack === null || capacity === undefined ? [] : { planned, for: lackingCapacity(capacity, lack, planned) };
  });
}
