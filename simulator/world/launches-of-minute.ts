// How many tasks one service may launch on Fargate in a minute.
// Source: RESOURCE_QUOTAS in domain/api-quotas.ts (reported: 500, not adjustable); that it holds for any sixty seconds rather than
// for minutes of the clock is inferred.
// Invariant: between a launch and the five-hundredth after it there is a minute at least.

import { RESOURCE_QUOTAS } from "../../domain/api-quotas";

const LAUNCHES_MAX = RESOURCE_QUOTAS.serviceTaskLaunchesPerMinute.standard;
const MINUTE_MS = 60_000;

export class LaunchesOfMinute {
  /** The latest launches, as a ring: `#oldest` is the next one to be overwritten. */
  readonly #startsMs: number[] = [];
  #oldest = 0;
  #latestMs = 0;

  /** The instant at which the next launch begins, not before `wantedMs`. */
  reserve(wantedMs: number): number {
    const first = this.#startsMs[this.#oldest];
    const freeMs = first === undefined ? wantedMs : first + MINUTE_MS;
    const startMs = Math.max(wantedMs, freeMs, this.#latestMs);
    this.#startsMs[this.#oldest] = startMs;
    this.#oldest = (this.#oldest + 1) % LAUNCHES_MAX;
    this.#latestMs = startMs;
    return startMs;
  }
}
