import assert from "node:assert/strict";
import fc from "fast-check";
import { expectedWaveMs, type TimedService, waveLowerBoundMs } from "../../../migrate/core/plan/wave-time";

const MINUTE = 60_000;
const ON_DEMAND: TimedService["capacity"] = ["onDemand"];

function services(...minutes: readonly number[]): readonly TimedService[] {
  return minutes.map((each) => ({ launches: 2, capacity: ["onDemand"], durationMs: each * MINUTE }));
}

describe("waveLowerBoundMs", () => {
  it("is the longest service when all fit at once", () => {
    assert.equal(waveLowerBoundMs(services(3, 7, 5), 50), 7 * MINUTE);
  });

  it("is the work spread over the places when they do not", () => {
    assert.equal(waveLowerBoundMs(services(6, 6, 6, 6), 2), 12 * MINUTE);
  });

  it("is the pace of UpdateService for thousands of short services: 50 at once, then 5 a second", () => {
    const short = Array.from({ length: 3_051 }, () => ({ launches: 0, capacity: ON_DEMAND, durationMs: 1_000 }));
    assert.equal(waveLowerBoundMs(short, 10_000), 601_000);
  });

  it("is the pace of Fargate's launches for one great service: 100 at once, then 20 a second", () => {
    const great = { launches: 30_100, durationMs: MINUTE };
    assert.equal(waveLowerBoundMs([{ ...great, capacity: ON_DEMAND }], 50), 1_500_000);
  });

  it("knows that On-Demand and Spot have a bucket each, and of neither more than is sure to need it", () => {
    const great = { launches: 30_100, durationMs: MINUTE };
    const bound = (...capacities: readonly TimedService["capacity"][]) =>
      waveLowerBoundMs(
        capacities.map((capacity) => ({ ...great, capacity })),
        50,
      );
    assert.equal(bound(["spot"]), 1_500_000);
    assert.equal(bound(["onDemand"], ["onDemand"]), 3_005_000);
    assert.equal(bound(["onDemand"], ["spot"]), 1_500_000);
    assert.equal(bound(["onDemand", "spot"]), 747_500);
    assert.equal(bound(["onDemand"], ["onDemand", "spot"]), 1_500_000);
  });

  it("is beaten by no order of admissions in which each service takes its time", () => {
    fc.assert(
      fc.property(
        fc.array(anyTimed(), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 12 }),
        (wave, places) => {
          const bound = waveLowerBoundMs(wave, places);
          const took = scheduledMs(wave, places);
          assert.ok(took >= bound, `${took} ms against ${bound} ms`);
        },
      ),
    );
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
    const free = anyTimed().map((one) => ({ ...one, mutexes: [] }));
    fc.assert(
      fc.property(fc.array(free, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 60 }), (wave, places) => {
        const bound = waveLowerBoundMs(wave, places);
        const expected = expectedWaveMs(wave, places);
        assert.ok(expected >= bound && expected <= 2 * bound, `${expected} against ${bound}`);
      }),
    );
  });
});

function anyTimed(): fc.Arbitrary<TimedService & { readonly mutexes: readonly string[] }> {
  return fc.record({
    launches: fc.nat(20),
    capacity: fc.constantFrom(["onDemand"] as const, ["spot"] as const, ["onDemand", "spot"] as const),
    durationMs: fc.integer({ min: 1, max: 10 * MINUTE }),
    mutexes: fc.uniqueArray(fc.constantFrom("a", "b", "c"), { maxLength: 2 }),
  });
}

/** In the order given, each as soon as a place and all that it excludes are free: any order of admissions is one such list. */
function scheduledMs(wave: readonly TimedService[], places: number): number {
  const ends: number[] = [];
  const freeAtMs = new Map<string, number>();
  for (const { durationMs, mutexes = [] } of wave) {
    const placeAtMs = ends.length < places ? 0 : (ends.toSorted((a, b) => b - a)[places - 1] ?? 0);
    const endMs = Math.max(placeAtMs, ...mutexes.map((key) => freeAtMs.get(key) ?? 0)) + durationMs;
    ends.push(endMs);
    for (const key of mutexes) freeAtMs.set(key, endMs);
  }
  return Math.max(...ends);
}
