// The services of a run beside what was planned for them.

import type { PlannedService } from "../model/plan";
import type { RunState, ServiceRun } from "./run-state";

export interface Pair {
  readonly run: ServiceRun;
  readonly planned: PlannedService;
}

/** In the plan's order. */
export function pairs(state: RunState): readonly Pair[] {
  return state.plan.services.flatMap((planned) => {
    const run = state.services.get(planned.arn);
    return run === undefined ? [] : [{ run, planned }];
  });
}

/** Whether nothing is started on its cluster, because its key is in trouble. */
export function isHeld({ targets }: RunState, { clusterArn }: PlannedService): boolean {
  return targets.get(clusterArn)?.hold != null;
}

export function inPhase(state: RunState, phase: ServiceRun["phase"]): readonly ServiceRun[] {
  return [...state.services.values()].filter((run) => run.phase === phase);
}

/** Whether its wave has been reached: one that had another try may belong to a wave that was closed before. */
export function isReached({ waves }: RunState, { wave }: PlannedService): boolean {
  const found = waves.find(({ number }) => number === wave);
  return found !== undefined && found.status !== "waiting";
}
