// Whoever only waits for its proof: its deployment has ended well and its old tasks have stopped, so it holds nothing any more.
//
// A proof lists tasks, of a service or of the whole cluster at the same price for one service and for many. So services that have
// drained wait a little for others of their cluster, as long as that makes anything cheaper and anything else is under way.
//
// Invariants
//   a place in flight is for what can still fail: it is given back as soon as the deployment has ended well, while old tasks drain
//   room (vCPU, addresses, targets, a mutex) is what is really taken: it is held until the last old task has stopped
//   who waits for its proof holds neither: waiting costs the others nothing
//   whoever others must not roll beside does not wait, and holds its room until it is proved
//   nobody waits longer than LIMITS.proofWaitMaxMs
//   when nothing else is under way, nobody waits

import { LIMITS } from "../limits";
import type { PlannedService } from "../model/plan";
import { ACTIVE_PHASES, type RunState, type ServiceRun } from "./run-state";
import { type Pair, pairs } from "./service-pairs";

export function isDrained({ phase, drainedAtMs }: ServiceRun): boolean {
  return phase === "settling" && drainedAtMs !== null;
}

/** Whether it still takes up a place in flight. */
export function holdsItsPlace({ run }: Pair): boolean {
  return ACTIVE_PHASES.includes(run.phase) && run.phase !== "settling";
}

/** Whether it still takes up room for what it runs beside what it had. */
export function holdsItsRoom({ run, planned: { mutexes = [] } }: Pair): boolean {
  return ACTIVE_PHASES.includes(run.phase) && (mutexes.length > 0 || !isDrained(run));
}

export interface ProofGroup {
  /** Of one cluster. */
  readonly drained: readonly PlannedService[];
  /** How long the first of them has waited. */
  readonly waitedMs: number;
  /** Calls that listing their tasks takes together, by the counts at hand. */
  readonly listCalls: number;
  readonly isAnythingElseUnderWay: boolean;
}

/** Lists that a proof may cost: more than this, and it waits for more services to share them. */
const LISTS_A_SERVICE_MAX = 0.25;

export function isWorthProving({ drained, waitedMs, listCalls, isAnythingElseUnderWay }: ProofGroup): boolean {
  if (!isAnythingElseUnderWay || waitedMs >= LIMITS.proofWaitMaxMs) return true;
  if (drained.some(({ mutexes = [] }) => mutexes.length > 0)) return true;
  return listCalls <= LISTS_A_SERVICE_MAX * drained.length;
}

/** Other than those given. */
export function isAnythingUnderWay(state: RunState, except: ReadonlySet<string>): boolean {
  const open = new Set(state.waves.filter(({ status }) => status === "open").map(({ number }) => number));
  return pairs(state).some(({ run, planned }) => {
    if (run.phase === "overdue" || except.has(run.arn)) return false;
    const isToCome = state.status === "running" && run.phase === "queued" && open.has(planned.wave);
    return isToCome || holdsItsRoom({ run, planned });
  });
}
