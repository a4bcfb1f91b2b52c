// Which deployments are rolled back, and why.
//
// Invariants
//   only a deployment that AWS's reply named as ours, while it is under way; others' are never touched
//   one that the service's circuit breaker rolls back by itself is left to it, unless its key is in trouble or the run is aborted so
//   one whose tasks all run on the key already is never undone for a key's trouble or an abort

import { LIMITS } from "../limits";
import type { ServiceProgress } from "../model/journal-event";
import type { Command } from "./command";
import { KEY_STOP_REASON } from "./key-trouble";
import type { Moment } from "./moment";
import type { ServiceRun } from "./run-state";
import { isHeld, type Pair, pairs } from "./service-pairs";

/** Why a deployment is rolled back that did nothing wrong, when its run is aborted so. */
export const ABORT_STOP_REASON = "the run was aborted";

export function stops(moment: Moment): readonly Command[] {
  return pairs(moment.state).flatMap((pair) => {
    const { run } = pair;
    const { serviceDeploymentArn, stop, progress } = run;
    if (run.ownership !== "ours" || !isUnderWay(run) || serviceDeploymentArn === null) return [];
    if (progress?.phase === "rolling-back") return [];
    const isAsked = stop !== null && (stop.accepted || stop.retryAtMs > moment.nowMs);
    const why = isAsked ? null : stopReason(moment, pair);
    return why === null ? [] : [{ kind: "stop", service: run.arn, serviceDeploymentArn, why }];
  });
}

function stopReason({ state, settings }: Moment, { run, planned }: Pair): string | null {
  if (isWhollyOnKey(run.progress)) return null;
  if (isHeld(state, planned) && settings.onKeyTrouble === "rollback") return KEY_STOP_REASON;
  return state.rollsBackAll ? ABORT_STOP_REASON : failingReason(run.progress);
}

function failingReason(progress: ServiceProgress | null): string | null {
  if (progress === null) return null;
  if (progress.belowMinimum && progress.failedTasks > 0)
    return "fewer tasks run than the minimum healthy percent asks for, and new ones fail to start";
  if (progress.failedTasks >= LIMITS.startFailuresMax && !progress.rollsBackItself)
    return `${progress.failedTasks} tasks failed to start and no circuit breaker rolls the deployment back`;
  return null;
}

function isWhollyOnKey(progress: ServiceProgress | null): boolean {
  return progress !== null && progress.failedTasks === 0 && progress.tasksOnKey >= progress.tasksWanted;
}

/** Late or not, its deployment has neither ended nor been deployed over. */
function isUnderWay(run: ServiceRun): boolean {
  const isWatched = run.phase === "deploying" || run.phase === "overdue";
  return isWatched && run.settledAtMs === null && run.supersededBy === null;
}
