import assert from "node:assert/strict";
import { PACING_LIMITS } from "../../../migrate/core/pacing/pacing-limits";
import { retryDecision } from "../../../migrate/core/pacing/retry-decision";
import { drawRandom } from "../../../migrate/core/pacing/seeded-random";
import type { AwsFailureKind } from "../../../migrate/ports/aws-failure";

const PASSING: readonly AwsFailureKind[] = ["throttled", "unreachable", "server", "reset", "timeout"];
const LASTING: readonly AwsFailureKind[] = ["denied", "expired-credentials", "no-credentials", "not-found", "rejected"];

describe("the retry decision", () => {
  for (const kind of PASSING) {
    it(`sends a read again after ${kind}`, () => assert.equal(decide(kind, { mutating: false }), "send-again"));
  }

  for (const kind of LASTING) {
    it(`does not send a read again after ${kind}`, () => assert.equal(decide(kind, { mutating: false }), "give-up"));
  }

  for (const kind of ["server", "reset", "timeout"] as const) {
    it(`never sends a mutating call again after ${kind}: AWS may have acted`, () =>
      assert.equal(decide(kind, { mutating: true }), "give-up"));
  }

  for (const kind of ["throttled", "unreachable"] as const) {
    it(`sends a mutating call again after ${kind}: AWS did nothing`, () =>
      assert.equal(decide(kind, { mutating: true }), "send-again"));
  }

  it("ends, with more patience for throttling than for anything else", () => {
    const { throttledAttemptsMax, failedAttemptsMax } = PACING_LIMITS;
    assert.ok(throttledAttemptsMax > failedAttemptsMax);
    assert.equal(decide("throttled", { mutating: false, attempt: throttledAttemptsMax }), "give-up");
    assert.equal(decide("server", { mutating: false, attempt: failedAttemptsMax }), "give-up");
  });

  it("waits within a ceiling that doubles up to the cap", () => {
    assert.deepEqual([1, 2, 3, 4].map(ceilingMs), [250, 500, 1_000, 2_000]);
    assert.equal(ceilingMs(11), PACING_LIMITS.backOffCapMs);
  });
});

describe("the seeded random numbers", () => {
  it("are between 0 and 1, repeat with their seed and differ with another", () => {
    const draws = (seed: number): number[] => {
      let next = seed;
      return Array.from({ length: 1_000 }, () => {
        const draw = drawRandom(next);
        next = draw.next;
        return draw.value;
      });
    };
    assert.deepEqual(draws(7), draws(7));
    assert.notDeepEqual(draws(7), draws(8));
    assert.ok(draws(7).every((value) => value >= 0 && value < 1));
    const mean = draws(7).reduce((sum, value) => sum + value, 0) / 1_000;
    assert.ok(mean > 0.45 && mean < 0.55, `mean ${mean}`);
  });
});

function decide(kind: AwsFailureKind, { mutating, attempt = 1 }: { mutating: boolean; attempt?: number }): string {
  return retryDecision({ kind, mutating, attempt, random: 0.5 }, PACING_LIMITS).kind;
}

function ceilingMs(attempt: number): number {
  const decision = retryDecision({ kind: "throttled", mutating: false, attempt, random: 0.999_999 }, PACING_LIMITS);
  return decision.kind === "send-again" ? decision.afterMs : -1;
}
