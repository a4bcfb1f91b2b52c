// The time of a simulator that stands still until it is told to advance: sleeping is what makes it advance.
//
// Invariants
//   those who sleep at the same time share the advance: the earliest wakes first, and time moves only as far as that
//   a lapse moves nothing: it ends when those who sleep have moved time so far
//   time never runs backwards, and goes on here when the simulator falls silent, so that nobody waits for ever

import type { Clock } from "../../ports/clock";
import type { ClockReading, SimulatorSteering } from "./simulator-steering";

export interface SteppedSimulatorClockOptions {
  readonly reading: ClockReading;
  readonly steering: SimulatorSteering;
}

interface Sleeper {
  readonly wakeAtMs: number;
  readonly wake: () => void;
}

export function createSteppedSimulatorClock({ reading, steering }: SteppedSimulatorClockOptions): Clock {
  let nowMs = reading.nowMs;
  let stepping = false;
  const sleepers = new Set<Sleeper>();
  const lapses = new Set<Sleeper>();

  function wakeThoseDue(): void {
    const due = [...sleepers, ...lapses]
      .filter(({ wakeAtMs }) => wakeAtMs <= nowMs)
      .toSorted((a, b) => a.wakeAtMs - b.wakeAtMs);
    for (const sleeper of due) sleeper.wake();
  }

  async function step(): Promise<void> {
    stepping = true;
    while (sleepers.size > 0) {
      await aTurnOfTheEventLoop();
      const earliestMs = Math.min(...[...sleepers].map(({ wakeAtMs }) => wakeAtMs));
      if (Number.isFinite(earliestMs)) {
        const read = await steering.advance(Math.max(0, earliestMs - nowMs));
        nowMs = Math.max(nowMs, read?.nowMs ?? earliestMs);
      }
      wakeThoseDue();
    }
    stepping = false;
  }

  function waitAmong(waiting: Set<Sleeper>, ms: number, signal: AbortSignal | undefined): Promise<void> {
    if (ms <= 0 || signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        waiting.delete(sleeper);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const sleeper = { wakeAtMs: nowMs + ms, wake };
      waiting.add(sleeper);
      signal?.addEventListener("abort", wake, { once: true });
    });
  }

  return {
    nowMs: () => nowMs,
    lapse: (ms, signal) => waitAmong(lapses, ms, signal),
    sleep(ms, signal) {
      const slept = waitAmong(sleepers, ms, signal);
      if (!stepping && sleepers.size > 0) void step();
      return slept;
    },
  };
}

/** So that everyone who is about to sleep, or to end a sleep, has said so before time moves. */
function aTurnOfTheEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
