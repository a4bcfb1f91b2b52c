// The time of a simulation: what the world, the buckets, the faults and whoever sleeps in the same process all go by.
// Invariants: time never runs backwards; a sleeper wakes at or after its instant; closing a clock ends every sleep.

export type ClockMode = "virtual" | "scaled" | "manual";

export interface SimulationClock {
  readonly mode: ClockMode;
  /** Simulated seconds per second on the wall; 0 where the wall clock plays no part. */
  readonly speed: number;
  /** Milliseconds since the epoch, in simulated time. */
  nowMs(): number;
  /** Resolves when `ms` simulated milliseconds have passed; rejects with ClockClosedError when the clock is closed first. */
  sleep(ms: number): Promise<void>;
  /** Moves time forward by `ms` simulated milliseconds, waking whoever sleeps until then. Throws RangeError on a wrong `ms`. */
  advance(ms: number): void;
  close(): void;
}

/** Ten years: what a slip of the unit (seconds, milliseconds, microseconds) easily passes. */
export const ADVANCE_MAX_MS = 10 * 365 * 86_400_000;

/** `ms` itself, or a RangeError that names it. */
export function checkedDuration(ms: number): number {
  if (Number.isFinite(ms) && ms >= 0 && ms <= ADVANCE_MAX_MS) return ms;
  throw new RangeError(
    `a duration must be 0 to ${ADVANCE_MAX_MS} milliseconds, found ${ms}; give a smaller, positive number`,
  );
}

export class ClockClosedError extends Error {
  override readonly name = "ClockClosedError";

  constructor() {
    super("the simulation's clock was closed while somebody slept; start a new simulation");
  }
}
