// What a person must know beside the numbers, each in a sentence: nobody works on the run, it has stopped, a key is in trouble, a
// gate waits for somebody, something is past its time, something waits for room.
// Invariant: the most urgent first, since a small screen has room for few.

import { lastPart } from "../../domain/arn";
import { LIMITS } from "../core/limits";
import type { RunRequestWord } from "../core/model/journal-event";
import { shortageWords } from "../core/schedule/shortage";
import { counted } from "../core/words/counted";
import { gateWords } from "./gate-words";
import { holdSentence, holdsOf } from "./hold-words";
import type { RunFrame } from "./run-frame-view";
import { duration } from "./units";

export function notices(frame: RunFrame): readonly string[] {
  const { state, nowMs, commands } = frame;
  if (state.status === "finished") return [];
  return [
    ...workerNotice(frame),
    ...askedNotice(frame),
    ...stoppedNotice(frame),
    ...holdsOf({ state, nowMs }, commands).map((hold) => holdSentence(hold, nowMs)),
    ...gateNotice(frame),
    ...overdueNotice(frame),
    ...waitingNotice(frame),
  ];
}

/** How a run that nobody works on is gone on with. */
export function goOnWords({ state, commands }: Pick<RunFrame, "state" | "commands">): string {
  return state.status === "halted" ? `${commands.resume} && ${commands.run}` : commands.run;
}

function workerNotice(frame: RunFrame): readonly string[] {
  const { worker } = frame;
  if (worker.kind === "nobody") return [`no process works on it; to go on: ${goOnWords(frame)}`];
  if (worker.kind === "this-process" || worker.silentMs === null) return [];
  return [
    `process ${worker.pid} on ${worker.host} works on it and was last heard of ${duration(worker.silentMs)} ago; ` +
      `if that machine is gone: ${goOnWords(frame)}`,
  ];
}

const ASKED_WORDS: Readonly<Record<RunRequestWord, string>> = {
  pause: "a pause",
  resume: "to go on",
  abort: "an abort",
  "abort-and-roll-back": "an abort with a rollback of what is on its way",
  approve: "a yes",
};

function askedNotice({ asked, worker }: RunFrame): readonly string[] {
  if (asked === null) return [];
  const when = worker.kind === "nobody" ? "when a process works on it" : `within ${duration(LIMITS.tickMs)}`;
  return [`asked for: ${ASKED_WORDS[asked]}, taken up ${when}`];
}

function stoppedNotice({ state, keys, commands, worker }: RunFrame): readonly string[] {
  const reason = shortened(state.reason ?? "");
  switch (state.status) {
    case "paused": {
      const goOn = worker.kind === "nobody" ? "" : keys === null ? `; to go on: ${commands.resume}` : "; p goes on";
      return [`paused, nothing new is started: ${reason}${goOn}`];
    }
    case "halted": {
      const next = worker.kind === "nobody" ? "" : `; to go on all the same: ${commands.resume}`;
      return [`halted, nothing new is started: ${reason}${next}`];
    }
    case "aborting":
      return [
        state.rollsBackAll
          ? "ending as asked: nothing new is started, deployments of ours on their way are rolled back"
          : "ending as asked: nothing new is started, what is on its way is watched to its end",
      ];
    default:
      return [];
  }
}

/** Reasons name keys by their ARN, which fills a line; the key's beginning tells it apart as well. */
function shortened(reason: string): string {
  return reason.replace(/arn:[\w-]+:kms:\S+:key\/[\w-]+/g, (arn) => `…/key/${lastPart(arn).slice(0, 8)}`);
}

function gateNotice({ state, nowMs, commands, keys }: RunFrame): readonly string[] {
  const gate = gateWords({ state, nowMs }, commands);
  if (gate === null || (gate.command === null && gate.for === "soak")) return [];
  const name = `wave ${gate.wave}`;
  if (gate.command === null) return [`${name} ${gate.short}; ${gate.ends}`];
  const say = keys === null ? gate.command : `y, or ${gate.command}`;
  if (gate.for === "soak") return [`${name} needs a yes after the soak, which may be given now: ${say}`];
  return [`${name} ${gate.short}: ${say}`];
}

function overdueNotice({ state }: RunFrame): readonly string[] {
  const overdue = [...state.services.values()].filter(({ phase }) => phase === "overdue").length;
  if (overdue === 0) return [];
  const are = overdue === 1 ? "is past its time and keeps its place" : "are past their time and keep their places";
  return [`${counted(overdue, "service")} ${are}: watched on, the final look decides`];
}

/** A place in flight is what most wait for most of the time, and is no news. */
function waitingNotice({ waiting }: RunFrame): readonly string[] {
  const short = waiting.filter((one) => one.for.kind !== "places");
  const [first] = short;
  if (first === undefined) return [];
  const others = short.length - 1;
  const more = others === 0 ? "" : `; ${others} more ${others === 1 ? "waits" : "wait"}`;
  return [`${first.planned.clusterName}/${first.planned.name} ${shortageWords(first.for)}${more}`];
}
