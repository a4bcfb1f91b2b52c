import assert from "node:assert/strict";
import fc from "fast-check";
import {
  canRoll,
  circuitBreakerThreshold,
  maximumTotal,
  minimumRunning,
  surgeTasks,
} from "../../domain/rolling-deployment";

describe("the arithmetic of percents", () => {
  for (const [desiredCount, percent, least, most] of [
    [1, 50, 1, 0],
    [1, 100, 1, 1],
    [1, 150, 2, 1],
    [1, 200, 2, 2],
    [3, 50, 2, 1],
    [3, 66, 2, 1],
    [3, 67, 3, 2],
    [3, 150, 5, 4],
    [4, 75, 3, 3],
    [7, 0, 0, 0],
    [0, 200, 0, 0],
    [10, 110, 11, 11],
  ] as const) {
    it(`${percent} % of ${desiredCount} is at least ${least} running and at most ${most} in all`, () => {
      assert.equal(minimumRunning({ desiredCount, minimumHealthyPercent: percent }), least);
      assert.equal(maximumTotal({ desiredCount, maximumPercent: percent }), most);
    });
  }

  for (const [desiredCount, maximumPercent, surge] of [
    [4, 200, 4],
    [4, 150, 2],
    [3, 150, 1],
    [1, 150, 0],
    [4, 100, 0],
    [4, 300, 4],
    [0, 200, 0],
  ] as const) {
    it(`${desiredCount} tasks with a maximum of ${maximumPercent} % surge by ${surge}`, () => {
      assert.equal(surgeTasks({ desiredCount, maximumPercent }), surge);
    });
  }
});

describe("whether a service can roll", () => {
  for (const [desired, min, max, rebalancing, answer, change] of [
    [2, 100, 200, "ENABLED", "rolls", null],
    [2, 50, 100, "DISABLED", "rolls", null],
    [2, 50, 100, null, "rolls", null],
    [1, 100, 200, null, "rolls", null],
    [1, 50, 200, null, "rolls", null],
    [4, 75, 100, null, "rolls", null],
    [0, 100, 100, null, "rolls", null],
    [0, 100, 100, "ENABLED", "rolls", null],
    [2, 100, 100, null, "cannot-roll", "set maximumPercent to 200"],
    [1, 100, 150, null, "cannot-roll", "set maximumPercent to 200"],
    [1, 50, 100, null, "cannot-roll", "set maximumPercent to 200"],
    [3, 75, 100, null, "cannot-roll", "set maximumPercent to 200"],
    [2, 200, 200, null, "cannot-roll", "set maximumPercent to 200 and minimumHealthyPercent to 100"],
    [2, 0, 0, null, "cannot-roll", "set maximumPercent to 200"],
    [2, 50, 100, "ENABLED", "cannot-roll", "set maximumPercent to 200, or availabilityZoneRebalancing to DISABLED"],
    [1, 0, 100, null, "rolls-with-downtime", "set minimumHealthyPercent to 100 and maximumPercent to 200"],
    [1, 0, 200, null, "rolls-with-downtime", "set minimumHealthyPercent to 100 and maximumPercent to 200"],
    [5, 0, 100, null, "rolls-with-downtime", "set minimumHealthyPercent to 100 and maximumPercent to 200"],
  ] as const) {
    const setting = `${desired} tasks, ${min}/${max} %${rebalancing === null ? "" : `, rebalancing ${rebalancing}`}`;
    it(`${setting}: ${answer}`, () => {
      const found = canRoll({
        desiredCount: desired,
        minimumHealthyPercent: min,
        maximumPercent: max,
        availabilityZoneRebalancing: rebalancing,
      });
      assert.equal(found.answer, answer);
      assert.equal("change" in found ? found.change : null, change);
    });
  }

  it("with the defaults of 100 and 200 % always rolls", () => {
    fc.assert(
      fc.property(fc.nat(5_000), (desiredCount) => {
        const defaults = { minimumHealthyPercent: 100, maximumPercent: 200, availabilityZoneRebalancing: null };
        assert.equal(canRoll({ desiredCount, ...defaults }).answer, "rolls");
      }),
    );
  });
});

describe("the circuit breaker's threshold", () => {
  for (const [desired, threshold] of [
    [0, 3],
    [1, 3],
    [6, 3],
    [7, 4],
    [25, 13],
    [400, 200],
    [401, 200],
    [5_000, 200],
  ] as const) {
    it(`is ${threshold} for ${desired} tasks`, () => assert.equal(circuitBreakerThreshold(desired), threshold));
  }
});
