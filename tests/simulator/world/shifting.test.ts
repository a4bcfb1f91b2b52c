import assert from "node:assert/strict";
import { keyedLater } from "./keyed-later";
import { MINUTE, type SmallWorld } from "./small-world";

const BLUE_GREEN = [
  "PRE_SCALE_UP",
  "SCALE_UP",
  "POST_SCALE_UP",
  "TEST_TRAFFIC_SHIFT",
  "POST_TEST_TRAFFIC_SHIFT",
  "PRE_PRODUCTION_TRAFFIC_SHIFT",
  "PRODUCTION_TRAFFIC_SHIFT",
  "POST_PRODUCTION_TRAFFIC_SHIFT",
  "BAKE_TIME",
  "CLEAN_UP",
];

describe("12 blue/green, linear and canary bring up a second full set of tasks, shift traffic in their steps, bake, and then stop the old set", () => {
  it("keeps everything old until everything new is healthy and has baked", () => {
    const { small } = keyedLater({ deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: 10 } });
    small.force("pay", "api");
    small.until(() => small.describe("pay", "api").runningCount === 4);
    small.pass(9 * MINUTE);
    assert.equal(small.describe("pay", "api").deployments?.[1]?.runningCount, 2);
    small.until(() => small.rolloutState("pay", "api") === "COMPLETED");
    assert.equal(small.describe("pay", "api").runningCount, 2);
  });

  it("passes the stages in AWS's order and ends with all traffic on the new revision", () => {
    const { small } = keyedLater({ deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: 5 } });
    small.force("pay", "api");
    assert.deepEqual(stagesOf(small), BLUE_GREEN);
    const { sourceServiceRevisions, targetServiceRevision } = small.latest("pay", "api");
    assert.equal(targetServiceRevision?.requestedProductionTrafficWeight, 100);
    assert.equal(sourceServiceRevisions?.[0]?.requestedProductionTrafficWeight, 0);
  });

  it("reconciles first when more than one revision was active", () => {
    const { small } = keyedLater({ deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: 5 } });
    small.force("pay", "api");
    small.until(() => small.latest("pay", "api").lifecycleStage === "BAKE_TIME");
    small.force("pay", "api");
    assert.equal(stagesOf(small)[0], "RECONCILE_SERVICE");
    assert.equal(small.describe("pay", "api").deployments?.length, 1);
  });

  const steps: readonly (readonly [title: string, configuration: object, weights: readonly number[]])[] = [
    ["blue/green all at once", { strategy: "BLUE_GREEN" }, [0, 100]],
    [
      "linear in equal steps",
      { strategy: "LINEAR", linearConfiguration: { stepPercent: 40, stepBakeTimeInMinutes: 7 } },
      [0, 40, 80, 100],
    ],
    ["linear in ten steps when none are told", { strategy: "LINEAR" }, [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]],
    [
      "canary a little first",
      { strategy: "CANARY", canaryConfiguration: { canaryPercent: 2.5, canaryBakeTimeInMinutes: 7 } },
      [0, 2.5, 100],
    ],
  ];
  for (const [title, configuration, weights] of steps) {
    it(`shifts ${title}, with twice the tasks from the first step to the last`, () => {
      const { small } = keyedLater({ desiredCount: 3, deploymentConfiguration: configuration });
      small.force("pay", "api");
      const seen: number[] = [];
      follow(small, ({ lifecycleStage, targetServiceRevision }) => {
        const weight = targetServiceRevision?.requestedProductionTrafficWeight ?? -1;
        if (weight !== seen.at(-1)) seen.push(weight);
        if (lifecycleStage === "PRODUCTION_TRAFFIC_SHIFT") assert.equal(small.describe("pay", "api").runningCount, 6);
      });
      assert.deepEqual(seen, weights);
    });
  }

  it("bakes after each step but the last", () => {
    const took = (stepBakeTimeInMinutes: number): number => {
      const linearConfiguration = { stepPercent: 50, stepBakeTimeInMinutes };
      const { small } = keyedLater();
      small.force("pay", "api", { deploymentConfiguration: { strategy: "LINEAR", linearConfiguration } });
      const fromMs = small.nowMs;
      small.until(() => small.latest("pay", "api").status === "SUCCESSFUL", 600 * MINUTE);
      return small.nowMs - fromMs;
    };
    const more = took(60) - took(0);
    assert.ok(more > 59 * MINUTE && more < 61 * MINUTE, `${more} ms`);
  });

  it("rolls back after a day in which the new tasks never came up, without a breaker", () => {
    const { small } = keyedLater({ deploymentConfiguration: { strategy: "BLUE_GREEN", bakeTimeInMinutes: 5 } });
    small.inject({ kind: "new-tasks-fail", cluster: "pay", service: "api", how: "exits" });
    small.force("pay", "api");
    small.pass(23 * 60 * MINUTE);
    assert.equal(small.latest("pay", "api").status, "IN_PROGRESS");
    small.until(() => small.latest("pay", "api").status === "ROLLBACK_SUCCESSFUL", 120 * MINUTE);
    assert.deepEqual(small.keysOfLive("pay", "api"), [null, null]);
  });

  it("goes back at once when stopped in the bake: no task starts, the new set stops, the traffic returns", () => {
    const { small } = keyedLater();
    small.force("pay", "api", { deploymentConfiguration: { strategy: "CANARY", bakeTimeInMinutes: 60 } });
    small.until(() => small.latest("pay", "api").lifecycleStage === "BAKE_TIME");
    const { launches } = small.view("pay", "api").counters;
    const { serviceDeploymentArn } = small.latest("pay", "api");
    small.ecs("StopServiceDeployment", { serviceDeploymentArn });
    small.until(() => small.latest("pay", "api").status === "ROLLBACK_SUCCESSFUL");
    assert.deepEqual(small.keysOfLive("pay", "api"), [null, null]);
    assert.equal(small.view("pay", "api").counters.launches, launches);
    assert.equal(small.latest("pay", "api").targetServiceRevision?.requestedProductionTrafficWeight, 0);
  });

  it("shows neither stage nor traffic for a rolling deployment", () => {
    const { small } = keyedLater();
    small.force("pay", "api");
    small.pass(MINUTE);
    const { lifecycleStage, targetServiceRevision } = small.latest("pay", "api");
    assert.deepEqual([lifecycleStage, targetServiceRevision?.requestedProductionTrafficWeight], [undefined, undefined]);
  });

  const wrong: readonly (readonly [title: string, configuration: object])[] = [
    ["steps below 3 percent", { strategy: "LINEAR", linearConfiguration: { stepPercent: 2.9 } }],
    ["a canary of more than all", { strategy: "CANARY", canaryConfiguration: { canaryPercent: 101 } }],
    ["steps of another strategy", { strategy: "BLUE_GREEN", linearConfiguration: { stepPercent: 10 } }],
    ["a bake of more than a day", { strategy: "BLUE_GREEN", bakeTimeInMinutes: 1_441 }],
  ];
  for (const [title, deploymentConfiguration] of wrong) {
    it(`refuses ${title}`, () => {
      const { small } = keyedLater();
      const refusal = small.refused("ecs", "UpdateService", {
        cluster: "pay",
        service: "api",
        deploymentConfiguration,
      });
      assert.equal(refusal.code, "InvalidParameterException");
    });
  }
});

type Shown = ReturnType<SmallWorld["latest"]>;

function follow(small: SmallWorld, look: (shown: Shown) => void): void {
  small.until(() => {
    const shown = small.latest("pay", "api");
    look(shown);
    return shown.status === "SUCCESSFUL";
  }, 300 * MINUTE);
}

function stagesOf(small: SmallWorld): readonly (string | undefined)[] {
  const stages: (string | undefined)[] = [];
  follow(small, ({ lifecycleStage }) => {
    if (lifecycleStage !== undefined && lifecycleStage !== stages.at(-1)) stages.push(lifecycleStage);
  });
  return stages;
}
