import assert from "node:assert/strict";
import { createScaledSimulatorClock } from "../../../migrate/adapters/clocks/scaled-simulator-clock";
import type { ClockReading, SimulatorSteering } from "../../../migrate/adapters/clocks/simulator-steering";
import { createJumpingClock } from "../pacing/jumping-clock";

describe("the clock of a simulator that runs", () => {
  it("multiplies the wall's time and divides its sleeps", async () => {
    const { wall, clock } = simulated(60);
    const wallStartMs = wall.nowMs();
    await clock.sleep(6_000);
    assert.equal(wall.nowMs() - wallStartMs, 100);
    assert.equal(clock.nowMs(), 6_000);
  });

  it("takes up the simulator's time again after a long sleep, and never goes back", async () => {
    const { clock, simulator } = simulated(60);
    simulator.aheadMs = 1_000_000;
    await clock.sleep(60_000);
    assert.equal(clock.nowMs(), 1_060_000);
    simulator.aheadMs = 0;
    await clock.sleep(60_000);
    assert.equal(clock.nowMs(), 1_120_000);
  });

  it("keeps its pace when the simulator falls silent", async () => {
    const { clock, simulator } = simulated(60);
    simulator.isSilent = true;
    await clock.sleep(60_000);
    assert.equal(clock.nowMs(), 60_000);
  });
});

function simulated(speed: number) {
  const wall = createJumpingClock();
  const startMs = wall.nowMs();
  const simulator = { aheadMs: 0, isSilent: false };
  const reading = (): ClockReading => ({
    nowMs: (wall.nowMs() - startMs) * speed + simulator.aheadMs,
    speed,
    mode: "scaled",
  });
  const answer = async (): Promise<ClockReading | null> => (simulator.isSilent ? null : reading());
  const steering: SimulatorSteering = { readClock: answer, advance: answer };
  return { wall, simulator, clock: createScaledSimulatorClock({ reading: reading(), steering, wall }) };
}
