// When a service is looked at next. Until its first task runs on the key it is watched closely, so that a start failure is seen in
// time whatever the estimate says; after that it is left alone until its end is near.
//
// Looks are due at whole multiples of their interval on the run's clock, not so long after the last one: services that were begun
// at different moments are so looked at together, and one call shows ten, twenty or a hundred of them. What has ended well and only
// drains is looked at closely when somebody waits for it: for the room that it takes, or for the end of its wave.
// Invariant: from one look to the next no more than LIMITS.looksApartMinMs and one interval pass, which limitsProblem holds
// against the time within which a start failure must be seen.

import { LIMITS } from "../limits";
import type { PlannedService } from "../model/plan";
import type { Agenda } from "./command";
import type { ServiceRun } from "./run-state";

export interface LookQuestion {
  readonly run: ServiceRun;
  readonly planned: PlannedService;
  readonly agenda: Agenda;
  /** Whether anybody waits for the end of a drain. */
  readonly drainsMatter: boolean;
}

/** The instant of the next look, in milliseconds since the epoch. */
export function nextLookAtMs({ run, planned, agenda, drainsMatter }: LookQuestion): number {
  const last = agenda.lastLookAtMs.get(run.arn);
  if (run.phase === "indoubt") return last === undefined ? 0 : last + LIMITS.doubtLooksApartMs;
  const base = last ?? run.intendedAtMs ?? 0;
  if (run.phase === "settling" && !drainsMatter) {
    const { soonestMs } = drainEndsAtMs(run, planned);
    return nextMultiple(Math.max(base + LIMITS.looksApartMinMs, soonestMs), LIMITS.idleDrainLookMs);
  }
  return nextMultiple(base + LIMITS.looksApartMinMs, intervalMs(run, planned, base));
}

/** The instant after which a service counts as overdue; it is watched on. */
export function deadlineAtMs(run: ServiceRun, planned: PlannedService): number {
  const allowance = Math.max(LIMITS.deadlineFloorMs, LIMITS.deadlineFactor * planned.estimate.toCapacityFreeMs);
  return (run.intendedAtMs ?? 0) + allowance;
}

function nextMultiple(afterMs: number, intervalMs: number): number {
  return Math.ceil(afterMs / intervalMs) * intervalMs;
}

function intervalMs(run: ServiceRun, planned: PlannedService, lastMs: number): number {
  switch (run.phase) {
    case "overdue":
      return LIMITS.overdueLookMs;
    case "settling":
      return drainIntervalMs(planned, lastMs, drainEndsAtMs(run, planned));
    case "superseded":
      return LIMITS.quietLookMs;
    default:
      return deployingIntervalMs(run, planned, lastMs);
  }
}

function deployingIntervalMs(run: ServiceRun, planned: PlannedService, lastMs: number): number {
  const { progress, intendedAtMs } = run;
  if ((progress?.failedTasks ?? 0) > 0) return LIMITS.nearEndLookMs;
  if ((progress?.tasksOnKey ?? 0) === 0) return LIMITS.firstLookMs;
  const { toSuccessMs } = planned.estimate;
  const beganMs = intendedAtMs ?? 0;
  return endIntervalMs(planned, lastMs, {
    soonestMs: beganMs + 0.8 * toSuccessMs,
    latestMs: beganMs + 2 * toSuccessMs,
  });
}

interface ExpectedEnd {
  readonly soonestMs: number;
  /** Who has not ended by then was misjudged, and is watched no more closely than the others. */
  readonly latestMs: number;
}

/** Its end was noticed up to a quiet look after it came, and the drain of its last old task began before. */
function drainEndsAtMs({ settledAtMs }: ServiceRun, { estimate }: PlannedService): ExpectedEnd {
  const drainMs = estimate.toCapacityFreeMs - estimate.toSuccessMs;
  const settledMs = settledAtMs ?? 0;
  return {
    soonestMs: settledMs + 0.8 * drainMs - LIMITS.quietLookMs,
    latestMs: settledMs + 2 * drainMs + LIMITS.quietLookMs,
  };
}

/** Nothing can fail to start any more, so it is left alone for longer. */
function drainIntervalMs(planned: PlannedService, lastMs: number, end: ExpectedEnd): number {
  return lastMs + LIMITS.drainLookMs <= end.soonestMs ? LIMITS.drainLookMs : endIntervalMs(planned, lastMs, end);
}

function endIntervalMs({ estimate }: PlannedService, lastMs: number, { soonestMs, latestMs }: ExpectedEnd): number {
  if (estimate.toCapacityFreeMs >= LIMITS.longRollMs) return LIMITS.quietLookMs;
  const isNear = lastMs + LIMITS.quietLookMs > soonestMs && lastMs <= latestMs;
  return isNear ? LIMITS.nearEndLookMs : LIMITS.quietLookMs;
}
