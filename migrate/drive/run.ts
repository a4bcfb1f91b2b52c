// The loop of a run: ask the core what to do next, do it, write down what came of it. It decides nothing itself.
//
// Invariants
//   the state changes only through the recorder; whatever kills this process, the next one goes on from the journal
//   a failed read is no event: what was not seen is looked at again
//   expired credentials, an interrupt or an endpoint that stays away pause the run; they are never a service's failure

import { LIMITS } from "../core/limits";
import { heldForPerson } from "../core/machine/apply-hold";
import type { Command, RunSettings } from "../core/machine/command";
import { nextCommands } from "../core/machine/next-commands";
import type { RunState } from "../core/machine/run-state";
import { inPhase } from "../core/machine/service-pairs";
import { yesAskedFor } from "../core/machine/wave-gates";
import type { JournalEvent, RunRequestWord } from "../core/model/journal-event";
import type { Preflight } from "../core/model/preflight";
import { preflightEvent } from "../core/preflight/preflight-event";
import { scheduleOf } from "../core/schedule/schedule";
import { counted } from "../core/words/counted";
import type { AwsFailure } from "../ports/aws-failure";
import { awsSaid } from "./aws-failure-error";
import { awsFailureBehind, isPassing } from "./passing-failure";
import { performAdmission } from "./perform-admission";
import { performDoubtLook } from "./perform-doubt-look";
import { performGateLook } from "./perform-gate-look";
import { performLook } from "./perform-look";
import { performStop } from "./perform-stop";
import { performSweep } from "./perform-sweep";
import { performTargetLook } from "./perform-target-look";
import { Recorder, type RunContext, type RunInputs, type RunPorts } from "./run-context";
import { watchJumps } from "./watch-jumps";

export interface RunRequest extends RunPorts, RunInputs {
  readonly caller: string;
  readonly toolVersion: string;
  /** What was repaired in the journal when it was opened; null when nothing. */
  readonly repaired: string | null;
  /** What was asked before the run began; left out for one that is taken up again. */
  readonly preflight?: Preflight;
  readonly settings: RunSettings;
  /** Whether services that failed are to have another try, in a finished run too. */
  readonly retryFailed?: boolean;
  /** Why the journal was begun anew; left out when it was not. */
  readonly rebuilt?: string;
  /** Aborted by Ctrl-C: the run pauses and ends. */
  readonly signal: AbortSignal;
  /** Called before every turn and at the end, for whoever shows the run. */
  readonly onTurn?: (state: RunState) => void;
}

export interface RunEnd {
  readonly state: RunState;
  readonly end: "finished" | "left" | "interrupted";
}

export async function runPlan(request: RunRequest): Promise<RunEnd> {
  const recorder = await Recorder.open(request, request);
  const context: RunContext = {
    ...request,
    recorder,
    schedule: scheduleOf(request),
    lastLookAtMs: new Map(),
    deferred: new Map(),
    targetLookAtMs: new Map(),
    memory: { gateLook: null, begun: 0 },
    outage: { sinceMs: null },
  };
  await begin(context, request);
  const takeUpJumps = watchJumps(context);
  let heartbeatAtMs = 0;
  for (let tick = 0; tick < LIMITS.ticksMax; tick += 1) {
    request.onTurn?.(recorder.state);
    await takeUpJumps();
    if (recorder.state.status === "finished") return { state: recorder.state, end: "finished" };
    if (request.signal.aborted) return interrupted(context, request);
    if (request.clock.nowMs() - heartbeatAtMs >= LIMITS.heartbeatMs) {
      heartbeatAtMs = request.clock.nowMs();
      await request.store.heartbeat(heartbeatAtMs);
    }
    await takeUpControl(context);
    const end = await turn(context, request);
    if (end !== null) return { state: recorder.state, end };
  }
  return tired(context, request);
}

/** Somebody may wait for a person who never comes: what is left is taken up again when it is wanted. */
async function tired(context: RunContext, request: RunRequest): Promise<RunEnd> {
  const reason = `this process has watched for ${LIMITS.ticksMax} turns, and the run has not ended`;
  await context.recorder.record({ kind: "paused", reason, next: request.commands.run });
  return { state: context.recorder.state, end: "left" };
}

async function begin(context: RunContext, request: RunRequest): Promise<void> {
  const { recorder, plan } = context;
  const { caller, toolVersion, repaired, preflight, rebuilt } = request;
  if (request.retryFailed === true) await retryFailed(context);
  if (recorder.state.status === "finished") return;
  if (recorder.linesAtStart > 0) await recorder.record({ kind: "run-resumed", caller, repaired });
  else {
    const { planId, fleet } = plan;
    await recorder.record({ kind: "run-started", planId, fleetSha256: fleet.sha256, toolVersion, caller });
    if (rebuilt !== undefined) await recorder.record({ kind: "rebuilt", why: rebuilt });
  }
  if (preflight !== undefined) await recorder.record(preflightEvent(preflight));
}

async function retryFailed({ recorder }: RunContext): Promise<void> {
  const services = inPhase(recorder.state, "failed").map(({ arn }) => arn);
  if (services.length > 0)
    await recorder.record({ kind: "requeued", services, why: "an operator asked for another try" });
}

/** One turn: the commands of this instant. Returns how the run ended, or null while it goes on. */
async function turn(context: RunContext, request: RunRequest): Promise<"left" | null> {
  const { recorder, clock } = context;
  const { lastLookAtMs, deferred, targetLookAtMs, memory, settings, schedule } = context;
  const agenda = { lastLookAtMs, deferred, targetLookAtMs, ...memory };
  const commands = nextCommands({ state: recorder.state, agenda, settings, schedule, nowMs: clock.nowMs() });
  try {
    for (const command of commands) {
      if (request.signal.aborted) return null;
      if (command.kind === "leave") return "left";
      await perform(context, command, request.signal);
    }
    if (commands.some(({ kind }) => kind !== "wait" && kind !== "record")) context.outage.sinceMs = null;
    return null;
  } catch (error) {
    const failure = awsFailureBehind(error);
    if (failure === null) throw error;
    return (await pauseOn(context, request, failure)) ? "left" : null;
  }
}

async function perform(context: RunContext, command: Exclude<Command, { kind: "leave" }>, signal: AbortSignal) {
  switch (command.kind) {
    case "record":
      return context.recorder.record(command.event);
    case "look-doubt":
      return performDoubtLook(context, command.service);
    case "look":
      return performLook(context, command);
    case "look-targets":
      return performTargetLook(context, command.clusters);
    case "look-gate":
      return performGateLook(context, command);
    case "stop":
      return performStop(context, command);
    case "admit":
      return performAdmission(context, command);
    case "sweep":
      return performSweep(context);
    case "finish":
      return context.recorder.record({ kind: "finished", outcome: command.outcome });
    case "pause-at-limit":
      return context.recorder.record(limitReached(context));
    case "wait":
      return context.clock.sleep(Math.max(1, command.untilMs - context.clock.nowMs()), signal);
  }
}

function limitReached({ memory, commands }: RunContext): JournalEvent {
  const reason = `${counted(memory.begun, "service was", "services were")} begun, as many as --limit allows`;
  return { kind: "paused", reason, next: commands.run };
}

/** Takes up what an operator asked for from another terminal, when it is news. */
async function takeUpControl(context: RunContext): Promise<void> {
  const { recorder, store } = context;
  const asked = await store.control();
  if (asked === "none") return;
  if (isNews(recorder.state, asked)) await recorder.record({ kind: "control", request: asked });
  if (asked !== "pause") await store.controlTakenUp();
}

function isNews(state: RunState, asked: RunRequestWord): boolean {
  switch (asked) {
    case "pause":
      return state.status === "running";
    case "resume":
      return state.status === "paused" || state.status === "halted" || heldForPerson(state).length > 0;
    case "abort":
      return state.status !== "aborting" && state.status !== "finished";
    case "abort-and-roll-back":
      return !state.rollsBackAll && state.status !== "finished";
    case "approve":
      return yesAskedFor(state) !== null;
  }
}

/** Whether a failed call ends this process. What is only out of reach for a moment is looked at again in the next turn. */
async function pauseOn(context: RunContext, request: RunRequest, failure: AwsFailure): Promise<boolean> {
  const { operation, code } = failure;
  const message = awsSaid(failure);
  context.output.emit("run.call-failed", { operation, code, message });
  context.outage.sinceMs ??= context.clock.nowMs();
  if (mayPass(failure) && context.clock.nowMs() - context.outage.sinceMs < LIMITS.outageMaxMs) {
    await context.clock.sleep(LIMITS.tickMs, request.signal);
    return false;
  }
  await context.recorder.record({ kind: "paused", reason: `${operation}: ${message}`, next: request.commands.run });
  return true;
}

/** A network that is away for a moment, as after a laptop has slept, is no reason to end a night's run. */
function mayPass(failure: AwsFailure): boolean {
  return isPassing(failure) || failure.kind === "unreachable";
}

async function interrupted(context: RunContext, request: RunRequest): Promise<RunEnd> {
  await context.recorder.record({ kind: "paused", reason: "interrupted", next: request.commands.run });
  return { state: context.recorder.state, end: "interrupted" };
}
