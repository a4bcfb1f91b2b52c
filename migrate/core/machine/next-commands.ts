// next(moment) → commands: what to do in this state at this instant. It decides; the shell performs.
//
// Invariants
//   nothing is admitted unless the run is running; what is in flight is watched in every state
//   a service is admitted only from `queued`, and stopped only when the deployment is ours
//   decisions that need no call come first and alone, so that the next turn sees them
//   looks come before stops, stops before admissions, each in a turn of its own: nothing is started or stopped on an old look,
//   and a key in trouble is noticed before the next service is sent after it
//   the list is empty only for a run that has not begun or is finished

import { LIMITS } from "../limits";
import type { JournalEvent } from "../model/journal-event";
import { admissions, beginning, doDrainsMatter } from "./admissions";
import type { Command } from "./command";
import { dueTargets, keyDecisions } from "./key-holds";
import { KEY_LIMITS } from "./key-limits";
import { nextLookAtMs } from "./look-schedule";
import type { Moment } from "./moment";
import { haltDecision, serviceDecision, waitInVain } from "./run-decisions";
import { runOutcome } from "./run-outcome";
import { ACTIVE_PHASES } from "./run-state";
import { type Pair, pairs } from "./service-pairs";
import { stops } from "./stops";
import { gateLook, waveDecision } from "./wave-gates";

export function nextCommands(moment: Moment): readonly Command[] {
  const { state } = moment;
  if (state.status === "new" || state.status === "finished") return [];
  const decisions = decide(moment);
  if (decisions.length > 0) return decisions.map((event) => ({ kind: "record", event }));
  const inOrder = [
    () => [...doubtLooks(moment), ...looks(moment)],
    () => targetLooks(moment),
    () => stops(moment),
    () => gateLook(moment),
    () => admissions(moment),
  ];
  for (const step of inOrder) {
    const calls = step();
    if (calls.length > 0) return calls;
  }
  return ending(moment) ?? [{ kind: "wait", untilMs: wakeAtMs(moment) }];
}

/** Decisions that follow from what is known; those of one kind, so that the next kind is decided on what they made of it. */
function decide(moment: Moment): readonly JournalEvent[] {
  const kinds = [
    () => keyDecisions(moment),
    () => listOf(haltDecision(moment)),
    () => pairs(moment.state).flatMap((pair) => serviceDecision(moment, pair) ?? []),
    () => waitInVain(moment),
    () => listOf(waveDecision(moment)),
  ];
  for (const kind of kinds) {
    const events = kind();
    if (events.length > 0) return events;
  }
  return [];
}

function listOf<T>(one: T | null): readonly T[] {
  return one === null ? [] : [one];
}

function doubtLooks(moment: Moment): readonly Command[] {
  return pairs(moment.state)
    .filter((pair) => pair.run.phase === "indoubt" && isDue(moment, pair, true))
    .map(({ run }) => ({ kind: "look-doubt", service: run.arn }));
}

function looks(moment: Moment): readonly Command[] {
  const drainsMatter = doDrainsMatter(moment);
  const due = pairs(moment.state).filter(
    (pair) =>
      pair.run.phase !== "indoubt" && ACTIVE_PHASES.includes(pair.run.phase) && isDue(moment, pair, drainsMatter),
  );
  return due.length === 0 ? [] : [{ kind: "look", services: due.map(({ run }) => run.arn), drainsMatter }];
}

function targetLooks(moment: Moment): readonly Command[] {
  const clusters = dueTargets(moment);
  return clusters.length === 0 ? [] : [{ kind: "look-targets", clusters }];
}

/** What is left to do once nothing is in flight but what is overdue; null while there is something to wait for. */
function ending({ state, settings, agenda }: Moment): readonly Command[] | null {
  const stillActive = pairs(state).some(({ run }) => ACTIVE_PHASES.includes(run.phase) && run.phase !== "overdue");
  if (stillActive) return null;
  const isSpent = settings.limit !== null && agenda.begun >= settings.limit;
  if (state.status === "paused" && isSpent) return [{ kind: "leave" }];
  const isLeft = pairs(state).some(({ run }) => run.phase === "queued");
  if (state.status === "running" && isSpent && isLeft) return [{ kind: "pause-at-limit" }];
  const allClosed = state.waves.every((wave) => wave.status === "closed") && !isLeft;
  const isOver = state.status === "halted" || state.status === "aborting" || (state.status === "running" && allClosed);
  if (!isOver) return null;
  if (state.swept === null) return [{ kind: "sweep" }];
  if (state.status === "halted") return [{ kind: "leave" }];
  return [{ kind: "finish", outcome: runOutcome(state) }];
}

/** The next instant at which something may be due: a tick at the latest, so that a request from elsewhere takes effect in time. */
function wakeAtMs(moment: Moment): number {
  const { state, agenda, nowMs } = moment;
  const drainsMatter = doDrainsMatter(moment);
  const lookTimes = pairs(state)
    .filter(({ run }) => ACTIVE_PHASES.includes(run.phase))
    .map((pair) => nextLookAtMs({ ...pair, agenda, drainsMatter }));
  const soaks = state.waves.flatMap((wave) => wave.soakUntilMs ?? []);
  const deferrals = [...agenda.deferred.values()].map((one) => one.untilMs);
  const keys = [...state.targets.values()].flatMap(({ rightSinceMs, hold }) =>
    hold === null || rightSinceMs === null ? [] : [rightSinceMs + KEY_LIMITS.rightForMs],
  );
  const room = beginning(moment)?.nextAtMs ?? [];
  const ahead = [...lookTimes, ...soaks, ...deferrals, ...keys, ...[room].flat()].filter((at) => at > nowMs);
  return Math.min(nowMs + LIMITS.tickMs, ...ahead);
}

function isDue({ agenda, nowMs }: Moment, pair: Pair, drainsMatter: boolean): boolean {
  return nextLookAtMs({ ...pair, agenda, drainsMatter }) <= nowMs;
}
