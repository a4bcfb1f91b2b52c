import assert from "node:assert/strict";
import { keyedLater } from "./keyed-later";
import { MINUTE, type SmallWorld } from "./small-world";

describe("13 early success waits for its share of healthy tasks and the bake; with deferred clean-up it is SUCCESSFUL while old tasks still run", () => {
  it("is SUCCESSFUL while old tasks run, stays IN_PROGRESS as a rollout, and cleans up later", () => {
    const { small, key } = early("DEFERRED");
    small.force("pay", "api");
    small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
    assert.ok(small.keysOfLive("pay", "api").includes(null));
    assert.equal(small.rolloutState("pay", "api"), "IN_PROGRESS");
    small.until(() => small.rolloutState("pay", "api") === "COMPLETED");
    assert.deepEqual(small.keysOfLive("pay", "api"), [key, key, key, key]);
  });

  it("removes the old tasks first when the clean-up is blocking", () => {
    const { small } = early("BLOCKING");
    small.force("pay", "api");
    small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
    assert.ok(!small.keysOfLive("pay", "api").includes(null));
  });

  it("bakes before it is told", () => {
    const { small } = early("DEFERRED", { bakeTimeInMinutes: 15 });
    small.force("pay", "api");
    small.until(() => healthyOfNew(small) >= 2);
    const fromMs = small.nowMs;
    small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
    assert.ok(small.nowMs - fromMs >= 14 * MINUTE);
  });

  it("cannot fail any more: later failures leave the record and the revision as they are", () => {
    const { small, key } = early("DEFERRED", {
      minimumHealthyPercent: 25,
      maximumPercent: 125,
      earlySuccessCriteria: { enable: true, healthyPercent: 25, sourceServiceRevisionCleanup: "DEFERRED" },
      deploymentCircuitBreaker: { enable: true, rollback: true },
    });
    small.force("pay", "api");
    small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
    small.inject({ kind: "new-tasks-fail", cluster: "pay", service: "api", how: "exits" });
    small.pass(120 * MINUTE);
    assert.equal(small.latest("pay", "api").status, "SUCCESSFUL");
    assert.equal(small.view("pay", "api").counters.rollbacksStarted, 0);
    assert.ok(small.keysOfLive("pay", "api").includes(key));
  });

  const wrong: readonly (readonly [title: string, criteria: object])[] = [
    ["without its share", { enable: true, sourceServiceRevisionCleanup: "DEFERRED" }],
    ["without its clean-up", { enable: true, healthyPercent: 60 }],
    ["below the minimum", { enable: true, healthyPercent: 40, sourceServiceRevisionCleanup: "DEFERRED" }],
  ];
  for (const [title, earlySuccessCriteria] of wrong) {
    it(`is refused ${title}`, () => {
      const { small } = early("DEFERRED");
      const update = { cluster: "pay", service: "api", deploymentConfiguration: { earlySuccessCriteria } };
      assert.equal(small.refused("ecs", "UpdateService", update).code, "InvalidParameterException");
    });
  }
});

/** Four tasks, of which half must be healthy. */
function early(sourceServiceRevisionCleanup: string, more: object = {}) {
  const earlySuccessCriteria = { enable: true, healthyPercent: 50, sourceServiceRevisionCleanup };
  const percents = { minimumHealthyPercent: 50, maximumPercent: 150 };
  const { small, key } = keyedLater({ desiredCount: 4 });
  const deploymentConfiguration = { ...percents, earlySuccessCriteria, ...more };
  small.ecs("UpdateService", { cluster: "pay", service: "api", deploymentConfiguration });
  return { small, key };
}

function healthyOfNew(small: SmallWorld): number {
  return small.describe("pay", "api").deployments?.[0]?.runningCount ?? 0;
}
