import assert from "node:assert/strict";
import { aFleet } from "../../../simulator/fleet-builder";
import { worldFromFleet } from "../../../simulator/world-from-fleet";
import { keyedLater } from "./keyed-later";
import { ACCOUNT, MINUTE, REGION, SmallWorld } from "./small-world";

const LAMBDA = "arn:aws:lambda:eu-central-1:111122223333:function:check";

describe("12a lifecycle hooks hold their stage: a pause until ContinueServiceDeployment or its timeout, a function until it answers; one that fails rolls back", () => {
  it("waits for hours at a pause, as AWAITING_ACTION, and goes on when told", () => {
    const { small, key } = hooked([pauseAt("POST_SCALE_UP")]);
    small.pass(600 * MINUTE);
    const [hook] = hooksOf(small);
    assert.match(hook?.hookId ?? "", /^ecs-pause-[A-Za-z0-9]{43}$/);
    assert.deepEqual([hook?.targetType, hook?.status, hook?.timeoutAction], ["PAUSE", "AWAITING_ACTION", "ROLLBACK"]);
    assert.equal(small.latest("pay", "api").lifecycleStage, "POST_SCALE_UP");
    assert.equal(small.describe("pay", "api").runningCount, 4);
    answer(small, "CONTINUE");
    small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
    assert.deepEqual(small.keysOfLive("pay", "api"), [key, key]);
    assert.equal(small.latest("pay", "api").lifecycleHookDetails, undefined);
  });

  it("launches nothing while it waits before the scale-up", () => {
    const { small } = hooked([pauseAt("PRE_SCALE_UP")]);
    const { launches } = small.view("pay", "api").counters;
    small.pass(300 * MINUTE);
    assert.equal(small.view("pay", "api").counters.launches, launches);
    assert.equal(small.latest("pay", "api").status, "IN_PROGRESS");
  });

  it("keeps the old tasks of a rolling deployment while it waits, whatever its minimum allows", () => {
    const more = { strategy: "ROLLING", minimumHealthyPercent: 0, maximumPercent: 200 };
    const { small } = hooked([pauseAt("PRE_SCALE_UP")], more);
    small.pass(300 * MINUTE);
    assert.equal(small.describe("pay", "api").runningCount, 2);
    answer(small, "ROLLBACK");
    small.until(() => small.latest("pay", "api").status === "ROLLBACK_SUCCESSFUL");
    assert.deepEqual(small.keysOfLive("pay", "api"), [null, null]);
  });

  it("goes back when the answer is ROLLBACK", () => {
    const { small } = hooked([pauseAt("POST_TEST_TRAFFIC_SHIFT")]);
    untilWaiting(small);
    answer(small, "ROLLBACK");
    small.until(() => small.latest("pay", "api").status === "ROLLBACK_SUCCESSFUL");
    assert.deepEqual(small.keysOfLive("pay", "api"), [null, null]);
    assert.match(small.latest("pay", "api").rollback?.reason ?? "", /lifecycle hooks: rolling back/);
  });

  it("asks anew before each step of a linear deployment, each time under another id", () => {
    const linear = { strategy: "LINEAR", linearConfiguration: { stepPercent: 50, stepBakeTimeInMinutes: 1 } };
    const { small } = hooked([pauseAt("PRE_PRODUCTION_TRAFFIC_SHIFT")], linear);
    const ids = [1, 2].map(() => {
      untilWaiting(small);
      const id = hooksOf(small)[0]?.hookId;
      answer(small, "CONTINUE");
      return id;
    });
    assert.equal(new Set(ids).size, 2);
    small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
  });

  for (const [action, end] of [
    ["ROLLBACK", "ROLLBACK_SUCCESSFUL"],
    ["CONTINUE", "SUCCESSFUL"],
  ] as const) {
    it(`ends ${end} when nobody answers in time and the timeout action is ${action}`, () => {
      const { small } = hooked([pauseAt("POST_SCALE_UP", { timeoutInMinutes: 90, action })]);
      untilWaiting(small);
      const fromMs = small.nowMs;
      small.until(() => small.latest("pay", "api").status === end, 300 * MINUTE);
      assert.ok(small.nowMs - fromMs >= 90 * MINUTE);
    });
  }

  it("waits for all hooks of a stage, pauses and functions alike", () => {
    const { small } = hooked([pauseAt("POST_SCALE_UP"), pauseAt("POST_SCALE_UP"), lambdaAt("POST_SCALE_UP")]);
    untilWaiting(small);
    small.pass(10 * MINUTE);
    assert.deepEqual(
      hooksOf(small).map(({ targetType, targetArn, status }) => [targetType, targetArn, status]),
      [
        ["PAUSE", undefined, "AWAITING_ACTION"],
        ["PAUSE", undefined, "AWAITING_ACTION"],
        ["AWS_LAMBDA", LAMBDA, "SUCCEEDED"],
      ],
    );
    answer(small, "CONTINUE");
    small.pass(10 * MINUTE);
    assert.equal(small.latest("pay", "api").lifecycleStage, "POST_SCALE_UP");
    answer(small, "CONTINUE");
    small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
  });

  it("rolls back when a function fails, and only the next one fails", () => {
    const { small, key } = hooked([lambdaAt("PRODUCTION_TRAFFIC_SHIFT")]);
    small.inject({ kind: "hook-fails", cluster: "pay", service: "api" });
    small.until(() => small.latest("pay", "api").status === "ROLLBACK_SUCCESSFUL");
    assert.deepEqual(small.keysOfLive("pay", "api"), [null, null]);
    small.force("pay", "api");
    small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
    assert.deepEqual(small.keysOfLive("pay", "api"), [key, key]);
  });

  it("fails the pause that waits now, and is refused for a service without hooks", () => {
    const { small } = hooked([pauseAt("POST_SCALE_UP")]);
    untilWaiting(small);
    small.inject({ kind: "hook-fails", cluster: "pay", service: "api" });
    small.until(() => small.latest("pay", "api").status === "ROLLBACK_SUCCESSFUL");
    small.service("pay", "plain");
    const fault = { kind: "hook-fails", cluster: "pay", service: "plain" } as const;
    assert.throws(() => small.inject(fault), /service plain has no lifecycle hooks/);
  });

  it("can be stopped and replaced while it waits, and then takes no answer", () => {
    const { small } = hooked([pauseAt("PRE_SCALE_UP")]);
    untilWaiting(small);
    const first = small.latest("pay", "api");
    const input = { serviceDeploymentArn: first.serviceDeploymentArn, hookId: hooksOf(small)[0]?.hookId };
    small.ecs("StopServiceDeployment", { serviceDeploymentArn: first.serviceDeploymentArn });
    assert.equal(small.refused("ecs", "ContinueServiceDeployment", input).code, "InvalidParameterException");
    small.until(() => small.latest("pay", "api").status === "ROLLBACK_SUCCESSFUL");
    small.force("pay", "api");
    untilWaiting(small);
    small.force("pay", "api");
    small.pass(5 * MINUTE);
    const { serviceDeployments } = small.ecs("ListServiceDeployments", { cluster: "pay", service: "api" });
    assert.deepEqual(
      serviceDeployments.slice(0, 2).map(({ status }: { status: string }) => status),
      ["IN_PROGRESS", "STOPPED"],
    );
  });

  it("holds a rolling deployment too, before its first task and before its end", () => {
    const { small, key } = hooked([pauseAt("PRE_SCALE_UP"), pauseAt("POST_SCALE_UP")], { strategy: "ROLLING" });
    small.pass(60 * MINUTE);
    assert.deepEqual(small.keysOfLive("pay", "api"), [null, null]);
    answer(small, "CONTINUE");
    small.until(() => small.latest("pay", "api").lifecycleStage === "POST_SCALE_UP");
    assert.deepEqual(small.keysOfLive("pay", "api"), [key, key]);
    small.pass(60 * MINUTE);
    assert.equal(small.rolloutState("pay", "api"), "IN_PROGRESS");
    answer(small, "CONTINUE");
    small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
  });

  it("is refused where it does not fit: an unknown deployment, a wrong hook", () => {
    const { small } = hooked([pauseAt("POST_SCALE_UP")]);
    untilWaiting(small);
    const { serviceDeploymentArn } = small.latest("pay", "api");
    const wrongHook = small.refused("ecs", "ContinueServiceDeployment", {
      serviceDeploymentArn,
      hookId: "ecs-pause-x",
    });
    assert.equal(wrongHook.code, "InvalidParameterException");
    const gone = { serviceDeploymentArn: `${serviceDeploymentArn}x`, hookId: "ecs-pause-x" };
    assert.equal(small.refused("ecs", "ContinueServiceDeployment", gone).code, "ServiceDeploymentNotFoundException");
  });

  const wrong: readonly (readonly [title: string, hooks: readonly object[]])[] = [
    ["a pause while traffic shifts", [pauseAt("PRODUCTION_TRAFFIC_SHIFT")]],
    ["a function without its ARN", [{ lifecycleStages: ["PRE_SCALE_UP"] }]],
    ["a hook without a stage", [{ targetType: "PAUSE" }]],
    ["a pause of more than 14 days", [pauseAt("PRE_SCALE_UP", { timeoutInMinutes: 20_161 })]],
    ["more than 10 pauses", Array.from({ length: 11 }, () => pauseAt("PRE_SCALE_UP"))],
  ];
  for (const [title, lifecycleHooks] of wrong) {
    it(`refuses ${title}`, () => {
      const { small } = keyedLater();
      const update = { cluster: "pay", service: "api", deploymentConfiguration: { lifecycleHooks } };
      assert.equal(small.refused("ecs", "UpdateService", update).code, "InvalidParameterException");
    });
  }

  it("holds the deployments of services whose hooks a fleet only counts, before anything moves", () => {
    const fleet = aFleet({ account: ACCOUNT, region: REGION }).cluster("pay").service("api").pauseHooks().build();
    const small = new SmallWorld({}, worldFromFleet(fleet, { seed: 5 }));
    small.nowMs = Date.parse(fleet.readAt);
    small.force("pay", "api");
    untilWaiting(small);
    assert.equal(small.latest("pay", "api").lifecycleStage, "PRE_SCALE_UP");
    assert.equal(small.view("pay", "api").counters.launches, 0);
  });

  it("takes stages, steps and functions from a fleet that the builder made", () => {
    const fleet = aFleet({ account: ACCOUNT, region: REGION })
      .cluster("pay")
      .service("api")
      .canary({ percent: 20, bakeMinutes: 3 })
      .bake(4)
      .hooks({ kind: "pause", stage: "POST_SCALE_UP" }, { kind: "lambda", stage: "PRE_SCALE_UP" })
      .build();
    assert.deepEqual(
      [fleet.services[0]?.strategy, fleet.services[0]?.bakeTimeMinutes, fleet.services[0]?.pauseHooks],
      ["CANARY", 4, 1],
    );
    const small = new SmallWorld({}, worldFromFleet(fleet, { seed: 5 }));
    small.nowMs = Date.parse(fleet.readAt);
    small.force("pay", "api");
    untilWaiting(small);
    answer(small, "CONTINUE");
    small.until(() => small.latest("pay", "api").targetServiceRevision?.requestedProductionTrafficWeight === 20);
    small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
  });
});

/** A settled service with these hooks, blue/green unless told, of which a new deployment has just begun. */
function hooked(lifecycleHooks: readonly object[], more: object = {}) {
  const { small, key } = keyedLater();
  const deploymentConfiguration = { strategy: "BLUE_GREEN", bakeTimeInMinutes: 0, lifecycleHooks, ...more };
  small.ecs("UpdateService", { cluster: "pay", service: "api", deploymentConfiguration });
  small.force("pay", "api");
  return { small, key };
}

function pauseAt(stage: string, timeoutConfiguration?: object): object {
  const timeout = timeoutConfiguration === undefined ? {} : { timeoutConfiguration };
  return { targetType: "PAUSE", lifecycleStages: [stage], ...timeout };
}

function lambdaAt(stage: string): object {
  return { hookTargetArn: LAMBDA, roleArn: "arn:aws:iam::111122223333:role/hooks", lifecycleStages: [stage] };
}

function hooksOf(small: SmallWorld) {
  return small.latest("pay", "api").lifecycleHookDetails ?? [];
}

function untilWaiting(small: SmallWorld): void {
  small.until(() => hooksOf(small).some(({ status }) => status === "AWAITING_ACTION"));
}

/** Answers the first hook that waits. */
function answer(small: SmallWorld, action: "CONTINUE" | "ROLLBACK"): void {
  const { serviceDeploymentArn } = small.latest("pay", "api");
  const waiting = hooksOf(small).find(({ status }) => status === "AWAITING_ACTION");
  small.ecs("ContinueServiceDeployment", { serviceDeploymentArn, hookId: waiting?.hookId, action });
}
