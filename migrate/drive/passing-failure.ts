// Failures that are over in a moment, and how a step that does many things goes on past them.
// Invariant: what a failed read should have shown is left as it was; it is never taken for "nothing there".

import { LIMITS } from "../core/limits";
import { FargateCmkError } from "../errors";
import { AwsFailure } from "../ports/aws-failure";

/** Whether the same call may succeed in a moment without anybody doing something. */
export function isPassing({ kind }: AwsFailure): boolean {
  return kind === "throttled" || kind === "server" || kind === "reset" || kind === "timeout";
}

/** The failed call behind an error, also where a scan has wrapped it for its reader; null for any other error. */
export function awsFailureBehind(error: unknown): AwsFailure | null {
  if (error instanceof AwsFailure) return error;
  return error instanceof FargateCmkError && error.cause instanceof AwsFailure ? error.cause : null;
}

/**
 * Keeps one thing's passing failure from taking the others' turn; the first is thrown when all had theirs.
 * After LIMITS.missedReadsMax of them it is AWS that is away, and nothing more is tried.
 */
export class Forbearance {
  private readonly missed: AwsFailure[] = [];

  /** The result, or null when the attempt met a passing failure or was not made. Anything else is thrown at once. */
  async attempt<T>(work: () => Promise<T>): Promise<T | null> {
    if (this.missed.length >= LIMITS.missedReadsMax) return null;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AwsFailure) || !isPassing(error)) throw error;
      this.missed.push(error);
      return null;
    }
  }

  throwFirst(): void {
    const [first] = this.missed;
    if (first !== undefined) throw first;
  }
}
