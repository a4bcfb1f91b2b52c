import assert from "node:assert/strict";
import { aFleet, type FleetBuilder } from "../../../simulator/fleet-builder";
import { type BadKeyRecord, disableKeyAt, measureBadKey } from "./bad-key";
import { setBenchStage } from "./bench-stage";
import { byHand, type HandOptions } from "./by-hand";

describe("a key that goes bad at the k-th update", () => {
  it("by hand in groups, the script goes on sending every service into it", async () => {
    const { result, cost } = await withBadKey({ groupSize: 4, services: 12 });
    assert.equal(cost.begunUnknowing, 0);
    assert.equal(cost.begunInMinute, 0);
    assert.equal(cost.begunLater, 8);
    assert.equal(result.timedOut.length, 12);
    assert.equal(cost.leftFailing, 12);
    assert.ok(cost.failedTasks >= 24);
  });

  it("by hand, a careful person sends no more after the group that timed out", async () => {
    const { cost } = await withBadKey({ groupSize: 4, services: 12, onTimeout: "stop" });
    assert.equal(cost.begunLater, 0);
    assert.equal(cost.lastBegunAfterMs, null);
    assert.equal(cost.leftFailing, 4);
  });

  it("what was sent before it went bad is not counted, and what was sent after it before any task failed is told apart", async () => {
    const { cost } = await withBadKey({ groupSize: 4, services: 4, atUpdate: 2, pauseBeforeWaitMs: 0 });
    assert.deepEqual([cost.begunUnknowing, cost.begunInMinute, cost.begunLater], [0, 0, 0]);
    const spread = measured({ disabledAtMs: 1_000, firstFailureAtMs: 5_000, begun: at(500, 2_000, 5_000, 5_001) });
    assert.deepEqual([spread.begunUnknowing, spread.begunInMinute, spread.begunLater], [2, 1, 0]);
  });

  it("a minute ends with its last millisecond, and the last update is told from the first failed task on", () => {
    const cost = measured({ disabledAtMs: 0, firstFailureAtMs: 10_000, begun: at(70_000, 70_001, 99_000) });
    assert.deepEqual([cost.begunInMinute, cost.begunLater, cost.lastBegunAfterMs], [1, 2, 89_000]);
    assert.equal(cost.firstFailureAfterMs, 10_000);
  });

  it("without a failed task nothing counts as sent after one", () => {
    const cost = measured({ disabledAtMs: 0, firstFailureAtMs: null, begun: at(1, 99_000_000) });
    assert.deepEqual([cost.begunUnknowing, cost.begunInMinute, cost.begunLater], [2, 0, 0]);
    assert.equal(cost.firstFailureAfterMs, null);
  });

  it("finds the first failed task within the second, as the world tells it", async () => {
    const { record, firstStoppedMs } = await withBadKey({ groupSize: 4, services: 4, onTimeout: "stop" });
    assert.ok(record.disabledAtMs !== null && record.firstFailureAtMs !== null);
    assert.ok(Number.isFinite(firstStoppedMs));
    // Stopped is seconds after failed: its volume and address are given back first.
    assert.ok(record.firstFailureAtMs > record.disabledAtMs && record.firstFailureAtMs <= firstStoppedMs + 1_000);
  });

  it("a service of 50 to 100 percent is left with half its tasks, and one that its circuit breaker rolled back with all", async () => {
    const halved = await withBadKey({ groupSize: 1, services: 1, atUpdate: 1, as: (so) => so.percents(50, 100) });
    assert.deepEqual([halved.cost.belowDesired, halved.cost.belowMinimum, halved.cost.leftFailing], [1, 0, 1]);
    const as = (so: FleetBuilder) => so.percents(50, 100).breaker(true);
    const rolledBack = await withBadKey({ groupSize: 1, services: 1, atUpdate: 1, as });
    assert.deepEqual([rolledBack.cost.belowDesired, rolledBack.cost.leftFailing], [0, 0]);
    assert.equal(rolledBack.result.calledDone.length, 1);
  });
});

interface Told extends Omit<HandOptions, "services"> {
  readonly services: number;
  readonly atUpdate?: number;
  readonly as?: (fleet: FleetBuilder) => FleetBuilder;
}

async function withBadKey({ services, atUpdate = 1, as = (so) => so, ...options }: Told) {
  const fleet = Array.from({ length: services }, (_, at) => `s${at}`)
    .reduce(
      (so, name) => as(so.service(name)),
      aFleet()
        .key("key", { clusters: ["pay"] })
        .cluster("pay", { key: "key" }),
    )
    .build();
  const stage = setBenchStage({ fleet, seed: 1 });
  const [key] = stage.simulation.state().lanes.flatMap(({ keys }) => keys);
  assert.ok(key !== undefined);
  const recorded = disableKeyAt(stage, { key: key.arn, atUpdate });
  let firstStoppedMs = Number.POSITIVE_INFINITY;
  void stage.clock.sleep(120_000).then(() => {
    const tasks = stage.simulation.state().lanes.flatMap(({ clusters }) => clusters.flatMap((one) => one.services));
    const failed = tasks.flatMap((one) => one.tasks).filter(({ stopCode }) => stopCode === "TaskFailedToStart");
    firstStoppedMs = Math.min(...failed.map(({ stoppedAtMs }) => stoppedAtMs ?? Number.POSITIVE_INFINITY));
  });
  const result = await byHand(stage, { ...options, services: fleet.services });
  stage.clock.close();
  const record = recorded();
  return { result, record, firstStoppedMs, cost: measureBadKey(record, { fleet, view: stage.simulation.state() }) };
}

function measured(record: BadKeyRecord) {
  const fleet = aFleet().build();
  const view = { nowMs: 0, dueMs: null, lanes: [], counters: {} };
  return measureBadKey(record, { fleet, view });
}

function at(...instantsMs: readonly number[]): BadKeyRecord["begun"] {
  return instantsMs.map((atMs) => ({ atMs }));
}
