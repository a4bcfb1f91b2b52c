// The one clock of a simulated life: the program's, the simulated AWS's and the rivals'. It jumps to the earliest sleeper when
// nobody has anything else to do.
// Invariants: time moves only by jumps; a sleep that is given up holds nobody back; after the close nobody wakes any more.

import type { Clock, ClockJump } from "../../../migrate/ports/clock";
import type { SimulationClock } from "../../../simulator/clock/simulation-clock";

interface Sleeper {
  readonly wakeAtMs: number;
  readonly order: number;
  readonly wake: () => void;
}

export class SimClock implements Clock, SimulationClock {
  readonly mode = "virtual";
  readonly speed = 0;
  #sleepers: Sleeper[] = [];
  #order = 0;
  #jumpPending = false;
  #closed = false;
  /** While it stands still nobody wakes: for what takes time on the machine and none in the story. */
  standsStill = false;
  readonly #jumps: ClockJump[] = [];

  constructor(private current: number) {}

  nowMs(): number {
    return this.current;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const giveUp = () => this.#giveUp(sleeper);
      const wake = () => {
        signal?.removeEventListener("abort", giveUp);
        resolve();
      };
      const sleeper = { wakeAtMs: this.current + Math.max(0, ms), order: this.#order++, wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", giveUp, { once: true });
      this.#jumpSoon();
    });
  }

  /** The machine slept until now, and its clock tells. */
  slept(byMs: number): void {
    this.#jumps.push({ kind: "slept", byMs, atMs: this.current });
  }

  jumpsAfter(instantMs: number): readonly ClockJump[] {
    return this.#jumps.filter(({ atMs }) => atMs > instantMs);
  }

  advance(ms: number): void {
    this.current += ms;
  }

  close(): void {
    this.#closed = true;
    this.#sleepers = [];
  }

  #giveUp(sleeper: Sleeper): void {
    this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
    sleeper.wake();
  }

  /** After a turn of the event loop, so that everyone who was about to sleep has said so. */
  #jumpSoon(): void {
    if (this.#jumpPending) return;
    this.#jumpPending = true;
    setImmediate(() => {
      this.#jumpPending = false;
      const next = this.#first();
      if (next === null || this.#closed || this.standsStill) return;
      this.current = Math.max(this.current, next.wakeAtMs);
      this.#sleepers = this.#sleepers.filter((other) => other !== next);
      next.wake();
      if (this.#sleepers.length > 0) this.#jumpSoon();
    });
  }

  #first(): Sleeper | null {
    return this.#sleepers.reduce<Sleeper | null>(
      (first, one) => (first === null || isBefore(one, first) ? one : first),
      null,
    );
  }
}

function isBefore(a: Sleeper, b: Sleeper): boolean {
  return a.wakeAtMs < b.wakeAtMs || (a.wakeAtMs === b.wakeAtMs && a.order < b.order);
}
