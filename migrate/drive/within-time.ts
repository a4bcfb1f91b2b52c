// One attempt of one call, given a limited time to be answered.
//
// Invariant: when time is up the attempt is aborted and its late outcome is dropped; the failure says that AWS may have acted.

import type { PacingLimits } from "../core/pacing/pacing-limits";
import { AwsFailure } from "../ports/aws-failure";
import type { CallDescription } from "../ports/call-gate";
import type { Clock } from "../ports/clock";

export interface TimedAttempt<T> {
  readonly call: CallDescription;
  readonly attempt: (signal: AbortSignal) => Promise<T>;
  readonly clock: Clock;
  readonly limits: Pick<PacingLimits, "requestTimeoutMs">;
}

const TIME_IS_UP = Symbol("time is up");

/** @throws AwsFailure of kind `timeout`, or what the attempt threw */
export async function withinTime<T>({ call, attempt, clock, limits }: TimedAttempt<T>): Promise<T> {
  const answered = new AbortController();
  const given = new AbortController();
  const timer = clock.sleep(limits.requestTimeoutMs, answered.signal).then(() => TIME_IS_UP);
  const sent = attempt(given.signal);
  try {
    const first = await Promise.race([sent, timer]);
    if (first !== TIME_IS_UP) return first as T;
  } finally {
    answered.abort();
  }
  given.abort();
  sent.catch(() => undefined);
  throw new AwsFailure({
    kind: "timeout",
    operation: `${call.service}:${call.operation}`,
    code: "RequestTimeout",
    message: `${call.service}:${call.operation} was not answered within ${limits.requestTimeoutMs / 1_000} s`,
  });
}
