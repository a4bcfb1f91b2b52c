import assert from "node:assert/strict";
import { ManualClock } from "../../../simulator/clock/manual-clock";
import { ScaledClock, type Wall } from "../../../simulator/clock/scaled-clock";
import { ClockClosedError, type SimulationClock } from "../../../simulator/clock/simulation-clock";
import { VirtualClock } from "../../../simulator/clock/virtual-clock";

describe("the virtual clock", () => {
  it("jumps to the wake-up of whoever sleeps, without waiting", async () => {
    const clock = new VirtualClock(1_000);
    await clock.sleep(86_400_000);
    assert.equal(clock.nowMs(), 86_401_000);
  });

  it("wakes sleepers in the order of their wake-ups, each at its own instant", async () => {
    const clock = new VirtualClock(0);
    const woken: string[] = [];
    const sleepThenTell = async (name: string, ms: number) => {
      await clock.sleep(ms);
      woken.push(`${name}@${clock.nowMs()}`);
    };
    await Promise.all([sleepThenTell("late", 300), sleepThenTell("early", 100), sleepThenTell("also late", 300)]);
    assert.deepEqual(woken, ["early@100", "late@300", "also late@300"]);
  });

  it("lets whoever was woken sleep again before anybody later wakes", async () => {
    const clock = new VirtualClock(0);
    const woken: number[] = [];
    const ticks = async (): Promise<void> => {
      for (let i = 0; i < 3; i += 1) {
        await clock.sleep(10);
        woken.push(clock.nowMs());
      }
    };
    const once = async (): Promise<void> => {
      await clock.sleep(25);
      woken.push(clock.nowMs());
    };
    await Promise.all([once(), ticks()]);
    assert.deepEqual(woken, [10, 20, 25, 30]);
  });
});

describe("the manual clock", () => {
  it("stands still until it is advanced, and then wakes those whose time has come", async () => {
    const clock = new ManualClock(0);
    let woken = 0;
    const slept = clock.sleep(1_000).then(() => (woken += 1));
    clock.advance(999);
    await Promise.resolve();
    assert.equal(woken, 0);
    clock.advance(1);
    await slept;
    assert.equal(clock.nowMs(), 1_000);
  });
});

describe("the scaled clock", () => {
  it("runs with the wall, as many times as fast as it is told", () => {
    const { wall, pass } = fakeWall();
    const clock = new ScaledClock({ startAtMs: 5_000, speed: 60, wall });
    pass(1_000);
    assert.equal(clock.nowMs(), 65_000);
  });

  it("wakes a sleeper after the scaled time on the wall", async () => {
    const { wall, pass } = fakeWall();
    const clock = new ScaledClock({ startAtMs: 0, speed: 60, wall });
    let woken = false;
    const slept = clock.sleep(60_000).then(() => (woken = true));
    pass(999);
    await Promise.resolve();
    assert.equal(woken, false);
    pass(1);
    await slept;
    assert.equal(clock.nowMs(), 60_000);
  });

  it("can be moved forward, for people who do not want to wait", async () => {
    const { wall } = fakeWall();
    const clock = new ScaledClock({ startAtMs: 0, speed: 1, wall });
    const slept = clock.sleep(3_600_000);
    clock.advance(3_600_000);
    await slept;
    assert.equal(clock.nowMs(), 3_600_000);
  });

  it("refuses a speed that is none, naming it", () => {
    for (const speed of [0, -1, Number.NaN, 1e9]) {
      assert.throws(() => new ScaledClock({ startAtMs: 0, speed }), new RegExp(`found ${speed}`));
    }
  });
});

describe("every clock", () => {
  const clocks: readonly (readonly [string, () => SimulationClock])[] = [
    ["virtual", () => new VirtualClock(0)],
    ["manual", () => new ManualClock(0)],
    ["scaled", () => new ScaledClock({ startAtMs: 0, speed: 1, wall: fakeWall().wall })],
  ];
  for (const [mode, create] of clocks) {
    it(`refuses to go backwards or years ahead (${mode})`, () => {
      for (const ms of [-1, Number.NaN, Number.POSITIVE_INFINITY, 1e15]) {
        assert.throws(() => create().advance(ms), RangeError);
      }
    });

    it(`ends every sleep when it is closed (${mode})`, async () => {
      const clock = create();
      const slept = clock.sleep(1_000);
      clock.close();
      await assert.rejects(slept, ClockClosedError);
      await assert.rejects(clock.sleep(1_000), ClockClosedError);
    });
  }
});

/** A wall clock in the hand of the test. */
function fakeWall(): { readonly wall: Wall; pass(ms: number): void } {
  let nowMs = 0;
  let timers: { readonly atMs: number; readonly then: () => void }[] = [];
  const wall: Wall = {
    nowMs: () => nowMs,
    after: (ms, then) => {
      const timer = { atMs: nowMs + ms, then };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  const pass = (ms: number): void => {
    nowMs += ms;
    const due = timers.filter(({ atMs }) => atMs <= nowMs);
    timers = timers.filter(({ atMs }) => atMs > nowMs);
    for (const { then } of due) then();
  };
  return { wall, pass };
}
