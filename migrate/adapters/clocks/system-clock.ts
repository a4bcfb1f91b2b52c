// Time as the machine tells it, made steady: never backwards, and a suspended machine is noticed.
//
// Invariants
//   a sleep that was aborted leaves no timer behind, so that the process can end
//   a lapse keeps no process alive

import { uptime } from "node:os";
import type { Clock } from "../../ports/clock";
import { createSteadyTime, type TimeSources } from "./steady-time";

const MACHINE: TimeSources = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sinceBootMs: () => uptime() * 1_000,
};

/** `sources`: a test puts its own in place of the machine's. */
export function createSystemClock(sources: TimeSources = MACHINE): Clock {
  const { nowMs, jumpsAfter } = createSteadyTime(sources);
  return {
    nowMs,
    jumpsAfter,
    sleep: (ms, signal) => timer({ ms, signal, holdsProcess: true }),
    lapse: (ms, signal) => timer({ ms, signal, holdsProcess: false }),
  };
}

interface Timer {
  readonly ms: number;
  readonly signal: AbortSignal | undefined;
  readonly holdsProcess: boolean;
}

function timer({ ms, signal, holdsProcess }: Timer): Promise<void> {
  if (signal?.aborted === true || ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timeout);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timeout = setTimeout(end, Math.min(ms, TIMER_MS_MAX));
    if (!holdsProcess) timeout.unref();
    signal?.addEventListener("abort", end, { once: true });
  });
}

/** Longer timers fire at once in Node: 2^31 − 1 milliseconds, 24 days. */
const TIMER_MS_MAX = 2_147_483_647;
