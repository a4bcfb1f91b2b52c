// Fargate's launch rate of one lane and purchase kind: a burst of 100 launches, refilled with 20 a second.
// Source: "AWS Fargate throttling quotas", ECS developer guide (documented). On-Demand and Spot have one each.
// Invariant: a launch above the rate is not refused, it waits; the ECS scheduler does not report it (I).

const BURST = 100;
const PER_SECOND = 20;

export class LaunchRate {
  private tokens = BURST;
  private asOfMs = 0;

  /** Takes one token, on credit if need be, and says how long the launch has to wait for it. */
  reserve(nowMs: number): number {
    const refilled = this.tokens + (Math.max(0, nowMs - this.asOfMs) * PER_SECOND) / 1000;
    this.tokens = Math.min(BURST, refilled) - 1;
    this.asOfMs = Math.max(nowMs, this.asOfMs);
    return this.tokens >= 0 ? 0 : Math.ceil((-this.tokens * 1000) / PER_SECOND);
  }
}
