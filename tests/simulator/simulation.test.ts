import assert from "node:assert/strict";
import type { ApiFault } from "../../simulator/api-fault";
import { ManualClock } from "../../simulator/clock/manual-clock";
import { type Outcome, Simulation } from "../../simulator/simulation";
import type { Call } from "../../simulator/world/call";
import { fakeWorld } from "./fake-world";

describe("a simulation's rate limits", () => {
  it("let UpdateService pass 50 times at once, then 5 times a second", () => {
    const { simulation, clock } = simulated();
    assert.equal(countOk(simulation, UPDATE, 60), 50);
    clock.advance(1000);
    assert.equal(countOk(simulation, UPDATE, 60), 5);
  });

  it("share one bucket among the operations of a kind, and none between accounts or Regions", () => {
    const { simulation } = simulated();
    countOk(simulation, UPDATE, 50);
    assert.equal(countOk(simulation, { ...UPDATE, operation: "CreateService" }, 1), 0);
    assert.equal(countOk(simulation, { ...UPDATE, operation: "DescribeServices" }, 1), 1);
    const elsewhere = { ...UPDATE, caller: { ...UPDATE.caller, region: "us-east-1" } };
    assert.equal(countOk(simulation, elsewhere, 1), 1);
    const other = { ...UPDATE, caller: { ...UPDATE.caller, account: "999900001111" } };
    assert.equal(countOk(simulation, other, 1), 1);
  });

  it("refuse with ThrottlingException, keep the call from the world, and count it", () => {
    const { simulation, world } = simulated();
    countOk(simulation, UPDATE, 50);
    assert.deepEqual(simulation.call(UPDATE), {
      kind: "answered",
      reply: { kind: "error", code: "ThrottlingException", message: "Rate exceeded", httpStatus: 400 },
      afterMs: 0,
    });
    assert.equal(world.seen.length, 50);
    assert.deepEqual(simulation.calls().byOperation, {
      "ecs:UpdateService": { calls: 51, throttled: 1, failed: 1 },
    });
  });

  it("never let a bucket overflow, however long nobody called", () => {
    const { simulation, clock } = simulated();
    clock.advance(86_400_000);
    assert.equal(countOk(simulation, UPDATE, 60), 50);
  });

  it("can be left out", () => {
    const simulation = new Simulation({ world: fakeWorld(), clock: new ManualClock(0), throttling: false });
    assert.equal(countOk(simulation, UPDATE, 500), 500);
  });
});

describe("a simulation's faults", () => {
  it("strike as often as their count says, then no more", () => {
    const { simulation } = simulated({ kind: "throttle", count: 2 });
    assert.deepEqual(
      [codeOf(simulation.call(UPDATE)), codeOf(simulation.call(UPDATE)), codeOf(simulation.call(UPDATE))],
      ["ThrottlingException", "ThrottlingException", "ok"],
    );
  });

  it("strike once when neither count nor window is given", () => {
    const { simulation } = simulated({ kind: "server-error" });
    assert.equal(codeOf(simulation.call(UPDATE)), "ServerException");
    assert.equal(codeOf(simulation.call(UPDATE)), "ok");
  });

  it("strike inside of their window only: from its start, until before its end", () => {
    const { simulation, clock } = simulated({ kind: "expired-credentials", fromMs: 1_000, untilMs: 2_000 });
    const seen = [0, 1_000, 1_999, 2_000].map((ms) => {
      clock.advance(ms - clock.nowMs());
      return codeOf(simulation.call(UPDATE));
    });
    assert.deepEqual(seen, ["ok", "ExpiredTokenException", "ExpiredTokenException", "ok"]);
  });

  it("leave alone what is outside of their scope", () => {
    const scoped: readonly [ApiFault, Call, string][] = [
      [{ kind: "access-denied", operation: "UpdateService" }, { ...UPDATE, operation: "DescribeServices" }, "ok"],
      [{ kind: "access-denied", operation: "UpdateService" }, UPDATE, "AccessDeniedException"],
      [{ kind: "throttle", cluster: "pay" }, UPDATE, "ThrottlingException"],
      [{ kind: "throttle", cluster: "ops" }, UPDATE, "ok"],
      [{ kind: "throttle", ecsService: "api" }, UPDATE, "ThrottlingException"],
      [{ kind: "throttle", ecsService: "ap" }, UPDATE, "ok"],
      [{ kind: "throttle", service: "kms" }, UPDATE, "ok"],
      [{ kind: "throttle", account: "999900001111" }, UPDATE, "ok"],
    ];
    for (const [fault, call, code] of scoped) {
      assert.equal(codeOf(simulated(fault).simulation.call(call)), code, JSON.stringify(fault));
    }
  });

  it("know a cluster and a service by their ARNs too", () => {
    const call = {
      ...UPDATE,
      input: { services: ["arn:aws:ecs:eu-west-1:1:service/pay/api"], cluster: "arn:aws:ecs:eu-west-1:1:cluster/pay" },
    };
    const { simulation } = simulated({ kind: "throttle", cluster: "pay", ecsService: "api" });
    assert.equal(codeOf(simulation.call(call)), "ThrottlingException");
  });

  it("break the connection before the world acts, or after", () => {
    const before = simulated({ kind: "reset" });
    assert.deepEqual(before.simulation.call(UPDATE), { kind: "reset" });
    assert.equal(before.world.seen.length, 0);
    const after = simulated({ kind: "timeout-after-act" });
    assert.deepEqual(after.simulation.call(UPDATE), { kind: "lost" });
    assert.equal(after.world.seen.length, 1);
  });

  it("make an answer late by simulated time", () => {
    const { simulation } = simulated({ kind: "slow", delayMs: 7_000 });
    const outcome = simulation.call(UPDATE);
    assert.equal(outcome.kind === "answered" && outcome.afterMs, 7_000);
  });

  it("are bounded in number", () => {
    const { simulation } = simulated();
    for (let i = 0; i < 1_000; i += 1) simulation.scheduleFault({ kind: "reset" });
    assert.throws(() => simulation.scheduleFault({ kind: "reset" }), /1000 faults are scheduled/);
  });
});

describe("a simulation's world", () => {
  it("is advanced to the clock before each call, each look and each fault", () => {
    const { simulation, clock, world } = simulated();
    clock.advance(500);
    simulation.call(UPDATE);
    assert.equal(world.advancedToMs, 500);
    clock.advance(500);
    assert.equal(simulation.state().nowMs, 1_000);
    clock.advance(500);
    simulation.inject({ kind: "key-disabled", key: "k" });
    assert.equal(world.faults[0]?.nowMs, 1_500);
  });
});

const UPDATE: Call = {
  service: "ecs",
  operation: "UpdateService",
  input: { cluster: "pay", service: "api" },
  caller: { account: "111122223333", region: "eu-west-1", principalArn: "arn:aws:iam::111122223333:user/operator" },
};

function simulated(...faults: readonly ApiFault[]) {
  const world = fakeWorld();
  const clock = new ManualClock(0);
  const simulation = new Simulation({ world, clock });
  for (const fault of faults) simulation.scheduleFault(fault);
  return { simulation, clock, world };
}

function codeOf(outcome: Outcome): string {
  if (outcome.kind !== "answered") return outcome.kind;
  return outcome.reply.kind === "ok" ? "ok" : outcome.reply.code;
}

function countOk(simulation: Simulation, call: Call, times: number): number {
  return Array.from({ length: times }, () => codeOf(simulation.call(call))).filter((code) => code === "ok").length;
}
