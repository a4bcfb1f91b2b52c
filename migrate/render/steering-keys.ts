// What a key means while a run goes on: a request to the run, or another view of it.
//
// Invariants
//   nothing is ended by one key: an abort takes two
//   a halted run is resumed by its command only: who does that accepts its failures, and has read them

import { ACTIVE_PHASES, type RunState } from "../core/machine/run-state";
import { yesAskedFor } from "../core/machine/wave-gates";
import type { RunRequestWord } from "../core/model/journal-event";

/** What the block shows, and so what the next key means. */
export type KeyMode = "plain" | "abort-asked" | "explained";

export interface KeyMeaning {
  readonly mode: KeyMode;
  readonly request: RunRequestWord | null;
}

export function meaningOf(key: string, mode: KeyMode, state: RunState): KeyMeaning {
  const stay: KeyMeaning = { mode, request: null };
  if (mode === "abort-asked") return { mode: "plain", request: abortOf(key, state) };
  switch (key) {
    case "p":
      return { mode, request: pauseOrResume(state) };
    case "y":
      return { mode, request: yesAskedFor(state) === null ? null : "approve" };
    case "a":
      return mayAbort(state) ? { mode: "abort-asked", request: null } : stay;
    case "?":
      return { mode: mode === "explained" ? "plain" : "explained", request: null };
    case ESCAPE:
      return { mode: "plain", request: null };
    default:
      return stay;
  }
}

const ESCAPE = "\u001b";

/** The line below the block, the keys that mean something now: the same in ever fewer words, the longest first. */
export function keysLine(mode: KeyMode, state: RunState): readonly string[] {
  if (mode === "abort-asked") return abortQuestion(state);
  const { status } = state;
  const wave = yesAskedFor(state);
  const keys = (help: string, yes: string) =>
    [
      status === "running" ? "p pause" : status === "paused" ? "p go on" : "",
      wave === null ? "" : yes,
      mayAbort(state) ? "a abort" : "",
      mode === "explained" ? "? back" : help,
    ]
      .filter(Boolean)
      .join("   ");
  return [keys("? what happens now", `y yes to wave ${wave?.number ?? ""}`), keys("? help", "y yes")];
}

/** Whether the state shows that a request was taken up, or that it has lost its meaning. */
export function isTakenUp(request: RunRequestWord, state: RunState): boolean {
  switch (request) {
    case "pause":
      return state.status !== "running";
    case "resume":
      return state.status !== "paused" && state.status !== "halted";
    case "approve":
      return yesAskedFor(state) === null;
    case "abort":
      return state.status === "aborting" || state.status === "finished";
    case "abort-and-roll-back":
      return state.rollsBackAll || state.status === "finished";
  }
}

function pauseOrResume({ status }: RunState): RunRequestWord | null {
  if (status === "running") return "pause";
  return status === "paused" ? "resume" : null;
}

function mayAbort(state: RunState): boolean {
  const { status, rollsBackAll } = state;
  if (status === "aborting") return !rollsBackAll && isAnyOnItsWay(state);
  return status === "running" || status === "paused" || status === "halted";
}

function abortOf(key: string, state: RunState): RunRequestWord | null {
  if (key === "r") return "abort-and-roll-back";
  return key === "a" && state.status !== "aborting" ? "abort" : null;
}

function abortQuestion(state: RunState): readonly string[] {
  if (state.status === "aborting")
    return ["r to also roll back what is on its way, any other key to leave it", "r rolls back too, other keys do not"];
  if (!isAnyOnItsWay(state)) return ["abort: a again to abort, any other key to go on", "a aborts, other keys go on"];
  return [
    "abort: a again to abort, r to abort and roll back what is on its way, any other key to go on",
    "abort: a again, r to also roll back what is on its way, other keys go on",
    "a aborts, r rolls back too, other keys go on",
  ];
}

function isAnyOnItsWay({ services }: RunState): boolean {
  return [...services.values()].some(({ phase }) => ACTIVE_PHASES.includes(phase));
}
