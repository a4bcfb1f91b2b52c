// Time as the machine tells it.
// Invariant: a sleep that was aborted leaves no timer behind, so that the process can end.

import type { Clock } from "../../ports/clock";

export function createSystemClock(): Clock {
  return { nowMs: () => Date.now(), sleep };
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted === true || ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(ms, TIMER_MS_MAX));
    signal?.addEventListener("abort", end, { once: true });
  });
}

/** Longer timers fire at once in Node: 2^31 − 1 milliseconds, 24 days. */
const TIMER_MS_MAX = 2_147_483_647;
