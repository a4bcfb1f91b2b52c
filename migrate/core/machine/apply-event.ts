// apply(state, event) → state: total over any sequence of events, so that any journal folds.
// An event that makes no sense in a state (a line for a service that the plan does not have) changes nothing.
//
// Invariants
//   an intent alone puts the service in doubt; only its answer takes it out, so a crash between the two leaves the doubt standing
//   an answer and a look for one count only while the service is in doubt: a late or repeated one changes nothing
//   a decided phase (verified, failed, set aside) and a finished run are left by nothing
//   a halt and an abort outlive the end of the process: what pauses or resumes it does not undo them

import { LIMITS } from "../limits";
import type { JournalEvent, RedeployAnswer } from "../model/journal-event";
import type { RunState, ServiceRun, WaveRun } from "./run-state";

export interface TimedEvent {
  readonly event: JournalEvent;
  readonly atMs: number;
}

export function applyEvent(state: RunState, { event, atMs }: TimedEvent): RunState {
  if (state.status === "finished") return state;
  switch (event.kind) {
    case "run-started":
      return state.status === "new" ? { ...state, status: "running", startedAtMs: atMs } : state;
    case "preflight":
      return state;
    case "run-resumed":
      return { ...(state.status === "paused" ? { ...state, status: "running", reason: null } : state), swept: null };
    case "control":
      return controlled(state, event.request);
    case "halted":
      return state.status === "aborting" ? state : { ...state, status: "halted", reason: event.reason };
    case "paused":
      return state.status === "running" ? { ...state, status: "paused", reason: event.reason } : state;
    case "swept":
      return {
        ...state,
        swept: { proofs: event.proofs, standalone: event.standalone, newServices: event.newServices, atMs },
      };
    case "finished":
      return { ...state, status: "finished", outcome: event.outcome, endedAtMs: atMs };
    case "wave-opened":
      return withWave(state, event.wave, { status: "open", openedAtMs: atMs });
    case "wave-closed":
      return withWave(state, event.wave, { status: "closed", closedAtMs: atMs, soakUntilMs: event.soakUntilMs });
    default:
      return withService(state, event.service, (run) => applyToService(run, event, atMs));
  }
}

type ServiceEvent = Extract<JournalEvent, { readonly service: string }>;

function applyToService(run: ServiceRun, event: ServiceEvent, atMs: number): ServiceRun {
  if (isDecided(run)) return run;
  switch (event.kind) {
    case "set-aside":
      return {
        ...run,
        phase: "set-aside",
        endedAtMs: atMs,
        setAside: { class: event.class, reason: event.reason, remedy: event.remedy },
      };
    case "redeploy-intended":
      return {
        ...run,
        phase: "indoubt",
        attempts: event.attempt,
        intendedAtMs: atMs,
        knownDeployments: event.knownDeployments,
        knownServiceDeployments: event.knownServiceDeployments,
        oldTasks: event.oldTasks,
        emptyLooksAtMs: [],
      };
    case "redeploy-answered":
      return answered(run, event.answer, atMs);
    case "doubt-looked":
      if (run.phase !== "indoubt") return run;
      return event.found.kind === "adopted"
        ? followed(run, { ...event.found, ownership: "adopted" })
        : lookedInVain(run, atMs);
    case "progressed":
      return {
        ...run,
        progress: event.progress,
        serviceDeploymentArn: run.serviceDeploymentArn ?? event.progress.serviceDeploymentArn,
      };
    case "settled":
      return { ...run, phase: run.phase === "overdue" ? "overdue" : "settling", settledAtMs: run.settledAtMs ?? atMs };
    case "stop-intended":
      return {
        ...run,
        stop: {
          serviceDeploymentArn: event.serviceDeploymentArn,
          why: event.why,
          accepted: false,
          retryAtMs: atMs + LIMITS.stopRetryMs,
        },
      };
    case "stop-answered":
      return run.stop === null ? run : { ...run, stop: { ...run.stop, accepted: event.accepted } };
    case "superseded":
      return {
        ...run,
        phase: run.phase === "overdue" ? "overdue" : "superseded",
        supersededBy: event.byDeploymentId,
      };
    case "overdue":
      return { ...run, phase: "overdue" };
    case "verified":
      return { ...run, phase: "verified", endedAtMs: atMs, proof: event.proof };
    case "failed":
      return { ...run, phase: "failed", endedAtMs: atMs, failure: event.failure };
  }
}

/** Whether a service is done with, for this run: nothing is done to it any more. */
export function isDecided(run: ServiceRun): boolean {
  return run.phase === "verified" || run.phase === "failed" || run.phase === "set-aside";
}

function answered(run: ServiceRun, answer: RedeployAnswer, atMs: number): ServiceRun {
  if (run.phase !== "indoubt") return run;
  switch (answer.kind) {
    case "started":
      return followed(run, { ...answer, ownership: "ours" });
    case "not-sent":
      return { ...run, phase: "queued" };
    case "refused":
      return {
        ...run,
        phase: "set-aside",
        endedAtMs: atMs,
        setAside: { class: "refused", reason: `AWS refused the deployment: ${answer.message}`, remedy: null },
      };
    case "in-doubt":
      return run;
  }
}

interface Followed {
  readonly deploymentId: string;
  readonly serviceDeploymentArn: string | null;
  readonly ownership: "ours" | "adopted";
}

function followed(run: ServiceRun, { deploymentId, serviceDeploymentArn, ownership }: Followed): ServiceRun {
  return { ...run, phase: "deploying", deploymentId, serviceDeploymentArn, ownership };
}

/** Two looks far enough apart that found nothing end the doubt: the call never reached AWS, and may be made again. */
function lookedInVain(run: ServiceRun, atMs: number): ServiceRun {
  const first = run.emptyLooksAtMs[0];
  const apart = first !== undefined && atMs - first >= LIMITS.doubtLooksApartMs;
  const looks = first === undefined || apart ? [...run.emptyLooksAtMs, atMs] : run.emptyLooksAtMs;
  return { ...run, emptyLooksAtMs: looks, phase: looks.length >= LIMITS.doubtLooksNeeded ? "queued" : run.phase };
}

function controlled(state: RunState, request: "pause" | "resume" | "abort"): RunState {
  switch (request) {
    case "pause":
      return state.status === "running" ? { ...state, status: "paused", reason: "an operator asked for it" } : state;
    case "resume":
      return resumed(state);
    case "abort":
      return { ...state, status: "aborting", reason: "an operator asked for it" };
  }
}

/** Only who resumes a halted run has seen its failures and accepts them; a pause forgives nothing. */
function resumed(state: RunState): RunState {
  if (state.status !== "paused" && state.status !== "halted") return state;
  const failing = [...state.services.values()].filter(
    (run) => run.phase === "failed" || (run.progress?.startFailure ?? null) !== null,
  );
  const forgiven = state.status === "halted" ? new Set(failing.map(({ arn }) => arn)) : state.forgiven;
  return { ...state, status: "running", reason: null, swept: null, forgiven };
}

function withWave(state: RunState, number: number, change: Partial<WaveRun>): RunState {
  return { ...state, waves: state.waves.map((wave) => (wave.number === number ? { ...wave, ...change } : wave)) };
}

function withService(state: RunState, arn: string, change: (run: ServiceRun) => ServiceRun): RunState {
  const run = state.services.get(arn);
  if (run === undefined) return state;
  return { ...state, services: new Map(state.services).set(arn, change(run)) };
}
