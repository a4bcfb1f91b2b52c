// next(state, agenda, now) → commands: what to do in this state at this instant. It decides; the shell performs.
//
// Invariants
//   at most one wave is open; a wave opens only when the one before is closed and its soak is over
//   nothing is admitted unless the run is running; what is in flight is watched in every state
//   a service is admitted only from `queued`, and stopped only when the deployment is ours
//   none is admitted while another one that must not roll together with it is neither proved nor decided
//   decisions that need no call come first and alone, so that the next turn sees them
//   looks come before stops, stops before admissions, each in a turn of its own: nothing is started or stopped on an old look,
//   and a key in trouble is noticed before the next service is sent after it
//   the list is empty only for a run that has not begun or is finished

import { LIMITS } from "../limits";
import type { JournalEvent } from "../model/journal-event";
import type { PlannedService } from "../model/plan";
import type { ServiceVerdict } from "../model/verdict";
import { mutexWords } from "../plan/mutex";
import { isDecided } from "./apply-event";
import type { Agenda, Command } from "./command";
import { heldBack, mayBeginTogether } from "./held-back";
import { keyTrouble } from "./key-trouble";
import { deadlineAtMs, nextLookAtMs } from "./look-schedule";
import { runOutcome } from "./run-outcome";
import { ACTIVE_PHASES, type RunState, type ServiceRun } from "./run-state";

export interface Moment {
  readonly state: RunState;
  readonly agenda: Agenda;
  readonly nowMs: number;
}

export function nextCommands(moment: Moment): readonly Command[] {
  const { state, nowMs } = moment;
  if (state.status === "new" || state.status === "finished") return [];
  const decisions = decide(moment);
  if (decisions.length > 0) return decisions.map((event) => ({ kind: "record", event }));
  const inOrder = [() => [...doubtLooks(moment), ...looks(moment)], () => stops(moment), () => admissions(moment)];
  for (const step of inOrder) {
    const calls = step();
    if (calls.length > 0) return calls;
  }
  return ending(moment) ?? [{ kind: "wait", untilMs: wakeAtMs(moment, nowMs + LIMITS.tickMs) }];
}

/** Decisions that follow from the state alone. */
function decide(moment: Moment): readonly JournalEvent[] {
  const halted = haltDecision(moment.state);
  if (halted !== null) return [halted];
  const perService = pairs(moment.state).flatMap((pair) => serviceDecision(moment, pair) ?? []);
  if (perService.length > 0) return perService;
  const inVain = waitInVain(moment.state);
  if (inVain.length > 0) return inVain;
  const wave = waveDecision(moment);
  return wave === null ? [] : [wave];
}

function haltDecision(state: RunState): JournalEvent | null {
  if (state.status !== "running") return null;
  const trouble = keyTrouble(state);
  if (trouble !== null) return { kind: "halted", reason: `Fargate cannot use ${trouble.keyArn}: ${trouble.reason}` };
  const failed = inPhase(state, "failed").filter(({ arn }) => !state.forgiven.has(arn)).length;
  const { failuresMax, inFlightMax } = state.plan.options;
  if (failed > failuresMax)
    return { kind: "halted", reason: `${failed} services failed and ${failuresMax} are allowed` };
  const overdue = inPhase(state, "overdue").length;
  if (overdue >= inFlightMax && inPhase(state, "queued").length > 0)
    return { kind: "halted", reason: `${overdue} services are past their time and hold every place in flight` };
  return null;
}

function serviceDecision({ state, agenda, nowMs }: Moment, { run, planned }: Pair): JournalEvent | null {
  const watched = run.phase === "deploying" || run.phase === "settling" || run.phase === "superseded";
  if (watched && nowMs > deadlineAtMs(run, planned))
    return { kind: "overdue", service: run.arn, afterMs: nowMs - (run.intendedAtMs ?? nowMs) };
  if (run.phase === "queued" && run.attempts >= LIMITS.attemptsMax)
    return setAside(run, "refused", `${run.attempts} attempts did not reach AWS`, "scan, plan and run again");
  const deferred = agenda.deferred.get(run.arn);
  const waits = run.phase === "queued" || run.phase === "indoubt";
  if (waits && deferred !== undefined && deferred.lastMs - deferred.sinceMs >= LIMITS.inFlightWaitMaxMs)
    return setAside(
      run,
      deferred.class,
      `waited in vain: ${deferred.reason}`,
      "scan and plan again when that has ended",
    );
  if (run.phase === "overdue" && state.swept !== null) return overdueDecision(run, state.swept.proofs);
  return null;
}

/** The final sweep decides: proved when the deployment that we follow had ended well and only its drain took so long. */
function overdueDecision(run: ServiceRun, proofs: readonly ServiceVerdict[]): JournalEvent {
  const proof = proofs.find(({ serviceArn }) => serviceArn === run.arn);
  const ended = run.settledAtMs !== null || run.supersededBy !== null;
  if (ended && proof?.verdict === "pass") return { kind: "verified", service: run.arn, proof };
  const seen = ended && proof !== undefined ? proof.reason : "its deployment is still under way and was left so";
  return {
    kind: "failed",
    service: run.arn,
    failure: {
      reason: `not proved by the end of the run: ${seen}`,
      rolledBack: false,
      taskReason: run.progress?.startFailure ?? null,
      taskArn: run.progress?.failedTaskArn ?? null,
      remedy: "look at the service's events for what holds it up, then scan, plan and run again",
    },
  };
}

function setAside(run: ServiceRun, className: string, reason: string, remedy: string): JournalEvent {
  return { kind: "set-aside", service: run.arn, class: className, reason, remedy };
}

/**
 * When all that is left of a wave waits for services past their time, it is set aside: those hold what they hold until the final
 * sweep, which comes after the last wave.
 */
function waitInVain(state: RunState): readonly JournalEvent[] {
  const open = state.waves.find(({ status }) => status === "open");
  if (state.status !== "running" || open === undefined) return [];
  const waiting = heldBack(state).filter(({ holderPhase }) => holderPhase === "overdue");
  const left = pairs(state).filter(
    ({ run, planned }) => planned.wave === open.number && !isDecided(run) && run.phase !== "overdue",
  );
  if (waiting.length === 0 || waiting.length < left.length) return [];
  return waiting.map(({ planned, mutex, holder }) => ({
    kind: "set-aside",
    service: planned.arn,
    class: "held-back",
    reason: `it must not roll together with ${holder.clusterName}/${holder.name} (${mutexWords(mutex)}), which is past its time`,
    remedy: `scan, plan and run again when ${holder.clusterName}/${holder.name} has ended`,
  }));
}

function waveDecision({ state, nowMs }: Moment): JournalEvent | null {
  if (state.status !== "running") return null;
  const open = state.waves.find((wave) => wave.status === "open");
  if (open !== undefined) return closing(state, open.number, nowMs);
  const waiting = state.waves.find((wave) => wave.status === "waiting");
  if (waiting === undefined) return null;
  const before = state.waves.find((wave) => wave.number === waiting.number - 1);
  return (before?.soakUntilMs ?? 0) <= nowMs ? { kind: "wave-opened", wave: waiting.number } : null;
}

function closing(state: RunState, wave: number, nowMs: number): JournalEvent | null {
  const undecided = pairs(state).some(
    ({ run, planned }) => planned.wave === wave && !isDecided(run) && run.phase !== "overdue",
  );
  if (undecided) return null;
  const isLast = wave === state.waves.length;
  const soakMs = isLast ? 0 : (state.plan.waves.find((one) => one.number === wave)?.soakMs ?? 0);
  return { kind: "wave-closed", wave, soakUntilMs: nowMs + soakMs };
}

function doubtLooks(moment: Moment): readonly Command[] {
  return pairs(moment.state)
    .filter((pair) => pair.run.phase === "indoubt" && isDue(moment, pair))
    .map(({ run }) => ({ kind: "look-doubt", service: run.arn }));
}

function looks(moment: Moment): readonly Command[] {
  const due = pairs(moment.state).filter(
    (pair) => pair.run.phase !== "indoubt" && ACTIVE_PHASES.includes(pair.run.phase) && isDue(moment, pair),
  );
  return due.length === 0 ? [] : [{ kind: "look", services: due.map(({ run }) => run.arn) }];
}

/** Our own failing deployments are rolled back, unless the service's circuit breaker does it; others' are never touched. */
function stops({ state, nowMs }: Moment): readonly Command[] {
  return pairs(state).flatMap(({ run }) => {
    const { progress, serviceDeploymentArn, stop } = run;
    if (run.ownership !== "ours" || !isUnderWay(run) || serviceDeploymentArn === null) return [];
    if (progress === null || progress.phase === "rolling-back") return [];
    const why = stopReason(progress);
    const asked = stop !== null && (stop.accepted || stop.retryAtMs > nowMs);
    return why === null || asked ? [] : [{ kind: "stop", service: run.arn, serviceDeploymentArn, why }];
  });
}

/** Late or not, its deployment has neither ended nor been deployed over. */
function isUnderWay(run: ServiceRun): boolean {
  const isWatched = run.phase === "deploying" || run.phase === "overdue";
  return isWatched && run.settledAtMs === null && run.supersededBy === null;
}

function stopReason(progress: NonNullable<ServiceRun["progress"]>): string | null {
  if (progress.belowMinimum && progress.failedTasks > 0)
    return "fewer tasks run than the minimum healthy percent asks for, and new ones fail to start";
  if (progress.failedTasks >= LIMITS.startFailuresMax && !progress.rollsBackItself)
    return `${progress.failedTasks} tasks failed to start and no circuit breaker rolls the deployment back`;
  return null;
}

function admissions(moment: Moment): readonly Command[] {
  const { state, agenda, nowMs } = moment;
  const open = state.waves.find((wave) => wave.status === "open");
  if (state.status !== "running" || open === undefined) return [];
  const active = pairs(state).filter(({ run }) => ACTIVE_PHASES.includes(run.phase)).length;
  const room = Math.min(state.plan.options.inFlightMax - active, LIMITS.admissionBatchMax);
  const inOrder = state.plan.waves.find((wave) => wave.number === open.number)?.services ?? [];
  const byArn = new Map(pairs(state).map((pair) => [pair.run.arn, pair]));
  const ready = inOrder
    .flatMap((arn) => byArn.get(arn) ?? [])
    .filter(({ run }) => run.phase === "queued" && (agenda.deferred.get(run.arn)?.untilMs ?? 0) <= nowMs);
  const free = mayBeginTogether(state, ready);
  const first = free[0];
  if (first === undefined || room <= 0) return [];
  const { clusterArn } = first.planned;
  const batch = free.filter(({ planned }) => planned.clusterArn === clusterArn).slice(0, room);
  return [{ kind: "admit", clusterArn, services: batch.map(({ run }) => run.arn) }];
}

/** What is left to do once nothing is in flight but what is overdue; null while there is something to wait for. */
function ending({ state }: Moment): readonly Command[] | null {
  const stillActive = pairs(state).some(({ run }) => ACTIVE_PHASES.includes(run.phase) && run.phase !== "overdue");
  const allClosed = state.waves.every((wave) => wave.status === "closed");
  const isOver = state.status === "halted" || state.status === "aborting" || (state.status === "running" && allClosed);
  if (stillActive || !isOver) return null;
  if (state.swept === null) return [{ kind: "sweep" }];
  if (state.status === "halted") return [{ kind: "leave" }];
  return [{ kind: "finish", outcome: runOutcome(state) }];
}

function wakeAtMs(moment: Moment, latestMs: number): number {
  const { state, agenda, nowMs } = moment;
  const lookTimes = pairs(state)
    .filter(({ run }) => ACTIVE_PHASES.includes(run.phase))
    .map((pair) => nextLookAtMs({ ...pair, agenda }));
  const soaks = state.waves.flatMap((wave) => wave.soakUntilMs ?? []);
  const deferrals = [...agenda.deferred.values()].map((one) => one.untilMs);
  const ahead = [...lookTimes, ...soaks, ...deferrals].filter((at) => at > nowMs);
  return Math.min(latestMs, ...ahead);
}

interface Pair {
  readonly run: ServiceRun;
  readonly planned: PlannedService;
}

function pairs(state: RunState): readonly Pair[] {
  return state.plan.services.flatMap((planned) => {
    const run = state.services.get(planned.arn);
    return run === undefined ? [] : [{ run, planned }];
  });
}

function isDue(moment: Moment, pair: Pair): boolean {
  return nextLookAtMs({ ...pair, agenda: moment.agenda }) <= moment.nowMs;
}

function inPhase(state: RunState, phase: ServiceRun["phase"]): readonly ServiceRun[] {
  return [...state.services.values()].filter((run) => run.phase === phase);
}
