// A token bucket that yields to congestion: its rate is halved when AWS throttles and comes back slowly (additive increase,
// multiplicative decrease), because others draw from the same bucket of the account.
//
// Invariants
//   over any span, no more tokens are taken than burst + span × rate
//   state in, state out; `nowMs` is an argument, and a clock that steps back gives no tokens
//   0 <= tokens <= burst × rateFactor (at least one), rateFactorMin <= rateFactor <= 1

import type { PacingLimits } from "./pacing-limits";

export interface TokenBucket {
  readonly burst: number;
  readonly perSecond: number;
  readonly tokens: number;
  /** The part of the allowance in force: 1 when nothing was throttled lately. */
  readonly rateFactor: number;
  readonly refilledAtMs: number;
  readonly slowedAtMs: number | null;
}

export interface TokenTaken {
  readonly bucket: TokenBucket;
  /** 0: a token was taken. Otherwise none was, and it is worth trying again after so many milliseconds. */
  readonly waitMs: number;
}

type Recovery = Pick<PacingLimits, "recoveryPerSecond">;
type Congestion = Pick<PacingLimits, "recoveryPerSecond" | "throttleFactor" | "rateFactorMin" | "throttlesApartMs">;

/** A full bucket holding the share of an allowance; it always has room for one token. */
export function fullBucket(allowance: {
  readonly burst: number;
  readonly perSecond: number;
  readonly share: number;
  readonly nowMs: number;
}): TokenBucket {
  const burst = Math.max(1, allowance.burst * allowance.share);
  const perSecond = allowance.perSecond * allowance.share;
  return { burst, perSecond, tokens: burst, rateFactor: 1, refilledAtMs: allowance.nowMs, slowedAtMs: null };
}

export function takeToken(bucket: TokenBucket, nowMs: number, limits: Recovery): TokenTaken {
  const refilled = refill(bucket, nowMs, limits);
  if (refilled.tokens >= 1) return { bucket: { ...refilled, tokens: refilled.tokens - 1 }, waitMs: 0 };
  const missing = 1 - refilled.tokens;
  const waitMs = Math.ceil((missing / (refilled.perSecond * refilled.rateFactor)) * 1_000);
  return { bucket: refilled, waitMs: Math.max(1, waitMs) };
}

/** After a throttled reply: no token is left, and the rate is cut, once for replies that came together. */
export function slowDown(bucket: TokenBucket, nowMs: number, limits: Congestion): TokenBucket {
  const refilled = refill(bucket, nowMs, limits);
  const justSlowed = refilled.slowedAtMs !== null && nowMs - refilled.slowedAtMs < limits.throttlesApartMs;
  if (justSlowed) return { ...refilled, tokens: 0 };
  const rateFactor = Math.max(limits.rateFactorMin, refilled.rateFactor * limits.throttleFactor);
  return { ...refilled, tokens: 0, rateFactor, slowedAtMs: nowMs };
}

function refill(bucket: TokenBucket, nowMs: number, limits: Recovery): TokenBucket {
  const elapsedS = Math.max(0, nowMs - bucket.refilledAtMs) / 1_000;
  if (elapsedS === 0) return bucket;
  const room = Math.max(1, bucket.burst * bucket.rateFactor);
  const tokens = Math.min(room, bucket.tokens + elapsedS * bucket.perSecond * bucket.rateFactor);
  const rateFactor = Math.min(1, bucket.rateFactor + elapsedS * limits.recoveryPerSecond);
  return { ...bucket, tokens, rateFactor, refilledAtMs: nowMs };
}
