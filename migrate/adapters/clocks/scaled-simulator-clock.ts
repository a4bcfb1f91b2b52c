// The time of a simulator that runs with the wall clock, `speed` times as fast.
//
// Invariants
//   time never runs backwards, also when the simulator is asked again and tells an earlier instant
//   when the simulator falls silent, time goes on at its last speed

import type { Clock } from "../../ports/clock";
import type { ClockReading, SimulatorSteering } from "./simulator-steering";

export interface ScaledSimulatorClockOptions {
  readonly reading: ClockReading;
  readonly steering: SimulatorSteering;
  /** The wall: monotonic milliseconds, and sleeping on it. */
  readonly wall: Clock;
}

/** Sleeps longer than this, in wall milliseconds, are followed by a look at the simulator's clock. */
const RESYNC_AFTER_MS = 250;
const TIMER_EARLY_MS = 2;
/** What goes on beside the work comes no more often than this, in wall milliseconds, however fast the simulator is. */
const LAPSE_WALL_MS_MIN = 100;

export function createScaledSimulatorClock({ reading, steering, wall }: ScaledSimulatorClockOptions): Clock {
  let anchor = { ...reading, wallMs: wall.nowMs() };
  let latestMs = reading.nowMs;

  function nowMs(): number {
    const reckonedMs = Math.floor(anchor.nowMs + (wall.nowMs() - anchor.wallMs) * anchor.speed);
    latestMs = Math.max(latestMs, reckonedMs);
    return latestMs;
  }

  async function resync(): Promise<void> {
    const read = await steering.readClock();
    if (read !== null && read.speed > 0) anchor = { ...read, wallMs: wall.nowMs() };
  }

  const { lapse } = wall;
  return {
    nowMs,
    ...(lapse === undefined
      ? {}
      : { lapse: (ms, signal) => lapse(Math.max(LAPSE_WALL_MS_MIN, Math.ceil(ms / anchor.speed)), signal) }),
    async sleep(ms, signal) {
      const untilMs = nowMs() + ms;
      const wallMs = Math.ceil(ms / anchor.speed);
      await wall.sleep(wallMs, signal);
      // A timer may fire up to a millisecond of wall time early, which at this speed may be minutes.
      if (signal?.aborted !== true && nowMs() < untilMs) await wall.sleep(TIMER_EARLY_MS, signal);
      if (wallMs > RESYNC_AFTER_MS && signal?.aborted !== true) await resync();
    },
  };
}
