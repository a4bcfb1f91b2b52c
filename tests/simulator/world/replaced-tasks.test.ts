import assert from "node:assert/strict";
import { keyedLater } from "./keyed-later";
import { MINUTE, type SmallWorld } from "./small-world";

describe("9a zone rebalancing replaces a healthy task by one of the same deployment, the new one first", () => {
  it("has one task more until the new one is healthy, then stops the old one", () => {
    const { small } = keyedLater();
    const before = arnsOf(small);
    small.inject({ kind: "zones-rebalanced", cluster: "pay", service: "api" });
    small.until(() => {
      assert.ok((small.describe("pay", "api").runningCount ?? 0) >= 2);
      return arnsOf(small).length === 2 && arnsOf(small).some((arn) => !before.includes(arn));
    });
    assert.equal(arnsOf(small).filter((arn) => before.includes(arn)).length, 1);
    assert.deepEqual(small.keysOfLive("pay", "api"), [null, null]);
    assert.equal(small.view("pay", "api").counters.deploymentsStarted, 1);
    const messages = small.describe("pay", "api").events?.map(({ message }) => message ?? "") ?? [];
    assert.ok(messages.some((message) => message.includes("to AZ Rebalance")));
    assert.ok(messages.some((message) => message.includes("due to AZ rebalancing")));
  });

  it("leaves the old task alone when the new one never comes up", () => {
    const { small } = keyedLater();
    const before = arnsOf(small);
    small.inject({ kind: "zones-rebalanced", cluster: "pay", service: "api" });
    const [newest] = arnsOf(small).filter((arn) => !before.includes(arn));
    small.ecs("StopTask", { cluster: "pay", task: newest });
    small.pass(30 * MINUTE);
    assert.deepEqual(arnsOf(small), before);
  });

  it("is refused for a service without a healthy task", () => {
    const { small } = keyedLater({ desiredCount: 0 });
    const fault = { kind: "zones-rebalanced", cluster: "pay", service: "api" } as const;
    assert.throws(() => small.inject(fault), /service api has no healthy task to move/);
  });
});

describe("9b a retired Fargate task is stopped and replaced under the deployment it belongs to", () => {
  it("tells the maintenance, and replaces it without the key of later", () => {
    const { small } = keyedLater();
    const before = arnsOf(small);
    small.inject({ kind: "task-retired", cluster: "pay", service: "api" });
    const [retired] = small.view("pay", "api").tasks.filter(({ stopCode }) => stopCode !== null);
    assert.equal(retired?.stopCode, "TerminationNotice");
    assert.match(retired?.stoppedReason ?? "", /performing maintenance on the underlying infrastructure/);
    small.until(() => arnsOf(small).length === 2);
    assert.equal(arnsOf(small).filter((arn) => before.includes(arn)).length, 1);
    assert.deepEqual(small.keysOfLive("pay", "api"), [null, null]);
  });

  it("replaces an old task by one of the same old revision while a deployment waits for a person", () => {
    const { small } = keyedLater({ desiredCount: 3 });
    const lifecycleHooks = [{ targetType: "PAUSE", lifecycleStages: ["PRE_SCALE_UP"] }];
    small.force("pay", "api", { deploymentConfiguration: { lifecycleHooks } });
    small.pass(5 * MINUTE);
    small.inject({ kind: "task-retired", cluster: "pay", service: "api", count: 2 });
    assert.equal(arnsOf(small).length, 1);
    small.until(() => arnsOf(small).length === 3);
    assert.deepEqual(small.keysOfLive("pay", "api"), [null, null, null]);
  });

  it("is refused for a service that does not run on Fargate", () => {
    const { small } = keyedLater({ launchType: "EC2", networkConfiguration: undefined });
    const fault = { kind: "task-retired", cluster: "pay", service: "api" } as const;
    assert.throws(() => small.inject(fault), /does not run on Fargate; only Fargate tasks are retired/);
  });
});

function arnsOf(small: SmallWorld): readonly string[] {
  return small.view("pay", "api").tasks.flatMap(({ arn, desiredStatus }) => (desiredStatus === "RUNNING" ? [arn] : []));
}
