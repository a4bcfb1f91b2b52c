// When a service is looked at next. Until its first task runs on the key it is watched closely, so that a start failure is
// seen in time whatever the estimate says; after that it is left alone until its end is near.

import { LIMITS } from "../limits";
import type { PlannedService } from "../model/plan";
import type { Agenda } from "./command";
import type { ServiceRun } from "./run-state";

export interface LookQuestion {
  readonly run: ServiceRun;
  readonly planned: PlannedService;
  readonly agenda: Agenda;
}

/** The instant of the next look, in milliseconds since the epoch. */
export function nextLookAtMs({ run, planned, agenda }: LookQuestion): number {
  const last = agenda.lastLookAtMs.get(run.arn);
  if (run.phase === "indoubt") return last === undefined ? 0 : last + LIMITS.doubtLooksApartMs;
  const base = last ?? run.intendedAtMs ?? 0;
  return base + intervalMs(run, planned, base);
}

/** The instant after which a service counts as overdue; it is watched on. */
export function deadlineAtMs(run: ServiceRun, planned: PlannedService): number {
  const allowance = Math.max(LIMITS.deadlineFloorMs, LIMITS.deadlineFactor * planned.estimate.toCapacityFreeMs);
  return (run.intendedAtMs ?? 0) + allowance;
}

function intervalMs(run: ServiceRun, planned: PlannedService, lastMs: number): number {
  switch (run.phase) {
    case "overdue":
      return LIMITS.overdueLookMs;
    case "settling":
      return LIMITS.nearEndLookMs;
    case "superseded":
      return LIMITS.quietLookMs;
    default: {
      const begun = (run.progress?.tasksOnKey ?? 0) > 0 && run.progress?.failedTasks === 0;
      if (!begun) return LIMITS.firstLookMs;
      const endMs = (run.intendedAtMs ?? 0) + 0.8 * planned.estimate.toSuccessMs;
      return lastMs + LIMITS.quietLookMs > endMs ? LIMITS.nearEndLookMs : LIMITS.quietLookMs;
    }
  }
}
