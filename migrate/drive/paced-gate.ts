// The gate that every request to AWS passes: paced by the bucket of its operation, counted, timed out and, where that is
// harmless, sent again.
//
// Invariants
//   a mutating call whose outcome is not certain is sent exactly once
//   every attempt, a repeated one too, takes a token of its own and is counted
//   a call with a latest instant is never sent after it, however long it waited for its token, was throttled, or was held up on
//   its way to the network: whoever sends asks once more when its bytes are about to leave
//   the same seed gives the same waits

import { bucketOf } from "../../domain/api-quotas";
import { PACING_LIMITS, type PacingLimits } from "../core/pacing/pacing-limits";
import { retryDecision } from "../core/pacing/retry-decision";
import { drawRandom } from "../core/pacing/seeded-random";
import { fullBucket } from "../core/pacing/token-bucket";
import { AwsFailure } from "../ports/aws-failure";
import type { Attempt, CallDescription, CallGate } from "../ports/call-gate";
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

  async function passOnce<T>(call: CallDescription, attempt: Attempt<T>): Promise<T> {
    const queue = queueOf(call);
    await queue.token();
    const lastCheck = (): void => {
      if (isTooLate(call, options.clock.nowMs())) throw neverSent(call);
    };
    lastCheck();
    tally.sent(call);
    try {
      const checked = (signal: AbortSignal): Promise<T> => attempt(signal, lastCheck);
      return await withinTime({ call, attempt: checked, clock: options.requestClock ?? options.clock, limits });
    } catch (error) {
      if (isNeverSent(error)) tally.notSent(call);
      else if (isThrottled(error)) {
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
          if (!(error instanceof AwsFailure) || isNeverSent(error)) throw error;
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
    code: NOT_SENT,
    message: `${service}:${operation} was not sent: its turn came when what it rests on was no longer fresh`,
  });
}

const NOT_SENT = "NotSent";

function isNeverSent(error: unknown): boolean {
  return error instanceof AwsFailure && error.code === NOT_SENT;
}

function isThrottled(error: unknown): boolean {
  return error instanceof AwsFailure && error.kind === "throttled";
}

function createTally() {
  const sent = new Map<string, number>();
  let throttled = 0;
  const add = ({ service, operation }: CallDescription, difference: number): void => {
    const key = `${service}:${operation}`;
    sent.set(key, (sent.get(key) ?? 0) + difference);
  };
  return {
    sent: (call: CallDescription) => add(call, 1),
    notSent: (call: CallDescription) => add(call, -1),
    throttled(): void {
      throttled += 1;
    },
    counts() {
      const entries = [...sent].filter(([, count]) => count > 0).toSorted(([a], [b]) => (a < b ? -1 : 1));
      return {
        byOperation: Object.fromEntries(entries),
        total: entries.reduce((sum, [, count]) => sum + count, 0),
        throttled,
      };
    },
  };
}
