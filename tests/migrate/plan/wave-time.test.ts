import assert from "node:assert/strict";
import fc from "fast-check";
import { expectedWaveMs, type TimedService, waveLowerBoundMs } from "../../../migrate/core/plan/wave-time";

const MINUTE = 60_000;

function services(...minutes: readonly number[]): readonly TimedService[] {
  return minutes.map((each) => ({ desiredCount: 2, durationMs: each * MINUTE }));
}

describe("waveLowerBoundMs", () => {
  it("is the longest service when all fit at once", () => {
    assert.equal(waveLowerBoundMs(services(3, 7, 5), 50), 7 * MINUTE);
  });

  it("is the work spread over the places when they do not", () => {
    assert.equal(waveLowerBoundMs(services(6, 6, 6, 6), 2), 12 * MINUTE);
  });

  it("is the pace of UpdateService for thousands of short services: 50 at once, then 5 a second", () => {
    const short = Array.from({ length: 3_050 }, () => ({ desiredCount: 0, durationMs: 1_000 }));
    assert.equal(waveLowerBoundMs(short, 10_000), 601_000);
  });

  it("is the pace of Fargate's launches for one great service: 100 at once, then 20 a second", () => {
    assert.equal(waveLowerBoundMs([{ desiredCount: 30_100, durationMs: MINUTE }], 50), 1_500_000);
  });

  it("is nothing for nothing", () => {
    assert.equal(waveLowerBoundMs([], 50), 0);
    assert.equal(expectedWaveMs([], 50), 0);
  });
});

describe("expectedWaveMs", () => {
  it("puts the longest first, each onto the place that is free first", () => {
    assert.equal(expectedWaveMs(services(2, 3, 5, 4), 2), 7 * MINUTE);
  });

  it("is never under the lower bound, and never over twice the bound", () => {
    const timed = fc.record({ desiredCount: fc.nat(20), durationMs: fc.integer({ min: 1, max: 10 * MINUTE }) });
    fc.assert(
      fc.property(fc.array(timed, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 60 }), (wave, places) => {
        const bound = waveLowerBoundMs(wave, places);
        const expected = expectedWaveMs(wave, places);
        assert.ok(expected >= bound && expected <= 2 * bound, `${expected} against ${bound}`);
      }),
    );
  });
});
