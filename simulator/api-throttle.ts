// The token buckets of AWS's APIs, one set for each account and Region: full at first, refilled with simulated time.
// Invariants: a bucket never holds more than its burst; a refused call takes no token; what AWS lists no bucket for is not limited;
// a neighbour takes of what refills, never of what is there, so a bucket empties only by the caller's own calls.
// Source: the buckets are domain/api-quotas.ts; that a refused call takes no token is inferred.

import { API_BUCKETS, type ApiBucket, bucketOf } from "../domain/api-quotas";
import type { NeighbourTakesTokens } from "./api-fault";
import type { Call } from "./world/call";

interface Level {
  tokens: number;
  asOfMs: number;
}

const NEIGHBOURS_MAX = 100;

export class ApiThrottle {
  readonly #levels = new Map<string, Level>();
  #neighbours: readonly NeighbourTakesTokens[] = [];

  /** Whether the call may pass; takes its token when it may. */
  admit({ service, operation, caller }: Call, nowMs: number): boolean {
    const bucket = bucketOf(service, operation);
    if (bucket === null) return true;
    const level = this.#levelOf(`${caller.account}/${caller.region}/${bucket.id}`, bucket, {
      account: caller.account,
      nowMs,
    });
    if (level.tokens < 1) return false;
    level.tokens -= 1;
    return true;
  }

  /** Throws RangeError when it has no end, names no bucket, or too many are there already. */
  addNeighbour(neighbour: NeighbourTakesTokens, nowMs: number): void {
    const { untilMs, share } = neighbour;
    if (untilMs === undefined)
      throw new RangeError("a neighbour that takes tokens needs an end: untilMs or forSeconds");
    if (!(share >= 0 && share <= 1)) throw new RangeError(`share must be a number from 0 to 1, found ${share}`);
    if (!API_BUCKETS.some((bucket) => takesFrom(neighbour, bucket))) throw noBucket(neighbour);
    const present = this.#neighbours.filter((other) => (other.untilMs ?? 0) > nowMs - FORGOTTEN_AFTER_MS);
    if (present.length >= NEIGHBOURS_MAX) throw new RangeError(`${NEIGHBOURS_MAX} neighbours take tokens already`);
    this.#neighbours = [...present, { ...neighbour, fromMs: neighbour.fromMs ?? nowMs }];
  }

  #levelOf(key: string, bucket: ApiBucket, { account, nowMs }: { account: string; nowMs: number }): Level {
    const level = this.#levels.get(key) ?? { tokens: bucket.burst, asOfMs: nowMs };
    this.#levels.set(key, level);
    const takers = this.#neighbours.filter(
      (one) => takesFrom(one, bucket) && (one.account === undefined || one.account === account),
    );
    const refillMs = refillingMs(takers, level.asOfMs, Math.max(level.asOfMs, nowMs));
    level.tokens = Math.min(bucket.burst, level.tokens + (refillMs / 1000) * bucket.perSecond);
    level.asOfMs = nowMs;
    return level;
  }
}

/** What was taken so long ago no longer matters: every bucket is full again within half a minute. */
const FORGOTTEN_AFTER_MS = 3_600_000;

function takesFrom({ service, operation, bucket }: NeighbourTakesTokens, { id, ...of }: ApiBucket): boolean {
  return (
    (bucket === undefined || bucket === id) &&
    (service === undefined || service === of.service) &&
    (operation === undefined || of.operations.includes(operation))
  );
}

/** How much of a stretch of time refills for the caller: all of it but the neighbours' shares, moment by moment. */
function refillingMs(takers: readonly NeighbourTakesTokens[], fromMs: number, toMs: number): number {
  if (takers.length === 0) return toMs - fromMs;
  const bounds = takers.flatMap((taker) => [taker.fromMs ?? fromMs, taker.untilMs ?? toMs]);
  const cuts = [fromMs, ...bounds.filter((atMs) => atMs > fromMs && atMs < toMs).toSorted((a, b) => a - b), toMs];
  return cuts.slice(1).reduce((sum, endMs, index) => {
    const startMs = cuts[index] ?? endMs;
    const present = takers.filter((one) => (one.fromMs ?? fromMs) <= startMs && (one.untilMs ?? toMs) >= endMs);
    const taken = Math.min(
      1,
      present.reduce((shares, { share }) => shares + share, 0),
    );
    return sum + (endMs - startMs) * (1 - taken);
  }, 0);
}

function noBucket({ service, operation, bucket }: NeighbourTakesTokens): RangeError {
  const named = [bucket, service, operation].filter((name) => name !== undefined).join(" ");
  const ids = API_BUCKETS.map(({ id }) => id).join(", ");
  return new RangeError(`no token bucket for ${named}; the buckets are ${ids}`);
}
