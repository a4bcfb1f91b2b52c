// The time of a run as another terminal tells it.

import assert from "node:assert/strict";
import { runClockOf } from "../../../migrate/commands/run-clock";

const HOUR_MS = 3_600_000;

function machineAt(ms: number) {
  const machine = { ms, nowMs: () => machine.ms };
  return machine;
}

describe("the clock of a run that is watched", () => {
  it("is this machine's while journal and heartbeat agree with it", () => {
    const machine = machineAt(1_000_000);
    const clock = runClockOf({ machine, foreign: null });
    assert.equal(clock.nowMs({ lastSeenMs: 990_000, isWorkedOn: true }), 1_000_000);
    machine.ms += 5_000;
    assert.equal(clock.nowMs({ lastSeenMs: 990_000, isWorkedOn: true }), 1_005_000);
  });

  it("goes on from the newest instant of the run where this machine's clock is another one, ahead or behind", () => {
    for (const offMs of [-HOUR_MS, HOUR_MS]) {
      const machine = machineAt(HOUR_MS * 10 + offMs);
      const clock = runClockOf({ machine, foreign: null });
      assert.equal(clock.nowMs({ lastSeenMs: HOUR_MS * 10, isWorkedOn: true }), HOUR_MS * 10);
      machine.ms += 7_000;
      assert.equal(clock.nowMs({ lastSeenMs: HOUR_MS * 10, isWorkedOn: true }), HOUR_MS * 10 + 7_000);
      assert.equal(clock.nowMs({ lastSeenMs: HOUR_MS * 10 + 20_000, isWorkedOn: true }), HOUR_MS * 10 + 20_000);
    }
  });

  it("is the simulator's where there is one, and never behind the journal", () => {
    const foreign = machineAt(5_000);
    const clock = runClockOf({ machine: machineAt(HOUR_MS), foreign });
    assert.equal(clock.nowMs({ lastSeenMs: 4_000, isWorkedOn: true }), 5_000);
    assert.equal(clock.nowMs({ lastSeenMs: 6_000, isWorkedOn: true }), 6_000);
  });

  it("stands still when nobody works on the run, and never goes back", () => {
    const machine = machineAt(1_000_000);
    const clock = runClockOf({ machine, foreign: null });
    assert.equal(clock.nowMs({ lastSeenMs: 990_000, isWorkedOn: true }), 1_000_000);
    machine.ms += HOUR_MS;
    assert.equal(clock.nowMs({ lastSeenMs: 990_000, isWorkedOn: false }), 1_000_000);
    assert.equal(runClockOf({ machine, foreign: null }).nowMs({ lastSeenMs: 990_000, isWorkedOn: false }), 990_000);
  });
});
