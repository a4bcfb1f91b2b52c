// Which services are begun next: queued ones of waves that have been reached, on clusters that are not held, as many as there is
// room for.
//
// Invariants
//   nothing is begun unless the run is running, and nothing beyond this process's own limit
//   a batch is of one cluster, so that one look at it serves all
//   on a cluster whose key nobody has seen work yet, or not since it was in trouble, only few are on their way at a time

import { LIMITS } from "../limits";
import type { PlannedService } from "../model/plan";
import type { Shortage } from "../schedule/shortage";
import { type Beginning, type Turn, whatBegins } from "../schedule/what-begins";
import type { Command } from "./command";
import type { Moment } from "./moment";
import { holdsItsPlace } from "./proof-wait";
import type { RunState } from "./run-state";
import { isHeld, isReached, type Pair, pairs } from "./service-pairs";

export function admissions(moment: Moment): readonly Command[] {
  const [first, ...others] = beginning(moment)?.begin ?? [];
  if (first === undefined) return [];
  const { clusterArn } = first;
  const batch = [first, ...others.filter((one) => one.clusterArn === clusterArn)].slice(0, LIMITS.admissionBatchMax);
  return [{ kind: "admit", clusterArn, services: batch.map(({ arn }) => arn) }];
}

/** What may begin now and what waits for which resource; null when nothing may, whatever there is room for. Reckoned once a moment. */
export function beginning(moment: Moment): Beginning | null {
  const known = beginnings.get(moment);
  if (known !== undefined) return known;
  const reckoned = reckonBeginning(moment);
  beginnings.set(moment, reckoned);
  return reckoned;
}

/** A moment never changes, and looks, admissions and the time to wake up all ask of the same one. */
const beginnings = new WeakMap<Moment, Beginning | null>();

function reckonBeginning(moment: Moment): Beginning | null {
  const { state, settings, agenda } = moment;
  const active = pairs(state).filter(holdsItsPlace).length;
  const limitLeft = settings.limit === null ? Number.POSITIVE_INFINITY : settings.limit - agenda.begun;
  const placesMax = Math.min(state.plan.options.inFlightMax - active, limitLeft);
  if (state.status !== "running" || placesMax <= 0) return null;
  const turn = turnOf(moment);
  return turn.ready.length === 0 ? null : whatBegins({ ...turn, placesMax });
}

const FREED_BY_DRAINS: readonly Shortage["kind"][] = ["vcpu", "addresses", "targets", "mutex"];

/** Whether anybody waits for the end of a drain: for the room that it takes, or for the end of its wave, of which nothing else is left. */
export function doDrainsMatter(moment: Moment): boolean {
  const { state } = moment;
  const isAhead = ({ run, planned }: Pair) => run.phase === "queued" && isReached(state, planned);
  const isAnyToCome = state.status === "running" && pairs(state).some(isAhead);
  if (!isAnyToCome) return !pairs(state).some((pair) => holdsItsPlace(pair) && pair.run.phase !== "overdue");
  const waiting = beginning(moment)?.waiting ?? [];
  return waiting.some((one) => FREED_BY_DRAINS.includes(one.for.kind));
}

/** What could begin by now, were there room for it. */
export function turnOf(moment: Moment): Omit<Turn, "placesMax"> {
  const { state, schedule, nowMs } = moment;
  const ready = pairs(state)
    .filter((pair) => isReady(moment, pair))
    .map(({ planned }) => planned);
  return { state, schedule, ready, nowMs, leadMs: LIMITS.admissionLeadMs, ...ramps(state) };
}

function isReady({ state, agenda, nowMs }: Moment, { run, planned }: Pair): boolean {
  if (run.phase !== "queued" || !isReached(state, planned) || isHeld(state, planned)) return false;
  return (agenda.deferred.get(run.arn)?.untilMs ?? 0) <= nowMs;
}

/** Clusters on which no task was seen on its key yet, and those of them whose key has been in trouble. */
function ramps(state: RunState): { readonly unproven: ReadonlySet<string>; readonly probation: ReadonlySet<string> } {
  const seen = new Set(
    pairs(state).flatMap(({ run, planned }) => (isSeen(state, run.onKeyAtMs, planned) ? planned.clusterArn : [])),
  );
  const unproven = [...state.targets.values()].filter(({ clusterArn }) => !seen.has(clusterArn));
  const probation = unproven.filter(({ releasedAtMs }) => releasedAtMs !== null);
  const arns = (targets: typeof unproven) => new Set(targets.map(({ clusterArn }) => clusterArn));
  return { unproven: arns(unproven), probation: arns(probation) };
}

function isSeen({ targets }: RunState, onKeyAtMs: number | null, { clusterArn }: PlannedService): boolean {
  return onKeyAtMs !== null && onKeyAtMs > (targets.get(clusterArn)?.releasedAtMs ?? 0);
}
