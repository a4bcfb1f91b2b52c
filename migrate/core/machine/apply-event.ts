// apply(state, event) → state: total over any sequence of events, so that any journal folds.
// An event that makes no sense in a state (a line for a service that the plan does not have) changes nothing.
//
// Invariants
//   an intent alone puts the service in doubt; only its answer takes it out, so a crash between the two leaves the doubt standing
//   an answer and a look for one count only while the service is in doubt: a late or repeated one changes nothing
//   a decided phase (verified, failed, set aside) and a finished run are left by nothing but a requeueing, which says so
//   a halt and an abort outlive the end of the process: what pauses or resumes it does not undo them

import { LIMITS } from "../limits";
import type { JournalEvent, RedeployAnswer, RunRequestWord, ServiceProgress } from "../model/journal-event";
import type { ServiceVerdict } from "../model/verdict";
import { held, lookedAtTargets, released, releasedByOperator } from "./apply-hold";
import { newServiceRun } from "./new-service-run";
import type { RunState, ServiceRun, WaveRun } from "./run-state";

export interface TimedEvent {
  readonly event: JournalEvent;
  readonly atMs: number;
}

export function applyEvent(state: RunState, { event, atMs }: TimedEvent): RunState {
  if (event.kind === "requeued") return requeued(state, event.services);
  if (state.status === "finished") return state;
  switch (event.kind) {
    case "run-started":
      return state.status === "new" ? { ...state, status: "running", startedAtMs: atMs } : state;
    case "preflight":
    case "rebuilt":
      return state;
    case "run-resumed":
      return { ...(state.status === "paused" ? { ...state, status: "running", reason: null } : state), swept: null };
    case "control":
      return controlled(state, event.request, atMs);
    case "target-looked":
      return lookedAtTargets(state, event.clusters, atMs);
    case "held":
      return held(state, event, atMs);
    case "released":
      return released(state, event.clusters, atMs);
    case "gate-looked":
      return withWave(state, event.wave, { gate: { firing: event.firing, unseen: event.unseen } });
    case "halted":
      return state.status === "aborting" ? state : { ...state, status: "halted", reason: event.reason };
    case "paused":
      return state.status === "running" ? { ...state, status: "paused", reason: event.reason } : state;
    case "swept":
      return {
        ...state,
        swept: {
          proofs: event.proofs,
          standalone: event.standalone,
          newServices: event.newServices,
          changed: event.changed ?? [],
          atMs,
        },
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
      return progressed(run, event.progress, atMs);
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
      return {
        ...run,
        phase: "verified",
        endedAtMs: atMs,
        proof: event.proof,
        onKeyAtMs: onKeyAt(run, event.proof, atMs),
      };
    case "failed":
      return { ...run, phase: "failed", endedAtMs: atMs, failure: event.failure };
  }
}

function progressed(run: ServiceRun, progress: ServiceProgress, atMs: number): ServiceRun {
  const isWorse =
    progress.failedTasks > (run.progress?.failedTasks ?? 0) ||
    progress.startFailure !== (run.progress?.startFailure ?? null);
  const hasDrained = run.settledAtMs !== null && progress.tasksOld === 0;
  return {
    ...run,
    progress,
    drainedAtMs: run.drainedAtMs ?? (hasDrained ? atMs : null),
    onKeyAtMs: run.onKeyAtMs ?? (progress.tasksOnKey > 0 ? atMs : null),
    failureSeenAtMs: isWorse ? atMs : run.failureSeenAtMs,
    serviceDeploymentArn: run.serviceDeploymentArn ?? progress.serviceDeploymentArn,
  };
}

/** A service without tasks proves nothing about its key. */
function onKeyAt(run: ServiceRun, proof: ServiceVerdict, atMs: number): number | null {
  const showsIt = run.deploymentId !== null && proof.tasks.some((task) => task.startedBy === run.deploymentId);
  return run.onKeyAtMs ?? (showsIt ? atMs : null);
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

function controlled(state: RunState, request: RunRequestWord, atMs: number): RunState {
  switch (request) {
    case "pause":
      return state.status === "running" ? { ...state, status: "paused", reason: ASKED } : state;
    case "resume":
      return resumed(releasedByOperator(state, atMs));
    case "abort":
      return { ...state, status: "aborting", reason: ASKED };
    case "abort-and-roll-back":
      return { ...state, status: "aborting", reason: ASKED, rollsBackAll: true };
    case "approve":
      return approved(state, atMs);
  }
}

const ASKED = "an operator asked for it";

/** Of the gate that is waited at, and no other: nobody says yes to what they have not seen. */
function approved(state: RunState, atMs: number): RunState {
  const gate = gateAhead(state);
  return gate === null ? state : withWave(state, gate.number, { approvedAtMs: atMs });
}

/** The wave that opens next when all before it are closed; null while one is open, and after the last. */
export function gateAhead({ waves }: RunState): WaveRun | null {
  const next = waves.find(({ status }) => status !== "closed");
  return next?.status === "waiting" ? next : null;
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

/**
 * Failed services have another try, in a run that goes on for them: nothing that was seen of them before counts any more. Their
 * waves open again as they are reached; attempts count on.
 */
function requeued(state: RunState, arns: readonly string[]): RunState {
  const failed = arns.filter((arn) => state.services.get(arn)?.phase === "failed");
  if (failed.length === 0) return state;
  const services = new Map(state.services);
  for (const arn of failed) {
    const { attempts, requeues } = services.get(arn) ?? newServiceRun(arn);
    services.set(arn, { ...newServiceRun(arn), attempts, requeues: requeues + 1 });
  }
  const forgiven = new Set([...state.forgiven].filter((arn) => !failed.includes(arn)));
  const isOver = state.status === "finished";
  const status = isOver ? "running" : state.status;
  return { ...state, services, forgiven, swept: null, ...(isOver ? { ...REOPENED, status } : {}) };
}

const REOPENED = { outcome: null, endedAtMs: null, reason: null, rollsBackAll: false } as const;

function withWave(state: RunState, number: number, change: Partial<WaveRun>): RunState {
  return { ...state, waves: state.waves.map((wave) => (wave.number === number ? { ...wave, ...change } : wave)) };
}

function withService(state: RunState, arn: string, change: (run: ServiceRun) => ServiceRun): RunState {
  const run = state.services.get(arn);
  if (run === undefined) return state;
  return { ...state, services: new Map(state.services).set(arn, change(run)) };
}
