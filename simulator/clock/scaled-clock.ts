// A clock that runs with the wall clock, `speed` times as fast: for people who watch, and for clients in other processes.
// Invariants: the wall is a parameter; its steps backwards do not turn simulated time back; sleeping keeps no process alive.

import { checkedDuration, type SimulationClock } from "./simulation-clock";
import { Sleepers } from "./sleepers";

/** The clock on the wall. */
export interface Wall {
  /** Milliseconds that never run backwards. */
  nowMs(): number;
  /** Calls back after wall milliseconds; the returned function calls it off. */
  after(ms: number, then: () => void): () => void;
}

export interface ScaledClockOptions {
  readonly startAtMs: number;
  /** Simulated seconds per second; above 0, at most 100,000. */
  readonly speed: number;
  readonly wall?: Wall;
}

const SPEED_MAX = 100_000;
/** Longer waits are cut into pieces: a timer of Node.js holds 31 bits. */
const TIMER_MAX_MS = 2_147_483_647;

export class ScaledClock implements SimulationClock {
  readonly mode = "scaled";
  readonly speed: number;
  readonly #wall: Wall;
  readonly #wallStartMs: number;
  readonly #sleepers = new Sleepers();
  #startAtMs: number;
  #cancelTimer: () => void = () => {};

  constructor({ startAtMs, speed, wall = processWall }: ScaledClockOptions) {
    if (!(speed > 0 && speed <= SPEED_MAX)) {
      throw new RangeError(
        `the speed must be above 0 and at most ${SPEED_MAX}, found ${speed}; 60 makes a minute of a second`,
      );
    }
    this.speed = speed;
    this.#wall = wall;
    this.#wallStartMs = wall.nowMs();
    this.#startAtMs = startAtMs;
  }

  nowMs(): number {
    return Math.floor(this.#startAtMs + (this.#wall.nowMs() - this.#wallStartMs) * this.speed);
  }

  sleep(ms: number): Promise<void> {
    const slept = this.#sleepers.until(this.nowMs() + checkedDuration(Math.max(0, ms)));
    this.#setTimer();
    return slept;
  }

  advance(ms: number): void {
    this.#startAtMs += checkedDuration(ms);
    this.#sleepers.wake(this.nowMs());
    this.#setTimer();
  }

  close(): void {
    this.#cancelTimer();
    this.#sleepers.close();
  }

  #setTimer(): void {
    this.#cancelTimer();
    const next = this.#sleepers.next();
    if (next === null) return;
    const wallMs = Math.min(TIMER_MAX_MS, Math.max(0, (next - this.nowMs()) / this.speed));
    this.#cancelTimer = this.#wall.after(Math.ceil(wallMs), () => {
      this.#sleepers.wake(this.nowMs());
      this.#setTimer();
    });
  }
}

const processWall: Wall = {
  nowMs: () => performance.now(),
  after: (ms, then) => {
    const timer = setTimeout(then, ms).unref();
    return () => clearTimeout(timer);
  },
};
