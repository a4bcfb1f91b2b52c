// The machine's time made fit for a run: it never goes back, and it knows when the machine slept.
//
// It is the wall clock of its first reading, carried on by the monotonic one. Where the wall gains on that, it is followed: the
// machine was suspended (Linux's CLOCK_MONOTONIC stands still meanwhile, clock_gettime(2)), a virtual machine was paused, or
// somebody set the clock forward. Where the wall falls back it is not followed.
//
// Invariants
//   an instant is never smaller than one told before
//   time in suspend counts also when the wall clock was set back meanwhile: the time since boot runs on in suspend and is set by nobody
//   where the monotonic clock runs on in suspend (Windows), time has simply passed: there is no jump to tell

import type { ClockJump } from "../../ports/clock";

export interface TimeSources {
  /** Milliseconds since the epoch; may be set to anything at any time. */
  wallMs(): number;
  /** Never set; stands still while the machine is suspended. */
  monotonicMs(): number;
  /** Never set; runs on while the machine is suspended. Coarse: to a second on some systems. */
  sinceBootMs(): number;
}

export interface SteadyTime {
  nowMs(): number;
  jumpsAfter(instantMs: number): readonly ClockJump[];
}

/** Below this the two clocks only round differently, or one is being slewed. */
const STEP_MS_MIN = 100;
/** Below this a suspension is not told from the coarseness of the time since boot. */
const SLEPT_MS_MIN = 2_000;
/** A smaller jump makes no look too old to act on. */
const TOLD_MS_MIN = 5_000;
const JUMPS_KEPT_MAX = 100;

export function createSteadyTime(sources: TimeSources): SteadyTime {
  const jumps: ClockJump[] = [];
  let last = readingOf(sources);
  let aheadMs = last.wallMs - last.monotonicMs;

  function nowMs(): number {
    const monotonicMs = sources.monotonicMs();
    const wallAheadMs = sources.wallMs() - monotonicMs;
    const steppedMs = wallAheadMs - (last.wallMs - last.monotonicMs);
    if (Math.abs(steppedMs) >= STEP_MS_MIN) step();
    else aheadMs = Math.max(aheadMs, wallAheadMs);
    return Math.floor(monotonicMs + aheadMs);
  }

  function step(): void {
    const now = readingOf(sources);
    const sleptMs = sleptBetween(last, now);
    const wallAheadMs = now.wallMs - now.monotonicMs;
    const setMs = wallAheadMs - (last.wallMs - last.monotonicMs) - sleptMs;
    const aheadBeforeMs = aheadMs;
    aheadMs = Math.max(aheadMs + sleptMs, wallAheadMs);
    last = now;
    const atMs = Math.floor(now.monotonicMs + aheadMs);
    if (setMs <= -TOLD_MS_MIN) tell({ kind: "set-back", byMs: Math.round(-setMs), atMs });
    const byMs = Math.round(aheadMs - aheadBeforeMs);
    if (byMs >= TOLD_MS_MIN) tell({ kind: sleptMs > 0 ? "slept" : "set-forward", byMs, atMs });
  }

  function tell(jump: ClockJump): void {
    jumps.push(jump);
    if (jumps.length > JUMPS_KEPT_MAX) jumps.shift();
  }

  return {
    nowMs,
    jumpsAfter(instantMs) {
      nowMs();
      return jumps.filter(({ atMs }) => atMs > instantMs);
    },
  };
}

interface Reading {
  readonly wallMs: number;
  readonly monotonicMs: number;
  readonly sinceBootMs: number;
}

function readingOf(sources: TimeSources): Reading {
  return { wallMs: sources.wallMs(), monotonicMs: sources.monotonicMs(), sinceBootMs: sources.sinceBootMs() };
}

function sleptBetween(before: Reading, after: Reading): number {
  const sleptMs = after.sinceBootMs - before.sinceBootMs - (after.monotonicMs - before.monotonicMs);
  return sleptMs >= SLEPT_MS_MIN ? sleptMs : 0;
}
