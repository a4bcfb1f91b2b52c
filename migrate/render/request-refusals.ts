// Why a request would mean nothing to a run as it is: what the run is at, and what to do instead.
//
// Invariants
//   a request replaces one that was not taken up yet: then it means something whatever the journal says
//   a yes is only taken for a wave whose predecessor is done: nobody approves what they have not seen

import { gateAhead, isDecided } from "../core/machine/apply-event";
import { heldForPerson } from "../core/machine/apply-hold";
import type { RunState } from "../core/machine/run-state";
import { yesAskedFor } from "../core/machine/wave-gates";
import type { RunRequestWord } from "../core/model/journal-event";
import type { ControlRequest } from "../ports/run-store";
import type { FrameCommands } from "./run-frame-view";

export interface RequestQuestion {
  readonly request: RunRequestWord;
  /** What was asked for before and not taken up; a pause stands after it was. */
  readonly pending: ControlRequest;
  readonly state: RunState;
  /** Whether a process works on the run. */
  readonly underWay: boolean;
  readonly commands: FrameCommands;
}

export interface Refusal {
  /** After the run's name: `is paused already`. */
  readonly isAt: string;
  readonly remedy: string;
}

/** Null when the request means something. */
export function refusalOf(question: RequestQuestion): Refusal | null {
  const { request, state, pending, commands } = question;
  if (state.status === "finished")
    return {
      isAt: `is finished, so there is nothing to ${request === "abort-and-roll-back" ? "abort" : request}`,
      remedy: `see what it did: fargate-cmk report ${commands.reference}`,
    };
  if (request === "approve") return approveRefusal(question);
  const isPending = pending !== "none" && !(pending === "pause" && state.status === "paused");
  if (isPending) return null;
  switch (request) {
    case "pause":
      return pauseRefusal(question);
    case "resume":
      return resumeRefusal(question);
    case "abort":
      return state.status === "aborting" ? aborting(question) : null;
    case "abort-and-roll-back":
      return state.rollsBackAll ? aborting(question) : null;
  }
}

function pauseRefusal(question: RequestQuestion): Refusal | null {
  const { state, commands } = question;
  switch (state.status) {
    case "paused":
      return { isAt: `is paused already: ${state.reason ?? ""}`, remedy: `to go on: ${goOn(question)}` };
    case "halted":
      return {
        isAt: `is halted, so it starts nothing anyway: ${state.reason ?? ""}`,
        remedy: `look: fargate-cmk status ${commands.reference}`,
      };
    case "aborting":
      return aborting(question);
    default:
      return null;
  }
}

function resumeRefusal(question: RequestQuestion): Refusal | null {
  const { state, underWay, commands } = question;
  if (state.status === "aborting") return aborting(question);
  if (state.status === "paused" || state.status === "halted" || heldForPerson(state).length > 0) return null;
  return underWay
    ? { isAt: "is neither paused nor halted", remedy: `look: fargate-cmk status ${commands.reference}` }
    : { isAt: "is neither paused nor halted, but no process works on it", remedy: `go on with: ${commands.run}` };
}

function aborting({ underWay, commands }: RequestQuestion): Refusal {
  return {
    isAt: "is being aborted already",
    remedy: underWay ? `look: fargate-cmk status ${commands.reference}` : `let it come to its end: ${commands.run}`,
  };
}

function goOn({ underWay, commands }: RequestQuestion): string {
  return underWay ? commands.resume : commands.run;
}

function approveRefusal({ state, commands }: RequestQuestion): Refusal | null {
  if (yesAskedFor(state) !== null) return null;
  const remedy = `look: fargate-cmk status ${commands.reference}`;
  if (state.plan.options.gate?.approval !== true)
    return {
      isAt: "has a plan that asks for no yes",
      remedy: "plan with --approve where each wave is to wait for one",
    };
  const open = state.waves.find(({ status }) => status === "open");
  if (open !== undefined) return { isAt: `waits for no yes: ${openWords(state, open.number)}`, remedy };
  const next = gateAhead(state);
  if (next?.approvedAtMs != null) return { isAt: `has the yes to wave ${next.number} already`, remedy };
  return { isAt: "waits for no yes: no wave is to come that needs one", remedy };
}

function openWords(state: RunState, number: number): string {
  const wave = state.plan.waves.find((one) => one.number === number);
  const all = wave?.services ?? [];
  const decided = all.filter((arn) => {
    const run = state.services.get(arn);
    return run !== undefined && isDecided(run);
  });
  const then =
    number < state.waves.length ? `, and the yes to wave ${number + 1} is asked for when it is done` : ", the last";
  return `wave ${number} ${wave?.name ?? ""} is under way, ${decided.length} of ${all.length} done${then}`;
}
