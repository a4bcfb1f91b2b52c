// What follows from how keys are seen: clusters on which nothing more is started, and their return.
//
// Invariants
//   a key in trouble holds every cluster of the run that has it, at once; other keys go on
//   what looking found wrong is released only after looking has found it right for as long as AWS may take to put it into force;
//   what only start failures show is released by a person
//   a service that failed by its key's fault has one more try after the release, and costs nobody's failure budget until then

import type { JournalEvent } from "../model/journal-event";
import { isDecided } from "./apply-event";
import { KEY_LIMITS } from "./key-limits";
import { hasSecondTry, keyTroubles } from "./key-trouble";
import type { Moment } from "./moment";
import { ACTIVE_PHASES, type RunState, type TargetRun } from "./run-state";
import { isHeld, isReached, type Pair, pairs } from "./service-pairs";

/** Events that the state alone calls for; none when keys are as they were. */
export function keyDecisions({ state, nowMs }: Moment): readonly JournalEvent[] {
  const targets = [...state.targets.values()];
  return [...newHolds(state, targets), ...releases(targets, nowMs), ...secondTries(state)];
}

/** Clusters whose keys are to be looked at now: before more is sent after them, and while they are held. */
export function dueTargets({ state, agenda, nowMs }: Moment): readonly string[] {
  if (state.status !== "running") return [];
  const isConcerned = (pair: Pair) => isWaiting(state, pair) || (isHeld(state, pair.planned) && !isDecided(pair.run));
  const wanted = new Set(
    pairs(state)
      .filter(isConcerned)
      .map(({ planned }) => planned.clusterArn),
  );
  return [...state.targets.values()]
    .filter(({ clusterArn }) => wanted.has(clusterArn))
    .filter(({ clusterArn, hold }) => {
      const last = agenda.targetLookAtMs.get(clusterArn);
      if (last === undefined || (hold !== null && last < hold.sinceMs)) return true;
      return nowMs - last >= (hold === null ? KEY_LIMITS.lookAgeMaxMs : KEY_LIMITS.heldLookMs);
    })
    .map(({ clusterArn }) => clusterArn);
}

/** Why the run can do nothing more before somebody sees to a key; null while there is something to do or to wait for. */
export function stuckOnKeys({ state, agenda, nowMs }: Moment): string | null {
  const all = pairs(state);
  const isUnderWay = all.some(({ run }) => ACTIVE_PHASES.includes(run.phase) && run.phase !== "overdue");
  const waiting = all.filter((pair) => isWaiting(state, pair));
  if (isUnderWay || waiting.length === 0) return null;
  const holds = waiting.flatMap(({ planned }) => {
    const target = state.targets.get(planned.clusterArn);
    return target?.hold == null ? [] : [{ target, hold: target.hold }];
  });
  if (holds.length < waiting.length) return null;
  const lasting = holds.find(({ target, hold }) => {
    const last = agenda.targetLookAtMs.get(target.clusterArn);
    const isLookedAt = last !== undefined && last >= hold.sinceMs;
    const isPastWaiting = target.problem !== null && nowMs - hold.sinceMs >= KEY_LIMITS.holdWaitMaxMs;
    return isLookedAt && (hold.cause === "start-failures" || isPastWaiting);
  });
  return lasting === undefined ? null : `Fargate cannot use ${lasting.target.keyArn}: ${lasting.hold.reason}`;
}

/** Whether something is left to do for it on its cluster: it is to come, or may come again. */
export function isWaiting(state: RunState, { run, planned }: Pair): boolean {
  return isReached(state, planned) && (run.phase === "queued" || mayComeAgain(state, { run, planned }));
}

/** Whether a failed service keeps its wave open, because its cluster is held by the trouble that it failed of. */
export function mayComeAgain(state: RunState, { run, planned }: Pair): boolean {
  return hasSecondTry(run) && isHeld(state, planned);
}

function newHolds(state: RunState, targets: readonly TargetRun[]): readonly JournalEvent[] {
  const seen = targets.filter(({ problem, hold }) => problem !== null && hold?.cause !== "looked");
  const inferred = keyTroubles(state).flatMap(({ keyArn, reason }) => {
    const free = targets.filter(
      (target) => target.keyArn === keyArn && target.hold === null && target.problem === null,
    );
    return free.length === 0 ? [] : [held(free, keyArn, { reason, cause: "start-failures" })];
  });
  return [...seen.map((one) => held([one], one.keyArn, { reason: one.problem ?? "", cause: "looked" })), ...inferred];
}

function held(
  targets: readonly TargetRun[],
  keyArn: string,
  why: Pick<Extract<JournalEvent, { kind: "held" }>, "reason" | "cause">,
): JournalEvent {
  return { kind: "held", clusters: targets.map(({ clusterArn }) => clusterArn), keyArn, ...why };
}

function releases(targets: readonly TargetRun[], nowMs: number): readonly JournalEvent[] {
  return targets
    .filter(({ hold, rightSinceMs }) => {
      if (hold?.cause !== "looked" || rightSinceMs === null) return false;
      return nowMs - rightSinceMs >= KEY_LIMITS.rightForMs;
    })
    .map(({ clusterArn, keyArn }) => ({ kind: "released", clusters: [clusterArn], keyArn }));
}

function secondTries(state: RunState): readonly JournalEvent[] {
  if (state.status !== "running") return [];
  const services = pairs(state).flatMap(({ run, planned }) => {
    const target = state.targets.get(planned.clusterArn);
    const isFree = target !== undefined && target.hold === null && target.releasedAtMs !== null;
    const before = isFree && (run.endedAtMs ?? 0) <= (target.releasedAtMs ?? 0);
    return before && hasSecondTry(run) ? [run.arn] : [];
  });
  return services.length === 0
    ? []
    : [{ kind: "requeued", services, why: "the key that they failed of is right again" }];
}
