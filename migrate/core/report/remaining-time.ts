// How long a run still takes, as far as its plan can tell: what is left of the open wave, soaks, and the waves to come.
// An estimate: failures, throttles and waits for teams are not in it.

import type { RunState } from "../machine/run-state";

/** Milliseconds; 0 once nothing is left. */
export function remainingMs(state: RunState, nowMs: number): number {
  return state.plan.waves.reduce((total, planned) => {
    const wave = state.waves.find(({ number }) => number === planned.number);
    if (wave === undefined || wave.status === "waiting") return total + planned.expectedMs + planned.soakMs;
    if (wave.status === "closed") return total + Math.max(0, (wave.soakUntilMs ?? 0) - nowMs);
    return total + Math.max(0, planned.expectedMs - (nowMs - (wave.openedAtMs ?? nowMs))) + planned.soakMs;
  }, 0);
}
