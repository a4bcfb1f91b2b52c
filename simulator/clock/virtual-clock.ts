// A clock that jumps: when somebody sleeps and the event loop has nothing else to do, it is at once the earliest wake-up.
// Hours pass in milliseconds, and nobody who sleeps is ever woken out of order.
// Invariant: time moves only by a jump to a wake-up or by `advance`.

import { checkedDuration, type SimulationClock } from "./simulation-clock";
import { Sleepers } from "./sleepers";

export class VirtualClock implements SimulationClock {
  readonly mode = "virtual";
  readonly speed = 0;
  readonly #sleepers = new Sleepers();
  #nowMs: number;
  #jumpPending = false;

  constructor(startAtMs: number) {
    this.#nowMs = startAtMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  sleep(ms: number): Promise<void> {
    const slept = this.#sleepers.until(this.#nowMs + checkedDuration(Math.max(0, ms)));
    this.#jumpSoon();
    return slept;
  }

  advance(ms: number): void {
    this.#nowMs += checkedDuration(ms);
    this.#sleepers.wake(this.#nowMs);
  }

  close(): void {
    this.#sleepers.close();
  }

  /** After a turn of the event loop, so that everyone who was about to sleep has said so. */
  #jumpSoon(): void {
    if (this.#jumpPending) return;
    this.#jumpPending = true;
    setImmediate(() => {
      this.#jumpPending = false;
      const next = this.#sleepers.next();
      if (next === null) return;
      this.#nowMs = Math.max(this.#nowMs, next);
      this.#sleepers.wake(this.#nowMs);
      if (this.#sleepers.next() !== null) this.#jumpSoon();
    });
  }
}
