// What happens now and what happens next, in sentences: for a person who is new to the run, or in doubt about a key to press.
// Invariant: the most urgent first; each sentence is true by itself, since a small screen shows only the first.

import type { RunState } from "../core/machine/run-state";
import { pairs } from "../core/machine/service-pairs";
import { needsYes } from "../core/machine/wave-gates";
import { failuresCounted } from "../core/report/failures-counted";
import { counted } from "../core/words/counted";
import { gateWords } from "./gate-words";
import { notices } from "./run-frame-notices";
import { onTheirWay } from "./run-frame-services";
import type { RunFrame } from "./run-frame-view";
import { duration } from "./units";

export function runExplained(frame: RunFrame): readonly string[] {
  const { state } = frame;
  if (state.status === "finished") return ["The run is finished."];
  return [
    nowSentence(frame),
    ...notices(frame),
    ...nextGate(frame),
    budgetSentence(state),
    ...pauseSentence(frame),
    ...abortSentence(frame),
    "Ctrl-C closes the journal and leaves: what is on its way goes on in AWS, and the same command goes on from there.",
  ];
}

function nowSentence(frame: RunFrame): string {
  const { state, nowMs, commands } = frame;
  const open = state.waves.find(({ status }) => status === "open");
  const active = onTheirWay(state).length;
  const watched =
    active === 0
      ? "Nothing is on its way"
      : `${counted(active, "service is", "services are")} on ${active === 1 ? "its" : "their"} way`;
  if (open !== undefined) {
    const queued = pairs(state).filter(
      ({ run, planned }) => run.phase === "queued" && planned.wave === open.number,
    ).length;
    const name = state.plan.waves.find(({ number }) => number === open.number)?.name ?? "";
    const toCome = queued === 0 ? "all of it has begun" : `${queued} of it ${queued === 1 ? "is" : "are"} to come`;
    return `Wave ${open.number} ${name} is under way. ${watched}, ${toCome}.`;
  }
  const gate = gateWords({ state, nowMs }, commands);
  if (gate?.for === "soak") return `Wave ${gate.wave - 1} is done; wave ${gate.wave} ${gate.short}. ${watched}.`;
  if (gate !== null) return `Wave ${gate.wave - 1} is done. ${watched}.`;
  const isDone = state.waves.every(({ status }) => status === "closed");
  return isDone ? "All waves are done; the final look at the whole account goes on." : `${watched}.`;
}

/** What happens when the wave that is open, or soaks, is over. */
function nextGate({ state }: RunFrame): readonly string[] {
  const next = state.waves.find(({ status }) => status === "waiting");
  if (next === undefined) return ["After the last wave everything is looked at once more, and the report is written."];
  if (next.number === 1) return [];
  const before = state.plan.waves.find(({ number }) => number === next.number - 1);
  const { gate } = state.plan.options;
  const asks = [
    (before?.soakMs ?? 0) === 0 ? "" : `a soak of ${duration(before?.soakMs ?? 0)}`,
    needsYes(state, next) ? "a person's yes" : "",
    (gate?.alarms ?? []).length === 0 ? "" : `quiet alarms (${gate?.alarms.join(", ")})`,
  ].filter(Boolean);
  const first = `Wave ${next.number} opens when all of wave ${next.number - 1} is proved or decided`;
  return [asks.length === 0 ? `${first}.` : `${first}, after ${asks.join(", then ")}.`];
}

function budgetSentence(state: RunState): string {
  const { failed, max } = failuresCounted(state);
  const left = max - failed;
  if (left < 0) return "More services failed than the plan allows.";
  return left === 0
    ? "The next failed service halts the run: nothing new is started then."
    : `${counted(left, "more failed service is", "more failed services are")} allowed; one beyond that halts the run.`;
}

function pauseSentence({ state, keys }: RunFrame): readonly string[] {
  if (state.status !== "running") return [];
  const active = onTheirWay(state).length;
  const watched =
    active === 0
      ? "nothing is on its way"
      : `the ${active} on their way ${active === 1 ? "is" : "are"} watched to the end`;
  return [
    `${keys === null ? "A pause" : "p, a pause"}: nothing new is started, ${watched}, and the run waits until it is told to go on.`,
  ];
}

function abortSentence({ state, keys }: RunFrame): readonly string[] {
  if (state.status === "aborting") return [];
  const active = onTheirWay(state);
  const ours = active.filter(({ run }) => run.ownership === "ours" && run.phase !== "settling").length;
  const back =
    ours === 0
      ? "nothing is there to roll back"
      : `with a rollback up to ${ours} of ours ${ours === 1 ? "goes" : "go"} back to what ran before, on the key that it had, or none`;
  return [
    `${keys === null ? "An abort" : "a, an abort"}: nothing new is started, what is on its way is watched to its end, then the run is over; ${back}.`,
  ];
}
