// A machine whose clocks a test owns: time passes, it sleeps, and somebody sets its wall clock.

import type { TimeSources } from "../../../migrate/adapters/clocks/steady-time";

export class MachineTime implements TimeSources {
  private monotonic = 5_000;
  private slept = 0;

  constructor(private wall: number) {}

  wallMs(): number {
    return this.wall;
  }

  monotonicMs(): number {
    return this.monotonic;
  }

  sinceBootMs(): number {
    return this.monotonic + this.slept;
  }

  pass(ms: number): void {
    this.wall += ms;
    this.monotonic += ms;
  }

  /** As a laptop that is shut: CLOCK_MONOTONIC stands still. */
  sleep(ms: number): void {
    this.wall += ms;
    this.slept += ms;
  }

  setBy(ms: number): void {
    this.wall += ms;
  }
}
