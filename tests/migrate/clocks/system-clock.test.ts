// What goes on beside the work, and being put ahead: on the machine's clock and on those of simulators.

import assert from "node:assert/strict";
import { lateStartingClock } from "../../../migrate/adapters/clocks/late-starting-clock";
import { createSteppedSimulatorClock } from "../../../migrate/adapters/clocks/stepped-simulator-clock";
import { createSystemClock } from "../../../migrate/adapters/clocks/system-clock";
import { MachineTime } from "./machine-time";

const START_MS = Date.parse("2026-11-22T09:00:00.000Z");

describe("a lapse", () => {
  it("keeps no process alive, where a sleep does", async () => {
    const clock = createSystemClock();
    const calledOff = new AbortController();
    const before = timersThatHold();
    const lapse = clock.lapse?.(60_000, calledOff.signal);
    assert.equal(timersThatHold(), before);
    const sleep = clock.sleep(60_000, calledOff.signal);
    assert.equal(timersThatHold(), before + 1);
    calledOff.abort();
    await Promise.all([lapse, sleep]);
  });

  it("moves no clock that sleeping moves, and ends when those who sleep have moved it so far", async () => {
    const advances: number[] = [];
    const clock = createSteppedSimulatorClock({
      reading: { nowMs: START_MS, speed: 0, mode: "stepped" },
      steering: {
        readClock: async () => null,
        advance: async (ms) => {
          advances.push(ms);
          return null;
        },
      },
    });
    let lapsedAtMs: number | null = null;
    const lapsed = clock.lapse?.(20_000).then(() => {
      lapsedAtMs = clock.nowMs();
    });
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([advances, lapsedAtMs], [[], null]);
    await clock.sleep(15_000);
    assert.equal(lapsedAtMs, null);
    await clock.sleep(15_000);
    await lapsed;
    assert.equal(lapsedAtMs, START_MS + 30_000);
    assert.deepEqual(advances, [15_000, 15_000]);
  });
});

describe("a clock that starts late", () => {
  it("is put ahead once, says by how much, and goes on at its own pace", () => {
    const machine = new MachineTime(START_MS);
    const clock = lateStartingClock(createSystemClock(machine));
    assert.equal(clock.notBefore?.(START_MS - 1), 0);
    assert.equal(clock.nowMs(), START_MS);
    assert.equal(clock.notBefore?.(START_MS + 3_600_000), 3_600_000);
    assert.equal(clock.nowMs(), START_MS + 3_600_000);
    machine.pass(1_000);
    assert.equal(clock.nowMs(), START_MS + 3_601_000);
    assert.equal(clock.notBefore?.(START_MS + 3_600_000), 0);
  });

  it("tells jumps on its own time", () => {
    const machine = new MachineTime(START_MS);
    const clock = lateStartingClock(createSystemClock(machine));
    clock.notBefore?.(START_MS + 3_600_000);
    const before = clock.nowMs();
    machine.sleep(10_000);
    assert.deepEqual(clock.jumpsAfter?.(before), [{ kind: "slept", byMs: 10_000, atMs: START_MS + 3_610_000 }]);
    assert.deepEqual(clock.jumpsAfter?.(clock.nowMs()), []);
  });
});

function timersThatHold(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
}
