import assert from "node:assert/strict";
import fc from "fast-check";
import { fullBucket, slowDown, type TokenBucket, takeToken } from "../../../migrate/core/pacing/token-bucket";

const LIMITS = { recoveryPerSecond: 0.01, throttleFactor: 0.5, rateFactorMin: 1 / 32, throttlesApartMs: 1_000 };

describe("the token bucket", () => {
  it("gives its share of the burst at once and then makes callers wait for the rate", () => {
    const { taken, bucket } = takeAll(fullBucket({ burst: 50, perSecond: 5, share: 0.5, nowMs: 0 }), 0);
    assert.equal(taken, 25);
    assert.equal(takeToken(bucket, 0, LIMITS).waitMs, 400);
    assert.equal(takeToken(bucket, 399, LIMITS).waitMs, 1);
    assert.equal(takeToken(bucket, 400, LIMITS).waitMs, 0);
  });

  it("has room for one token however small the share", () => {
    const bucket = fullBucket({ burst: 2, perSecond: 2, share: 0.1, nowMs: 0 });
    assert.equal(takeAll(bucket, 0).taken, 1);
  });

  it("never gives more than the burst and the rate over the time that passed", () => {
    const moments = fc.array(fc.nat(5_000), { maxLength: 60 });
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 30 }), (steps, burst, rate) => {
        let bucket = fullBucket({ burst, perSecond: rate, share: 1, nowMs: 0 });
        let nowMs = 0;
        let taken = 0;
        for (const step of steps) {
          nowMs += step;
          const result = takeAll(bucket, nowMs);
          bucket = result.bucket;
          taken += result.taken;
        }
        assert.ok(taken <= burst + (nowMs / 1_000) * rate + 1e-6);
      }),
    );
  });

  it("always gives a token after the wait that it asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(6), (rate, throttles) => {
        let bucket = takeAll(fullBucket({ burst: 3, perSecond: rate, share: 0.37, nowMs: 0 }), 0).bucket;
        for (let index = 0; index < throttles; index += 1) bucket = slowDown(bucket, index * 2_000, LIMITS);
        const nowMs = throttles * 2_000;
        const asked = takeToken(takeAll(bucket, nowMs).bucket, nowMs, LIMITS);
        assert.equal(takeToken(asked.bucket, nowMs + asked.waitMs, LIMITS).waitMs, 0);
      }),
    );
  });

  it("loses its tokens and half its rate to a throttled reply", () => {
    const slowed = slowDown(fullBucket({ burst: 10, perSecond: 10, share: 1, nowMs: 0 }), 0, LIMITS);
    assert.equal(slowed.rateFactor, 0.5);
    assert.equal(takeToken(slowed, 0, LIMITS).waitMs, 200);
  });

  it("counts throttled replies that came together once", () => {
    const full = fullBucket({ burst: 10, perSecond: 10, share: 1, nowMs: 0 });
    const together = slowDown(slowDown(slowDown(full, 0, LIMITS), 10, LIMITS), 999, LIMITS);
    const apart = slowDown(slowDown(full, 0, LIMITS), 1_000, LIMITS);
    assert.ok(together.rateFactor >= 0.5);
    assert.ok(apart.rateFactor < 0.3);
  });

  it("never falls below its least rate and recovers wholly in time", () => {
    let bucket = fullBucket({ burst: 10, perSecond: 10, share: 1, nowMs: 0 });
    for (let index = 0; index < 50; index += 1) bucket = slowDown(bucket, index * 1_000, LIMITS);
    assert.ok(bucket.rateFactor >= LIMITS.rateFactorMin);
    assert.equal(takeToken(bucket, 49_000 + 100_000, LIMITS).bucket.rateFactor, 1);
  });

  it("gives nothing for a clock that steps back", () => {
    const { bucket } = takeAll(fullBucket({ burst: 5, perSecond: 5, share: 1, nowMs: 10_000 }), 10_000);
    assert.ok(takeToken(bucket, 0, LIMITS).waitMs > 0);
  });
});

function takeAll(full: TokenBucket, nowMs: number): { readonly bucket: TokenBucket; readonly taken: number } {
  let bucket = full;
  for (let taken = 0; ; taken += 1) {
    const result = takeToken(bucket, nowMs, LIMITS);
    bucket = result.bucket;
    if (result.waitMs > 0) return { bucket, taken };
  }
}
