// How long things take: heavy-tailed, from the seed. The planner does not share these numbers.
// Invariants: medians are our estimates (I), not AWS's promises; each can be overridden by a fleet (`extra.simulator.durations`).

import type { Random } from "./random";

export interface DurationMedians {
  readonly provisionMs: number;
  readonly pullMs: number;
  /** From RUNNING to counted as healthy, with a health check or a target group. */
  readonly healthMs: number;
  /** From SIGTERM to the end of the containers; bounded by the stop timeout. */
  readonly exitMs: number;
  readonly deprovisionMs: number;
  /** From a change to the scheduler's answer to it. */
  readonly schedulerMs: number;
  /** From the last condition of a deployment met to its being reported complete. */
  readonly settleMs: number;
}

export const DEFAULT_MEDIANS: DurationMedians = {
  provisionMs: 8_000,
  pullMs: 12_000,
  healthMs: 25_000,
  exitMs: 4_000,
  deprovisionMs: 5_000,
  schedulerMs: 2_000,
  settleMs: 6_000,
};

/** Without any health check a task counts after 40 s of RUNNING (AWS: service scheduler, documented). */
export const UNCHECKED_HEALTH_MS = 40_000;
/** A service task that never passes its checks is stopped after about this long (I). */
const GIVE_UP_HEALTH_MS = 90_000;

export class Durations {
  constructor(
    private readonly random: Random,
    readonly medians: DurationMedians,
  ) {}

  provisionMs(): number {
    return this.random.heavyTailed(this.medians.provisionMs, 0.45);
  }

  pullMs(): number {
    return this.random.heavyTailed(this.medians.pullMs, 0.55);
  }

  healthMs(hasCheck: boolean): number {
    return hasCheck ? this.random.heavyTailed(this.medians.healthMs, 0.35) : UNCHECKED_HEALTH_MS;
  }

  giveUpHealthMs(): number {
    return this.random.heavyTailed(GIVE_UP_HEALTH_MS, 0.25);
  }

  exitMs(stopTimeoutMs: number): number {
    return Math.min(this.random.heavyTailed(this.medians.exitMs, 0.8), stopTimeoutMs);
  }

  deprovisionMs(): number {
    return this.random.heavyTailed(this.medians.deprovisionMs, 0.4);
  }

  schedulerMs(): number {
    return this.random.heavyTailed(this.medians.schedulerMs, 0.5);
  }

  settleMs(): number {
    return this.random.heavyTailed(this.medians.settleMs, 0.5);
  }

  /** Time from a crash's cause to the crash, for containers that exit by themselves. */
  crashMs(): number {
    return this.random.heavyTailed(6_000, 0.6);
  }

  /** From the start of a Lambda lifecycle hook to its answer. */
  hookMs(): number {
    return this.random.heavyTailed(8_000, 0.6);
  }

  /** Retry of a launch that found no capacity or no address. */
  retryMs(): number {
    return this.random.heavyTailed(30_000, 0.4);
  }
}
