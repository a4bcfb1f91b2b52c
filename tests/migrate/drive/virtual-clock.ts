// Time that passes when somebody sleeps or a call takes its while, and never by itself.

import type { Clock } from "../../../migrate/ports/clock";

export class VirtualClock implements Clock {
  /** Called at every sleep, so that a test can act at an instant. */
  onSleep: (nowMs: number) => void = () => {};

  constructor(private current: number) {}

  nowMs(): number {
    return this.current;
  }

  advance(ms: number): void {
    this.current += ms;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    this.current += ms;
    this.onSleep(this.current);
  }
}
