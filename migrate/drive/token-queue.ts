// One bucket's waiting line: callers get their tokens in the order in which they came, on the clock of the run.
//
// Invariants
//   first come, first served; at most one sleeper a bucket, so that a clock which jumps is asked once
//   a caller is never let through without a token of the bucket's state at that instant

import type { PacingLimits } from "../core/pacing/pacing-limits";
import { slowDown, type TokenBucket, takeToken } from "../core/pacing/token-bucket";
import { internalError } from "../errors";
import type { Clock } from "../ports/clock";

export interface TokenQueue {
  /** Resolves when the caller holds a token. */
  token(): Promise<void>;
  /** To be told of every throttled reply. */
  throttled(): void;
}

export interface TokenQueueOptions {
  readonly bucket: TokenBucket;
  readonly clock: Clock;
  readonly limits: PacingLimits;
}

export function createTokenQueue({ bucket: full, clock, limits }: TokenQueueOptions): TokenQueue {
  const waiting: (() => void)[] = [];
  let bucket = full;
  let serving = false;

  async function serve(): Promise<void> {
    serving = true;
    while (waiting.length > 0) {
      const taken = takeToken(bucket, clock.nowMs(), limits);
      bucket = taken.bucket;
      if (taken.waitMs === 0) waiting.shift()?.();
      else await clock.sleep(taken.waitMs);
    }
    serving = false;
  }

  return {
    token() {
      if (waiting.length >= limits.waitingMax) {
        return Promise.reject(internalError(`more than ${limits.waitingMax} calls wait for one bucket`));
      }
      return new Promise((resolve) => {
        waiting.push(resolve);
        if (!serving) void serve();
      });
    },
    throttled() {
      bucket = slowDown(bucket, clock.nowMs(), limits);
    },
  };
}
