// Who sleeps until when. Those of the same instant wake in the order in which they went to sleep.
// Invariant: each sleeper settles exactly once, by waking or by the close.

import { ClockClosedError } from "./simulation-clock";

interface Sleeper {
  readonly wakeAtMs: number;
  resolve(): void;
  reject(error: Error): void;
}

export class Sleepers {
  #sleepers: readonly Sleeper[] = [];
  #closed = false;

  until(wakeAtMs: number): Promise<void> {
    if (this.#closed) return Promise.reject(new ClockClosedError());
    return new Promise((resolve, reject) => {
      const later = this.#sleepers.findIndex((other) => other.wakeAtMs > wakeAtMs);
      const at = later === -1 ? this.#sleepers.length : later;
      this.#sleepers = this.#sleepers.toSpliced(at, 0, { wakeAtMs, resolve, reject });
    });
  }

  /** The earliest wake-up, or null when nobody sleeps. */
  next(): number | null {
    return this.#sleepers[0]?.wakeAtMs ?? null;
  }

  wake(nowMs: number): void {
    const due = this.#sleepers.filter((sleeper) => sleeper.wakeAtMs <= nowMs);
    this.#sleepers = this.#sleepers.slice(due.length);
    for (const sleeper of due) sleeper.resolve();
  }

  close(): void {
    this.#closed = true;
    const all = this.#sleepers;
    this.#sleepers = [];
    for (const sleeper of all) sleeper.reject(new ClockClosedError());
  }
}
