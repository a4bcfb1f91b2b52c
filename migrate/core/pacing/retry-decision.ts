// Whether a failed attempt is sent again, and after how long.
//
// Invariants
//   a mutating call is sent again only when AWS certainly did nothing: it throttled the request, refused its signature for its
//   time, or was never reached
//   the wait is between 0 and a cap that doubles from attempt to attempt (full jitter), so that callers do not march in step

import type { AwsFailureKind } from "../../ports/aws-failure";
import type { PacingLimits } from "./pacing-limits";

export interface FailedAttempt {
  readonly kind: AwsFailureKind;
  readonly mutating: boolean;
  /** 1 for the first attempt of a call. */
  readonly attempt: number;
  /** Between 0 (included) and 1 (excluded). */
  readonly random: number;
}

export type RetryDecision = { readonly kind: "give-up" } | { readonly kind: "send-again"; readonly afterMs: number };

export function retryDecision(failed: FailedAttempt, limits: PacingLimits): RetryDecision {
  const attemptsMax = failed.kind === "throttled" ? limits.throttledAttemptsMax : limits.failedAttemptsMax;
  if (!isWorthAnother(failed) || failed.attempt >= attemptsMax) return { kind: "give-up" };
  const ceilingMs = Math.min(limits.backOffCapMs, limits.backOffBaseMs * 2 ** (failed.attempt - 1));
  return { kind: "send-again", afterMs: Math.ceil(failed.random * ceilingMs) };
}

function isWorthAnother({ kind, mutating }: FailedAttempt): boolean {
  switch (kind) {
    case "throttled":
    case "unreachable":
      return true;
    // The SDK reads AWS's time from the refusal and signs the next attempt by it.
    case "clock-off":
      return true;
    case "server":
    case "reset":
    case "timeout":
      return !mutating;
    case "denied":
    case "expired-credentials":
    case "no-credentials":
    case "not-found":
    case "rejected":
      return false;
  }
}
