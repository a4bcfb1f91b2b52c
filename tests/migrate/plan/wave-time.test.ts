import assert from "node:assert/strict";
import fc from "fast-check";
import {
  expectedWaveMs,
  type TimedService,
  type WaveRoom,
  waveLowerBoundMs,
} from "../../../migrate/core/plan/wave-time";

const MINUTE = 60_000;
const ON_DEMAND: TimedService["capacity"] = ["onDemand"];

function services(...minutes: readonly number[]): readonly TimedService[] {
  return minutes.map((each) => ({ launches: 2, capacity: ["onDemand"], durationMs: each * MINUTE }));
}

describe("waveLowerBoundMs", () => {
  it("is the longest service when all fit at once", () => {
    assert.equal(waveLowerBoundMs(services(3, 7, 5), { inFlightMax: 50 }), 7 * MINUTE);
  });

  it("is the work spread over the places when they do not", () => {
    assert.equal(waveLowerBoundMs(services(6, 6, 6, 6), { inFlightMax: 2 }), 12 * MINUTE);
  });

  it("is the pace of UpdateService for thousands of short services: 50 at once, then 5 a second", () => {
    const short = Array.from({ length: 3_051 }, () => ({ launches: 0, capacity: ON_DEMAND, durationMs: 1_000 }));
    assert.equal(waveLowerBoundMs(short, { inFlightMax: 10_000 }), 601_000);
  });

  it("is the pace of Fargate's launches for one great service: 100 at once, then 20 a second", () => {
    const great = { launches: 30_100, durationMs: MINUTE };
    assert.equal(waveLowerBoundMs([{ ...great, capacity: ON_DEMAND }], { inFlightMax: 50 }), 1_500_000);
  });

  it("knows that On-Demand and Spot have a bucket each, and of neither more than is sure to need it", () => {
    const great = { launches: 30_100, durationMs: MINUTE };
    const bound = (...capacities: readonly TimedService["capacity"][]) =>
      waveLowerBoundMs(
        capacities.map((capacity) => ({ ...great, capacity })),
        { inFlightMax: 50 },
      );
    assert.equal(bound(["spot"]), 1_500_000);
    assert.equal(bound(["onDemand"], ["onDemand"]), 3_005_000);
    assert.equal(bound(["onDemand"], ["spot"]), 1_500_000);
    assert.equal(bound(["onDemand", "spot"]), 747_500);
    assert.equal(bound(["onDemand"], ["onDemand", "spot"]), 1_500_000);
  });

  it("is the work spread over the free vCPU, and one after the other for what needs more than are free", () => {
    const needing = (...vcpu: readonly number[]) =>
      vcpu.map((each) => ({ launches: 2, capacity: ON_DEMAND, durationMs: 6 * MINUTE, vcpu: each }));
    const bound = (onDemand: number | null, ...vcpu: readonly number[]) =>
      waveLowerBoundMs(needing(...vcpu), { inFlightMax: 50, freeVcpu: { onDemand, spot: 1 } }) / MINUTE;
    assert.deepEqual(
      [bound(8, 4, 4), bound(8, 4, 4, 4), bound(8, 90, 4, 4), bound(0, 1, 1), bound(null, 90, 90)],
      [6, 9, 12, 12, 6],
    );
  });

  it("knows nothing of vCPU that a service may take of either kind", () => {
    const wave = [1, 2, 3].map(() => ({
      launches: 1,
      capacity: ["onDemand", "spot"] as const,
      durationMs: MINUTE,
      vcpu: 4,
    }));
    assert.equal(waveLowerBoundMs(wave, { inFlightMax: 50, freeVcpu: { onDemand: 4, spot: 4 } }), MINUTE);
  });

  it("is beaten by no order of admissions in which each service takes its time", () => {
    fc.assert(
      fc.property(fc.array(anyTimed(), { minLength: 1, maxLength: 30 }), anyRoom(), (wave, room) => {
        const bound = waveLowerBoundMs(wave, room);
        const took = scheduledMs(wave, room);
        assert.ok(took >= bound, `${took} ms against ${bound} ms`);
      }),
    );
  });

  it("is nothing for nothing", () => {
    assert.equal(waveLowerBoundMs([], { inFlightMax: 50 }), 0);
    assert.equal(expectedWaveMs([], { inFlightMax: 50 }), 0);
  });
});

describe("expectedWaveMs", () => {
  it("puts the longest first, each onto the place that is free first", () => {
    assert.equal(expectedWaveMs(services(2, 3, 5, 4), { inFlightMax: 2 }), 7 * MINUTE);
  });

  it("begins the longest that fit the free vCPU, and the next as others end", () => {
    const wave = [
      { minutes: 5, vcpu: 6 },
      { minutes: 4, vcpu: 8 },
      { minutes: 3, vcpu: 4 },
      { minutes: 1, vcpu: 4 },
    ].map(({ minutes, vcpu }) => ({ launches: 1, capacity: ON_DEMAND, durationMs: minutes * MINUTE, vcpu }));
    const expected = (onDemand: number | null) =>
      expectedWaveMs(wave, { inFlightMax: 50, freeVcpu: { onDemand, spot: null } }) / MINUTE;
    // Of 10: the first and the third, then the last; the second when the first has ended. Of 14: the first two, then the others.
    assert.deepEqual([expected(10), expected(14), expected(null)], [9, 7, 5]);
  });

  it("keeps room for a service that was passed a hundred times", () => {
    const small = Array.from({ length: 400 }, () => ({
      launches: 0,
      capacity: ON_DEMAND,
      durationMs: MINUTE,
      vcpu: 1,
    }));
    const wave = [
      { launches: 0, capacity: ON_DEMAND, durationMs: 3 * MINUTE, vcpu: 1 },
      { launches: 0, capacity: ON_DEMAND, durationMs: 2 * MINUTE, vcpu: 4 },
      ...small,
    ];
    const room = { inFlightMax: 50, freeVcpu: { onDemand: 4, spot: null } };
    // Three at a time pass it beside the long one, then four, until a hundred have: then it goes alone, and the other 299 after it.
    const before = 35;
    assert.ok(expectedWaveMs(wave, room) >= (before + 2 + 60) * MINUTE);
  });

  it("is under no lower bound with any room, and is a time in which all can be done", () => {
    fc.assert(
      fc.property(fc.array(anyTimed(), { minLength: 1, maxLength: 30 }), anyRoom(), (wave, room) => {
        const expected = expectedWaveMs(wave, room);
        const oneByOneMs = wave.reduce((sum, { durationMs }) => sum + durationMs, 0);
        assert.ok(expected >= waveLowerBoundMs(wave, room));
        assert.ok(expected <= Math.max(oneByOneMs, waveLowerBoundMs(wave, room)));
      }),
    );
  });

  it("is never under the lower bound, and never over twice the bound", () => {
    const free = anyTimed().map((one) => ({ ...one, vcpu: 0, mutexes: [] }));
    fc.assert(
      fc.property(fc.array(free, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 60 }), (wave, places) => {
        const bound = waveLowerBoundMs(wave, { inFlightMax: places });
        const expected = expectedWaveMs(wave, { inFlightMax: places });
        assert.ok(expected >= bound && expected <= 2 * bound, `${expected} against ${bound}`);
      }),
    );
  });
});

function anyTimed(): fc.Arbitrary<Required<TimedService>> {
  const timed = fc.record({
    launches: fc.nat(20),
    capacity: fc.constantFrom(["onDemand"] as const, ["spot"] as const, ["onDemand", "spot"] as const),
    durationMs: fc.integer({ min: 1, max: 10 * MINUTE }),
    inFlightShare: fc.constantFrom(1, 0.6, 0.2),
    vcpu: fc.constantFrom(0, 0.25, 1, 2, 8),
    mutexes: fc.uniqueArray(fc.constantFrom("a", "b", "c"), { maxLength: 2 }),
  });
  return timed.map(({ inFlightShare, ...one }) => ({ ...one, placeMs: Math.ceil(one.durationMs * inFlightShare) }));
}

function anyRoom(): fc.Arbitrary<Required<WaveRoom>> {
  const free = fc.constantFrom(0, 0.5, 3, 10, null);
  return fc.record({
    inFlightMax: fc.integer({ min: 1, max: 12 }),
    freeVcpu: fc.record({ onDemand: free, spot: free }),
  });
}

type Placed = Required<TimedService> & { readonly startMs: number; readonly endMs: number };

/** In the order given, each as soon as all that it needs is free for all of its time: any order of admissions is one such list. */
function scheduledMs(wave: readonly Required<TimedService>[], room: Required<WaveRoom>): number {
  const placed: Placed[] = [];
  for (const one of wave) {
    const ends = placed.flatMap((other) => [other.endMs, inFlightUntilMs(other)]);
    const starts = [0, ...ends].toSorted((a, b) => a - b);
    const placedAt = (startMs: number): Placed => ({ ...one, startMs, endMs: startMs + one.durationMs });
    const startMs = starts.find((at) => fitsIn(room, placed, placedAt(at)));
    placed.push(placedAt(startMs ?? assert.fail("after the end of all others there is room")));
  }
  return Math.max(...placed.map(({ endMs }) => endMs));
}

function fitsIn(room: Required<WaveRoom>, placed: readonly Placed[], one: Placed): boolean {
  const beside = placed.filter(({ startMs, endMs }) => startMs < one.endMs && endMs > one.startMs);
  if (beside.some(({ mutexes }) => mutexes.some((key) => one.mutexes.includes(key)))) return false;
  return [one.startMs, ...beside.map(({ startMs }) => Math.max(startMs, one.startMs))].every((atMs) => {
    const then = [one, ...beside.filter(({ startMs, endMs }) => startMs <= atMs && endMs > atMs)];
    const inFlight = then.filter((other) => inFlightUntilMs(other) > atMs).length;
    const kinds = ["onDemand", "spot"] as const;
    return inFlight <= room.inFlightMax && kinds.every((kind) => sharesOf(then, kind, room) <= 1 + 1e-9);
  });
}

function inFlightUntilMs({ startMs, placeMs }: Placed): number {
  return startMs + placeMs;
}

function sharesOf(services: readonly Placed[], kind: "onDemand" | "spot", { freeVcpu }: Required<WaveRoom>): number {
  const free = freeVcpu[kind];
  if (free === null) return 0;
  const using = services.filter(({ capacity, vcpu }) => vcpu > 0 && capacity.includes(kind));
  return using.reduce((sum, { vcpu }) => sum + (vcpu > free ? 1 : vcpu / free), 0);
}
