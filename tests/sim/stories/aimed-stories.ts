// One story for each cell of the table of faults and states: a setting that brings a run into the state, and a strike on its cue.

import { API_FAULT_KINDS } from "../../../simulator/api-fault";
import { Random } from "../../../simulator/world/random";
import { FAULTS, impossible, type Meeting } from "../meetings/meetings";
import { added } from "./added";
import { isMetState, type MetState, settingOf } from "./aimed-settings";
import { type Aim, strikeOf } from "./aimed-strikes";
import type { Cue } from "./cues";
import { quietStory } from "./quiet-story";
import { type Story, switchesOf } from "./story";
import type { ToldStory } from "./tell-story";

const MINUTE = 60_000;

const QUIET = quietStory({ options: { soakMs: 10 * MINUTE, firstShare: 0, failuresMax: 100 } });

/** More than a page of ListTasks holds. */
const TASKS_OF_TWO_PAGES = 104;

/**
 * `variant` counts shots at the same cell, from 0 on: other durations, another instant within the state, other switches of AWS, and
 * another fault besides.
 */
export function aimedStory({ fault, state }: Meeting, variant: number): ToldStory {
  if (!isMetState(state)) throw new RangeError(`"${state}" is no state of the table`);
  const tasks = fault === "pagination-token-expires" ? TASKS_OF_TWO_PAGES : 2;
  const { fleet, target, cue, story } = settingOf(state, { tasks, drains: fault !== "cluster-deleted" });
  const strike = strikeOf({
    fault,
    state,
    fleet,
    target,
    variant,
    cue: within(cueFor({ fault, state }) ?? cue, state, variant),
  });
  const seed = variant + 1;
  const nudge = fault.startsWith("dies-before") && state === "soaking" ? NUDGE : {};
  const beside =
    variant < FIRST_WITH_ANOTHER ? {} : strikeOf({ ...another({ fault, state }, variant, cue), fleet, target });
  const parts = [story, strike, nudge, beside];
  return { fleet, story: parts.reduce<Story>(added, { ...QUIET, seed, ...otherwise(variant) }) };
}

/** From here on a second fault strikes a little later. */
const FIRST_WITH_ANOTHER = 2;

function another(
  { fault, state }: Meeting,
  variant: number,
  cue: Cue,
): Pick<Aim, "fault" | "state" | "variant" | "cue"> {
  const random = new Random(variant, `${fault} ${state}`);
  const others = FAULTS.filter((one) => one !== fault && impossible({ fault: one, state }) === null);
  const other = others[random.below(others.length)] ?? fault;
  const byMs = random.pick([0, 1_000, 20_000, 3 * MINUTE]);
  const delayed = cue.kind === "state" || cue.kind === "line" ? { ...cue, delayMs: cue.delayMs + byMs } : cue;
  return { fault: other, state: isMetState(state) ? state : "running", variant, cue: delayed };
}

/** The first shot is at AWS and at an operator as most are. */
function otherwise(variant: number): Partial<Story> {
  if (variant === 0) return {};
  const random = new Random(variant, "aimed");
  return { switches: switchesOf(random), onKeyTrouble: "hold", readLagMaxMs: random.pick([0, 2_000]) };
}

/** Calls that are about a service in a state may come before or long after it is first in it. */
function cueFor({ fault, state }: Meeting): Cue | null {
  if (!API_FAULT_KINDS.some((kind) => kind === fault)) return null;
  if (state === "queued") return { kind: "line", line: "run-started", delayMs: 0 };
  return state === "verified" ? { kind: "state", state: "final sweep", delayMs: 0 } : null;
}

/** States that are over within a moment. */
const SHORT: readonly MetState[] = ["final sweep", "in doubt"];
const LATER_MS = 7_000;

function within(cue: Cue, state: MetState, variant: number): Cue {
  const isLong = !SHORT.includes(state) && cue.kind === "state" && cue.state !== "final sweep";
  return isLong ? { ...cue, delayMs: cue.delayMs + variant * LATER_MS } : cue;
}

/** Something to write down while nothing happens. */
const NUDGE: Partial<Story> = {
  controls: [
    { cue: { kind: "state", state: "soaking", delayMs: MINUTE }, request: "pause" },
    { cue: { kind: "state", state: "soaking", delayMs: 2 * MINUTE }, request: "resume" },
  ],
};
