// The token buckets of AWS's APIs, one set for each account and Region: full at first, refilled with simulated time.
// Invariants: a bucket never holds more than its burst; a refused call takes no token; what AWS lists no bucket for is not limited.
// Source: the buckets are domain/api-quotas.ts; that a refused call takes no token is inferred.

import { type ApiBucket, bucketOf } from "../domain/api-quotas";
import type { Call } from "./world/call";

interface Level {
  tokens: number;
  asOfMs: number;
}

export class ApiThrottle {
  readonly #levels = new Map<string, Level>();

  /** Whether the call may pass; takes its token when it may. */
  admit({ service, operation, caller }: Call, nowMs: number): boolean {
    const bucket = bucketOf(service, operation);
    if (bucket === null) return true;
    const level = this.#levelOf(`${caller.account}/${caller.region}/${bucket.id}`, bucket, nowMs);
    if (level.tokens < 1) return false;
    level.tokens -= 1;
    return true;
  }

  #levelOf(key: string, bucket: ApiBucket, nowMs: number): Level {
    const level = this.#levels.get(key) ?? { tokens: bucket.burst, asOfMs: nowMs };
    this.#levels.set(key, level);
    const elapsedSeconds = Math.max(0, nowMs - level.asOfMs) / 1000;
    level.tokens = Math.min(bucket.burst, level.tokens + elapsedSeconds * bucket.perSecond);
    level.asOfMs = nowMs;
    return level;
  }
}
