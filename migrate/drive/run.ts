// The loop of a run: ask the core what to do next, do it, write down what came of it. It decides nothing itself.
//
// Invariants
//   the state changes only through the recorder; whatever kills this process, the next one goes on from the journal
//   a failed read is no event: what was not seen is looked at again
//   expired credentials, an interrupt or an endpoint that stays away pause the run; they are never a service's failure

import { LIMITS } from "../core/limits";
import type { Command } from "../core/machine/command";
import { nextCommands } from "../core/machine/next-commands";
import type { RunState } from "../core/machine/run-state";
import type { Preflight } from "../core/model/preflight";
import { preflightEvent } from "../core/preflight/preflight-event";
import { internalError } from "../errors";
import type { AwsFailure } from "../ports/aws-failure";
import { awsSaid } from "./aws-failure-error";
import { awsFailureBehind, isPassing } from "./passing-failure";
import { performAdmission } from "./perform-admission";
import { performDoubtLook } from "./perform-doubt-look";
import { performLook } from "./perform-look";
import { performStop } from "./perform-stop";
import { performSweep } from "./perform-sweep";
import { Recorder, type RunContext, type RunInputs, type RunPorts } from "./run-context";

export interface RunRequest extends RunPorts, RunInputs {
  readonly caller: string;
  readonly toolVersion: string;
  /** What was repaired in the journal when it was opened; null when nothing. */
  readonly repaired: string | null;
  /** What was asked before the run began; left out for one that is taken up again. */
  readonly preflight?: Preflight;
  /** The command that takes the run up again, for messages. */
  readonly resumeCommand: string;
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
    lastLookAtMs: new Map(),
    deferred: new Map(),
    outage: { sinceMs: null },
  };
  await begin(context, request);
  let heartbeatAtMs = 0;
  for (let tick = 0; tick < LIMITS.ticksMax; tick += 1) {
    request.onTurn?.(recorder.state);
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
  throw internalError(`the run took more than ${LIMITS.ticksMax} turns`);
}

async function begin(context: RunContext, request: RunRequest): Promise<void> {
  const { recorder, plan } = context;
  const { caller, toolVersion, repaired, preflight } = request;
  if (recorder.state.status === "finished") return;
  if (recorder.linesAtStart > 0) await recorder.record({ kind: "run-resumed", caller, repaired });
  else {
    const { planId, fleet } = plan;
    await recorder.record({ kind: "run-started", planId, fleetSha256: fleet.sha256, toolVersion, caller });
  }
  if (preflight !== undefined) await recorder.record(preflightEvent(preflight));
}

/** One turn: the commands of this instant. Returns how the run ended, or null while it goes on. */
async function turn(context: RunContext, request: RunRequest): Promise<"left" | null> {
  const { recorder, clock } = context;
  const agenda = { lastLookAtMs: context.lastLookAtMs, deferred: context.deferred };
  const commands = nextCommands({ state: recorder.state, agenda, nowMs: clock.nowMs() });
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
      return performLook(context, command.services);
    case "stop":
      return performStop(context, command);
    case "admit":
      return performAdmission(context, command);
    case "sweep":
      return performSweep(context);
    case "finish":
      return context.recorder.record({ kind: "finished", outcome: command.outcome });
    case "wait":
      return context.clock.sleep(Math.max(1, command.untilMs - context.clock.nowMs()), signal);
  }
}

/** Takes up what an operator asked for from another terminal, when it is news. */
async function takeUpControl(context: RunContext): Promise<void> {
  const { recorder } = context;
  const asked = await context.store.control();
  const { status } = recorder.state;
  const isNews =
    (asked === "pause" && status === "running") ||
    (asked === "resume" && (status === "paused" || status === "halted")) ||
    (asked === "abort" && status !== "aborting" && status !== "finished");
  if (isNews) await recorder.record({ kind: "control", request: asked });
  if (asked === "resume" || asked === "abort") await context.store.controlTakenUp();
}

/** Whether a failed call ends this process. What is only out of reach for a moment is looked at again in the next turn. */
async function pauseOn(context: RunContext, request: RunRequest, failure: AwsFailure): Promise<boolean> {
  const { operation, code } = failure;
  const message = awsSaid(failure);
  context.output.emit("run.call-failed", { operation, code, message });
  context.outage.sinceMs ??= context.clock.nowMs();
  if (isPassing(failure) && context.clock.nowMs() - context.outage.sinceMs < LIMITS.outageMaxMs) {
    await context.clock.sleep(LIMITS.tickMs, request.signal);
    return false;
  }
  await context.recorder.record({ kind: "paused", reason: `${operation}: ${message}`, next: request.resumeCommand });
  return true;
}

async function interrupted(context: RunContext, request: RunRequest): Promise<RunEnd> {
  await context.recorder.record({ kind: "paused", reason: "interrupted", next: request.resumeCommand });
  return { state: context.recorder.state, end: "interrupted" };
}
