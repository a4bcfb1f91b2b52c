// How long a run still takes, as far as its plan can tell, and what has to happen first where time alone does not end it.
//
// Invariants
//   while nothing new happens the number never grows: of the open wave it is the greatest of three that only fall
//   a wait that no time ends (a person's yes, an alarm, a key, a pause) is said in place of a number, or before it
//   failures, throttles and waits for teams are in no plan: when they make a wave late, that is said

import { isDecided } from "../machine/apply-event";
import { isWaiting } from "../machine/key-holds";
import { ACTIVE_PHASES, type RunState, type WaveRun } from "../machine/run-state";
import { isHeld, type Pair, pairs } from "../machine/service-pairs";
import { gateWait, needsYes } from "../machine/wave-gates";
import type { PlannedWave } from "../model/plan";

export type TimeLeft =
  | {
      readonly kind: "about";
      readonly ms: number;
      /** To the end of the run, or to the next gate that asks for a yes. */
      readonly to: "end" | "yes";
      /** Whether the open wave has taken longer than it was expected to. */
      readonly isLate: boolean;
      /** Whether services that a key in trouble holds are not in it. */
      readonly isPartHeld: boolean;
    }
  /** A person's yes comes first; then so long to the end, or to the next yes. */
  | { readonly kind: "after-yes"; readonly ms: number; readonly to: "end" | "yes" }
  | { readonly kind: "after-alarms"; readonly ms: number; readonly to: "end" | "yes" }
  /** All that is left waits for a key. */
  | { readonly kind: "held" }
  | { readonly kind: "stopped"; readonly status: "paused" | "halted" | "aborting" }
  | { readonly kind: "over" };

export function timeLeft(state: RunState, nowMs: number): TimeLeft {
  const { status } = state;
  if (status === "finished") return { kind: "over" };
  if (status === "paused" || status === "halted" || status === "aborting") return { kind: "stopped", status };
  const isHeld = heldOf(state);
  const left = pairs(state).filter(({ run }) => !isDecided(run));
  const isPartHeld = left.some(isHeld);
  if (isPartHeld && left.every(isHeld)) return { kind: "held" };
  const wait = gateWait({ state, nowMs });
  const { ms, to, isLate } = untilNextYes(state, nowMs, wait?.for === "approval");
  if (wait?.for === "approval") return { kind: "after-yes", ms, to };
  if (wait?.for === "alarms") return { kind: "after-alarms", ms, to };
  return { kind: "about", ms, to, isLate, isPartHeld };
}

function heldOf(state: RunState): (pair: Pair) => boolean {
  return (pair) => isWaiting(state, pair) && isHeld(state, pair.planned);
}

interface Stretch {
  readonly ms: number;
  readonly to: "end" | "yes";
  readonly isLate: boolean;
}

/** What is ahead up to the next gate that asks for a yes; beyond the one that is waited at, when one is. */
function untilNextYes(state: RunState, nowMs: number, isAtGate: boolean): Stretch {
  let ms = 0;
  let isLate = false;
  let mayAsk = !isAtGate;
  for (const planned of state.plan.waves) {
    const wave = state.waves.find(({ number }) => number === planned.number);
    if (wave?.status === "closed") {
      ms = Math.max(0, (wave.soakUntilMs ?? 0) - nowMs);
      continue;
    }
    if (wave?.status === "open") {
      const open = openWaveLeft(state, { wave, planned, nowMs });
      isLate = open.isLate;
      ms = open.ms + planned.soakMs;
      continue;
    }
    if (mayAsk && wave !== undefined && needsYes(state, wave)) return { ms, to: "yes", isLate };
    mayAsk = true;
    ms += planned.expectedMs + planned.soakMs;
  }
  return { ms, to: "end", isLate };
}

interface OpenWave {
  readonly wave: WaveRun;
  readonly planned: PlannedWave;
  readonly nowMs: number;
}

/**
 * The greatest of: what the plan expected less the time since it opened; the share of it that has not begun; what the longest of its
 * services still takes. After a pause the first has run out, and the others tell.
 */
function openWaveLeft(state: RunState, { wave, planned, nowMs }: OpenWave): { ms: number; isLate: boolean } {
  const all = pairs(state).filter((pair) => pair.planned.wave === planned.number);
  const isLeft = ({ run }: Pair) => !isDecided(run) && run.phase !== "overdue";
  const left = all.filter(isLeft);
  if (left.length === 0) return { ms: 0, isLate: false };
  const queued = left.filter(({ run }) => run.phase === "queued").length;
  const byClockMs = planned.expectedMs - (nowMs - (wave.openedAtMs ?? nowMs));
  const byShareMs = (planned.expectedMs * queued) / all.length;
  const longestMs = Math.max(...left.map((pair) => serviceLeftMs(pair, nowMs)));
  return { ms: Math.max(0, byClockMs, byShareMs, longestMs), isLate: byClockMs <= 0 };
}

/** Milliseconds until a service is proved, as its estimate has it; 0 once that is past. */
export function serviceLeftMs({ run, planned }: Pair, nowMs: number): number {
  const { toCapacityFreeMs } = planned.estimate;
  if (!ACTIVE_PHASES.includes(run.phase)) return toCapacityFreeMs;
  return Math.max(0, (run.intendedAtMs ?? nowMs) + toCapacityFreeMs - nowMs);
}
