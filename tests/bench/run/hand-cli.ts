// How the AWS CLI sends one call: at most three times, with a pause that grows and is drawn.
// Source: "AWS CLI retries", AWS CLI user guide (documented: standard mode is the default of version 2, three attempts in all, a
// base of 2, at most 20 seconds); which codes it repeats and how it draws are botocore's retries/standard.py, as shipped.
//
// Invariants
//   every attempt is counted, and every answer that refuses it for its rate
//   what is repeated is repeated blindly, an UpdateService whose answer was lost too: standard mode asks for no idempotence
//   the CLI's retry quota is left out: what a rate refuses costs 5 of 500 tokens, and the longest wait retries 80 times

import type { Clock } from "../../../migrate/ports/clock";
import { Random } from "../../../simulator/world/random";

export interface HandCliOptions {
  readonly clock: Clock;
  /** Of the drawn pauses. */
  readonly seed: number;
}

/** The call failed for good; the CLI ends with 254, or 255 where no answer came. */
export class CliFailure extends Error {
  override readonly name = "CliFailure";

  constructor(
    /** AWS's error code, or the name of what broke on the way. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export class HandCli {
  /** Attempts, retries included. */
  calls = 0;
  throttled = 0;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor({ clock, seed }: HandCliOptions) {
    this.#clock = clock;
    this.#random = new Random(seed, "aws-cli");
  }

  /** @throws CliFailure of the last attempt; whatever is no answer of AWS and no broken connection goes through as it is */
  async send<T>(attempt: () => Promise<T>): Promise<T> {
    for (let number = 1; ; number += 1) {
      this.calls += 1;
      try {
        return await attempt();
      } catch (error) {
        const failure = failureOf(error);
        if (THROTTLED.includes(failure.code)) this.throttled += 1;
        if (number >= ATTEMPTS_MAX || !failure.isRepeated) throw new CliFailure(failure.code, failure.message);
        await this.#clock.sleep(this.#pauseMs(number));
      }
    }
  }

  #pauseMs(attempt: number): number {
    return this.#random.fraction() * Math.min(1_000 * 2 ** (attempt - 1), PAUSE_MAX_MS);
  }
}

const ATTEMPTS_MAX = 3;
const PAUSE_MAX_MS = 20_000;

/** What botocore takes for "too many". */
const THROTTLED: readonly string[] = [
  "Throttling",
  "ThrottlingException",
  "ThrottledException",
  "RequestThrottledException",
  "TooManyRequestsException",
  "ProvisionedThroughputExceededException",
  "TransactionInProgressException",
  "RequestLimitExceeded",
  "BandwidthLimitExceeded",
  "LimitExceededException",
  "RequestThrottled",
  "SlowDown",
  "PriorRequestNotComplete",
  "EC2ThrottledException",
];
const TRANSIENT: readonly string[] = ["RequestTimeout", "RequestTimeoutException"];
const TRANSIENT_STATUSES: readonly number[] = [500, 502, 503, 504];
/** As Node.js and the SDK name what botocore calls ConnectionError and HTTPClientError. */
const BROKEN: readonly string[] = ["ECONNRESET", "EPIPE", "TimeoutError"];

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly isRepeated: boolean;
}

interface SdkError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) throw error;
  const { name, message, code, $metadata }: SdkError = error;
  const broken = [code, name].find((one) => one !== undefined && BROKEN.includes(one));
  if (broken !== undefined) return { code: broken, message, isRepeated: true };
  const status = $metadata?.httpStatusCode;
  if (status === undefined) throw error;
  const isRepeated = THROTTLED.includes(name) || TRANSIENT.includes(name) || TRANSIENT_STATUSES.includes(status);
  return { code: name, message, isRepeated };
}
