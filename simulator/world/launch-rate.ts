// A rate of AWS's own that launches wait for: a burst, refilled with so much a second. Of launches there is one for each kind of
// capacity and lane, and one of CreateGrant, of which each keyed launch takes two.
// Sources: "AWS Fargate throttling quotas", ECS developer guide (documented: On-Demand and Spot have one each); request quotas of
// KMS (documented: requests of AWS services on the caller's behalf count, and dry runs do).
// Invariant: what comes above the rate is not refused, it waits; the ECS scheduler does not report it (I).

export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

export class LaunchRate {
  readonly #rate: Rate;
  #tokens: number;
  #asOfMs = 0;

  constructor(rate: Rate) {
    this.#rate = rate;
    this.#tokens = rate.burst;
  }

  /** Takes tokens, on credit if need be, and says how long to wait for them. */
  reserve(nowMs: number, tokens = 1): number {
    const { burst, perSecond } = this.#rate;
    const refilled = this.#tokens + (Math.max(0, nowMs - this.#asOfMs) * perSecond) / 1000;
    this.#tokens = Math.min(burst, refilled) - tokens;
    this.#asOfMs = Math.max(nowMs, this.#asOfMs);
    return this.#tokens >= 0 ? 0 : Math.ceil((-this.#tokens * 1000) / perSecond);
  }
}
