// Retries of throttled calls and of 5xx, as many as the official provider makes (25 attempts), with one second of the
// simulator's time between them: a rate limit on a clock that stands still would never be over otherwise.
// Invariants
//   an error that is the caller's fault is never tried again
//   where nothing listens, the call fails at once: no test is to wait for an endpoint that it did not give

import type { ECSClientConfig } from "@aws-sdk/client-ecs";
import type { Pause } from "./simulated-pause";

type RetryStrategy = Extract<
  NonNullable<ECSClientConfig["retryStrategy"]>,
  { refreshRetryTokenForRetry: (...args: never) => unknown }
>;

const ATTEMPTS_MAX = 25;

export function simulatedRetries(pause: Pause): RetryStrategy {
  return {
    acquireInitialRetryToken: async () => tokenAfter(0),
    refreshRetryTokenForRetry: async (token, { errorType, error }) => {
      const retries = token.getRetryCount() + 1;
      const final = errorType === "CLIENT_ERROR" || nobodyListens(error);
      if (final || retries >= ATTEMPTS_MAX) throw new Error("not to be tried again");
      await pause(1);
      return tokenAfter(retries);
    },
    recordSuccess: () => undefined,
  };
}

function nobodyListens(error: unknown): boolean {
  return (error as { readonly code?: unknown } | undefined)?.code === "ECONNREFUSED";
}

function tokenAfter(retries: number) {
  return { getRetryCount: () => retries, getRetryDelay: () => 0, getRetryCost: () => 0 };
}
