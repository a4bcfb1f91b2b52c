// A clock that stands still until it is told to advance: for tests, and for clients in other processes that "sleep" by
// posting /_simulator/advance.

import { checkedDuration, type SimulationClock } from "./simulation-clock";
import { Sleepers } from "./sleepers";

export class ManualClock implements SimulationClock {
  readonly mode = "manual";
  readonly speed = 0;
  readonly #sleepers = new Sleepers();
  #nowMs: number;

  constructor(startAtMs: number) {
    this.#nowMs = startAtMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  sleep(ms: number): Promise<void> {
    return ms <= 0 ? Promise.resolve() : this.#sleepers.until(this.#nowMs + checkedDuration(ms));
  }

  advance(ms: number): void {
    this.#nowMs += checkedDuration(ms);
    this.#sleepers.wake(this.#nowMs);
  }

  close(): void {
    this.#sleepers.close();
  }
}
