// The bounds within which requests to AWS are paced, timed out and sent again. All of them in one place, so that they can be
// read against each other.
//
// Invariants
//   rates are shares of what AWS publishes for the whole account: consoles, autoscalers and pipelines draw from the same buckets
//   every loop over attempts has its bound here; waits are milliseconds on the run's clock

export interface PacingLimits {
  /** The part of each published bucket, its burst and its rate, that this program allows itself: above 0, at most 1. */
  readonly share: number;
  /** What is allowed, before the share, for operations whose bucket AWS does not publish. */
  readonly unlistedBucket: { readonly burst: number; readonly perSecond: number };
  /** How long one request may go unanswered. */
  readonly requestTimeoutMs: number;
  /** Attempts of one call that ends throttled each time. Throttled requests did nothing, so this bound is generous. */
  readonly throttledAttemptsMax: number;
  /** Attempts of one read that fails in another passing way. */
  readonly failedAttemptsMax: number;
  readonly backOffBaseMs: number;
  readonly backOffCapMs: number;
  /** What a throttled reply leaves of the rate in force. */
  readonly throttleFactor: number;
  /** The rate never falls below this part of its allowance. */
  readonly rateFactorMin: number;
  /** Replies to requests that were on their way together count as one sign of congestion. */
  readonly throttlesApartMs: number;
  /** What comes back of the allowance in each second without a throttled reply. */
  readonly recoveryPerSecond: number;
  /** Calls that may wait for one bucket at the same time. */
  readonly waitingMax: number;
}

export const PACING_LIMITS: PacingLimits = {
  share: 0.5,
  unlistedBucket: { burst: 20, perSecond: 10 },
  requestTimeoutMs: 30_000,
  throttledAttemptsMax: 12,
  failedAttemptsMax: 5,
  backOffBaseMs: 250,
  backOffCapMs: 20_000,
  throttleFactor: 0.5,
  rateFactorMin: 1 / 32,
  throttlesApartMs: 1_000,
  recoveryPerSecond: 0.01,
  waitingMax: 100_000,
};
