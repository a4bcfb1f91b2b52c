// A clock for tests: when everyone who could act sleeps, it jumps to the next who wakes. Aborted sleeps do not move it.

import type { Clock } from "../../../migrate/ports/clock";

interface Sleeper {
  readonly wakeAtMs: number;
  readonly wake: () => void;
}

export function createJumpingClock(startMs = 1_000_000): Clock {
  let nowMs = startMs;
  let jumpPending = false;
  const sleepers = new Set<Sleeper>();

  function jumpSoon(): void {
    if (jumpPending) return;
    jumpPending = true;
    setImmediate(() => {
      jumpPending = false;
      const [first] = [...sleepers].toSorted((a, b) => a.wakeAtMs - b.wakeAtMs);
      if (first === undefined) return;
      nowMs = Math.max(nowMs, first.wakeAtMs);
      first.wake();
      if (sleepers.size > 0) jumpSoon();
    });
  }

  return {
    nowMs: () => nowMs,
    sleep(ms, signal) {
      if (ms <= 0 || signal?.aborted === true) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = (): void => {
          sleepers.delete(sleeper);
          resolve();
        };
        const sleeper = { wakeAtMs: nowMs + ms, wake };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", wake, { once: true });
        jumpSoon();
      });
    },
  };
}
