// The gate that every request to AWS passes: paced by the bucket of its operation, counted, timed out and, where that is
// harmless, sent again.
//
// Invariants
//   a mutating call whose outcome is not certain is sent exactly once
//   every attempt, a repeated one too, takes a token of its own and is counted
//   a call with a latest instant is never sent after it, however long it waited for its token or was throttled
//   the same seed gives the same waits

import { bucketOf } from "../../domain/api-quotas";
import { PACING_LIMITS, type PacingLimits } from "../core/pacing/pacing-limits";
import { retryDecision } from "../core/pacing/retry-decision";
import { drawRandom } from "../core/pacing/seeded-random";
import { fullBucket } from "../core/pacing/token-bucket";
import { AwsFailure } from "../ports/aws-failure";
import type { CallDescription, CallGate } from "../ports/call-gate";
import type { Clock } from "../ports/clock";
import { createTokenQueue, type TokenQueue } from "./token-queue";
import { withinTime } from "./within-time";

export interface PacedGateOptions {
  /** Pacing and back-off pass on this clock. */
  readonly clock: Clock;
  /** Time-outs of requests pass on this one; the same unless the run's clock is not that of the network. */
  readonly requestClock?: Clock;
  readonly seed: number;
  /** Overrides `limits.share`. */
  readonly share?: number;
  readonly limits?: Partial<PacingLimits>;
}

export function createPacedGate(options: PacedGateOptions): CallGate {
  const limits = limitsOf(options);
  const queueOf = queuesByBucket(options.clock, limits);
  const tally = createTally();
  let seed = options.seed;

  function random(): number {
    const draw = drawRandom(seed);
    seed = draw.next;
    return draw.value;
  }

  async function passOnce<T>(call: CallDescription, attempt: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const queue = queueOf(call);
    await queue.token();
    if (isTooLate(call, options.clock.nowMs())) throw neverSent(call);
    tally.sent(call);
    try {
      return await withinTime({ call, attempt, clock: options.requestClock ?? options.clock, limits });
    } catch (error) {
      if (isThrottled(error)) {
        tally.throttled();
        queue.throttled();
      }
      throw error;
    }
  }

  return {
    async pass(call, attempt) {
      for (let number = 1; ; number += 1) {
        try {
          return await passOnce(call, attempt);
        } catch (error) {
          if (!(error instanceof AwsFailure)) throw error;
          const failed = { kind: error.kind, mutating: call.mutating, attempt: number, random: random() };
          const decision = retryDecision(failed, limits);
          if (decision.kind === "give-up" || isTooLate(call, options.clock.nowMs() + decision.afterMs)) throw error;
          await options.clock.sleep(decision.afterMs);
        }
      }
    },
    counts: tally.counts,
  };
}

function limitsOf({ limits, share }: PacedGateOptions): PacingLimits {
  const merged = { ...PACING_LIMITS, ...limits };
  return share === undefined ? merged : { ...merged, share };
}

function queuesByBucket(clock: Clock, limits: PacingLimits): (call: CallDescription) => TokenQueue {
  const queues = new Map<string, TokenQueue>();
  return ({ service, operation }) => {
    const listed = bucketOf(service, operation);
    const id = listed?.id ?? `${service}/${operation}`;
    const existing = queues.get(id);
    if (existing !== undefined) return existing;
    const { burst, perSecond } = listed ?? limits.unlistedBucket;
    const bucket = fullBucket({ burst, perSecond, share: limits.share, nowMs: clock.nowMs() });
    const queue = createTokenQueue({ bucket, clock, limits });
    queues.set(id, queue);
    return queue;
  };
}

function isTooLate({ notAfterMs }: CallDescription, nowMs: number): boolean {
  return notAfterMs !== undefined && nowMs > notAfterMs;
}

function neverSent({ service, operation }: CallDescription): AwsFailure {
  return new AwsFailure({
    kind: "throttled",
    operation: `${service}:${operation}`,
    code: "NotSent",
    message: `${service}:${operation} was not sent: its turn came when what it rests on was no longer fresh`,
  });
}

function isThrottled(error: unknown): boolean {
  return error instanceof AwsFailure && error.kind === "throttled";
}

function createTally() {
  const sent = new Map<string, number>();
  let throttled = 0;
  return {
    sent({ service, operation }: CallDescription): void {
      const key = `${service}:${operation}`;
      sent.set(key, (sent.get(key) ?? 0) + 1);
    },
    throttled(): void {
      throttled += 1;
    },
    counts() {
      const entries = [...sent].toSorted(([a], [b]) => (a < b ? -1 : 1));
      return {
        byOperation: Object.fromEntries(entries),
        total: entries.reduce((sum, [, count]) => sum + count, 0),
        throttled,
      };
    },
  };
}
