// The instants of a run on a machine that sleeps and whose clock is set.

import assert from "node:assert/strict";
import fc from "fast-check";
import { createSteadyTime } from "../../../migrate/adapters/clocks/steady-time";
import { MachineTime } from "./machine-time";

const START_MS = Date.parse("2026-11-22T09:00:00.000Z");
const MINUTE_MS = 60_000;

describe("steady time", () => {
  it("is the wall clock's as long as nobody touches it, and tells no jump", () => {
    const { machine, time } = started();
    for (const ms of [1, 50, 4_000, 86_400_000]) {
      machine.pass(ms);
      assert.equal(time.nowMs(), machine.wallMs());
    }
    assert.deepEqual(time.jumpsAfter(0), []);
  });

  it("is ahead by the sleep when the machine slept, and tells it", () => {
    const { machine, time } = started();
    machine.pass(1_000);
    machine.sleep(90 * MINUTE_MS);
    machine.pass(1_000);
    const atMs = START_MS + 90 * MINUTE_MS + 2_000;
    assert.equal(time.nowMs(), atMs);
    assert.deepEqual(time.jumpsAfter(START_MS), [{ kind: "slept", byMs: 90 * MINUTE_MS, atMs }]);
  });

  it("follows a clock that was set forward, and tells it as that", () => {
    const { machine, time } = started();
    machine.setBy(10 * MINUTE_MS);
    assert.equal(time.nowMs(), START_MS + 10 * MINUTE_MS);
    assert.deepEqual(kinds(time.jumpsAfter(0)), [["set-forward", 10 * MINUTE_MS]]);
  });

  it("goes on at its own pace when the clock is set back, and tells it", () => {
    const { machine, time } = started();
    machine.pass(5_000);
    time.nowMs();
    machine.setBy(-60 * MINUTE_MS);
    machine.pass(1_000);
    assert.equal(time.nowMs(), START_MS + 6_000);
    assert.deepEqual(kinds(time.jumpsAfter(0)), [["set-back", 60 * MINUTE_MS]]);
  });

  it("makes nothing of a clock that is set back and then right again", () => {
    const { machine, time } = started();
    machine.setBy(-10 * MINUTE_MS);
    time.nowMs();
    machine.pass(3_000);
    machine.setBy(10 * MINUTE_MS);
    assert.equal(time.nowMs(), START_MS + 3_000);
    assert.deepEqual(kinds(time.jumpsAfter(0)), [["set-back", 10 * MINUTE_MS]]);
  });

  it("notices a sleep also while the wall clock is behind", () => {
    const { machine, time } = started();
    machine.setBy(-60 * MINUTE_MS);
    time.nowMs();
    machine.sleep(5 * MINUTE_MS);
    assert.equal(time.nowMs(), START_MS + 5 * MINUTE_MS);
    assert.deepEqual(kinds(time.jumpsAfter(0)).at(-1), ["slept", 5 * MINUTE_MS]);
  });

  it("makes nothing of a process that was stopped while the machine went on: time has passed, and is not lost", () => {
    const { machine, time } = started();
    machine.pass(10 * MINUTE_MS);
    assert.equal(time.nowMs(), START_MS + 10 * MINUTE_MS);
    assert.deepEqual(time.jumpsAfter(0), []);
  });

  it("tells only the jumps after an instant, without being asked for the time first", () => {
    const { machine, time } = started();
    machine.sleep(10_000);
    const first = time.nowMs();
    machine.pass(1_000);
    machine.sleep(20_000);
    assert.deepEqual(kinds(time.jumpsAfter(first)), [["slept", 20_000]]);
    assert.deepEqual(time.jumpsAfter(time.nowMs()), []);
  });

  it("keeps no more than the latest hundred jumps", () => {
    const { machine, time } = started();
    for (let times = 0; times < 150; times += 1) {
      machine.sleep(10_000);
      time.nowMs();
    }
    assert.equal(time.jumpsAfter(0).length, 100);
  });

  it("never goes back, and loses no time that really passed, whatever happens to the machine", () => {
    const happening = fc.oneof(
      fc.record({ what: fc.constant("pass" as const), ms: fc.integer({ min: 0, max: 600_000 }) }),
      fc.record({ what: fc.constant("sleep" as const), ms: fc.integer({ min: 2_000, max: 10_000_000 }) }),
      fc.record({ what: fc.constant("setBy" as const), ms: fc.integer({ min: -10_000_000, max: 10_000_000 }) }),
    );
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
        const { machine, time } = started();
        let before = time.nowMs();
        let passedMs = 0;
        let setForwardMs = 0;
        for (const { what, ms } of happenings) {
          machine[what](ms);
          if (what === "setBy") setForwardMs += Math.max(0, ms);
          else passedMs += ms;
          const now = time.nowMs();
          assert.ok(now >= before, `${now} after ${before}`);
          assert.ok(now >= START_MS + passedMs, `${START_MS + passedMs - now} ms lost`);
          assert.ok(now <= START_MS + passedMs + setForwardMs, "time that nobody saw pass");
          before = now;
        }
      }),
    );
  });
});

function started() {
  const machine = new MachineTime(START_MS);
  return { machine, time: createSteadyTime(machine) };
}

function kinds(jumps: readonly { readonly kind: string; readonly byMs: number }[]) {
  return jumps.map(({ kind, byMs }) => [kind, byMs]);
}
