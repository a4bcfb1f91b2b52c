// Failing services, keys in trouble, and an AWS that answers badly for a while.

import assert from "node:assert/strict";
import { arnOf, T0 } from "../machine/run-fixture";
import { RunRig } from "./run-rig";

describe("a failing service", () => {
  it("is rolled back by us when no breaker does it, once, and told with the first task's reason", async () => {
    const rig = new RunRig({ scripts: { a: "failing" } });
    const { state } = await rig.run();
    assert.deepEqual(rig.phases(), { a: "failed", b: "verified" });
    assert.deepEqual(rig.ecs.stopped.length, 1);
    const failure = state.services.get(arnOf("a"))?.failure;
    assert.deepEqual([failure?.rolledBack, failure?.taskReason], [true, "CannotPullContainerError: manifest unknown"]);
  });

  it("has its stop asked for again when AWS did not take it", async () => {
    const rig = new RunRig({ waves: [["a"]], scripts: { a: "failing" } });
    let refusals = 2;
    rig.ecs.fault = (operation) => (operation === "StopServiceDeployment" && refusals-- > 0 ? "throttled" : null);
    await rig.run();
    const answers = rig.store.events("stop-answered").map((event) => event.kind === "stop-answered" && event.accepted);
    assert.deepEqual(answers, [false, false, true]);
    assert.deepEqual(rig.phases(), { a: "failed" });
  });

  it("is seen within 60 s of its first failed task", async () => {
    const rig = new RunRig({ waves: [["a"]], scripts: { a: "failing" } });
    await rig.run();
    const answered = rig.store.lines.find(({ event }) => event.kind === "redeploy-answered");
    const noticed = rig.store.lines.find(
      ({ event }) => event.kind === "progressed" && event.progress.startFailure !== null,
    );
    const firstFailedTaskMs = Date.parse(answered?.at ?? "") + 20_000;
    assert.ok(Date.parse(noticed?.at ?? "") - firstFailedTaskMs <= 60_000);
  });

  it("halts the run when there are more of them than the budget allows, and starts nothing more", async () => {
    const names = ["a", "b", "c", "d"];
    const scripts = { a: "failing", b: "failing" } as const;
    const rig = new RunRig({ waves: [names], scripts, options: { failuresMax: 1, inFlightMax: 2 } });
    const { end, state } = await rig.run();
    assert.deepEqual([end, state.status], ["left", "halted"]);
    // Both are seen to fail in the same look.
    assert.deepEqual(rig.ecs.redeployed, ["a", "b"]);
  });

  it("lets the run go on after an operator has resumed the halt", async () => {
    const scripts = { a: "failing" } as const;
    const rig = new RunRig({ waves: [["a", "b"]], scripts, options: { failuresMax: 0, inFlightMax: 1 } });
    assert.equal((await rig.run()).end, "left");
    rig.store.request = "resume";
    const { end } = await rig.run();
    assert.deepEqual([end, rig.phases()], ["finished", { a: "failed", b: "verified" }]);
  });
});

describe("a key in trouble", () => {
  const waves = [["a"], ["b", "c"]];
  const failureReason = "ResourceInitializationError: KMS key is disabled";

  it("halts admission at the first start failure that names KMS", async () => {
    const rig = new RunRig({ waves, failureReason, scripts: { a: "failing" }, options: { failuresMax: 99 } });
    const { end, state } = await rig.run();
    assert.deepEqual([end, state.status, rig.ecs.redeployed], ["left", "halted", ["a"]]);
    assert.match(state.reason ?? "", /^Fargate cannot use arn:aws:kms:.*KMS key is disabled/);
  });

  it("does not send another service after it in the turn that saw it", async () => {
    const names = ["a", "b", "c"];
    const rig = new RunRig({ waves: [names], failureReason, scripts: { a: "failing" }, options: { inFlightMax: 1 } });
    const { state } = await rig.run();
    assert.deepEqual([state.status, rig.ecs.redeployed], ["halted", ["a"]]);
  });

  it("rolls back what failed before the run is left", async () => {
    const rig = new RunRig({ waves, failureReason, scripts: { a: "failing" } });
    await rig.run();
    assert.deepEqual([rig.phases().a, rig.ecs.stopped.length], ["failed", 1]);
  });
});

describe("an AWS that answers badly for a while", () => {
  const kinds = ["throttled", "reset", "timeout", "server"] as const;
  for (const kind of kinds)
    it(`costs time and nothing else when every tenth call ends in ${kind}`, async () => {
      const rig = new RunRig({ waves: [["a"], ["b", "c"]] });
      let calls = 0;
      rig.ecs.fault = (operation) => {
        calls += 1;
        return calls % 10 === 0 && operation !== "UpdateService" ? kind : null;
      };
      const { state } = await rig.run();
      assert.deepEqual(rig.phases(), { a: "verified", b: "verified", c: "verified" });
      assert.equal(state.status, "finished");
      assert.equal(rig.ecs.redeployed.length, 3);
    });

  it("does not take a service that could not be read for deleted", async () => {
    const rig = new RunRig();
    rig.ecs.fault = (operation) =>
      operation === "DescribeServices" && rig.secondsGone() > 15 && rig.secondsGone() < 60 ? "timeout" : null;
    const { state } = await rig.run();
    assert.equal(state.outcome, "proved");
  });

  it("does not let one service's failing reads hide the others", async () => {
    const rig = new RunRig();
    rig.ecs.fault = (operation, about) =>
      operation === "ListTasks" && about !== "b" && rig.ecs.redeployed.length === 2 && rig.secondsGone() < 600
        ? "timeout"
        : null;
    await rig.run();
    const proved = rig.store.lines.filter(({ event }) => event.kind === "verified");
    const names = proved.map(({ event }) => (event.kind === "verified" ? event.service : ""));
    assert.deepEqual(names, [arnOf("b"), arnOf("a")]);
    assert.ok(Date.parse(proved[0]?.at ?? "") < T0 + 200_000);
  });

  it("does not let one service that cannot be read keep the others from their turn", async () => {
    const rig = new RunRig({ waves: [["a", "b", "c"]] });
    rig.ecs.fault = (operation, about) =>
      operation === "DescribeServices" && about.includes(arnOf("a")) && rig.secondsGone() < 600 ? "timeout" : null;
    const { state } = await rig.run();
    assert.deepEqual(rig.ecs.redeployed, ["b", "c", "a"]);
    assert.equal(state.outcome, "proved");
  });

  it("gives up a look that fails everywhere after a few reads", async () => {
    const names = Array.from({ length: 30 }, (_, index) => `s${String(index).padStart(2, "0")}`);
    const rig = new RunRig({ waves: [names] });
    let failing = 0;
    rig.ecs.fault = (operation) => {
      if (operation !== "DescribeServiceRevisions" || rig.secondsGone() > 300) return null;
      failing += 1;
      return "timeout";
    };
    const { state } = await rig.run();
    assert.equal(state.outcome, "proved");
    assert.ok(failing < 150, `${failing} failing calls`);
  });

  it("pauses the run while AWS is out of reach, and goes on from there", async () => {
    const rig = new RunRig();
    rig.ecs.fault = (operation) => (operation === "DescribeServices" && rig.secondsGone() > 20 ? "unreachable" : null);
    const first = await rig.run();
    assert.deepEqual([first.end, first.state.status], ["left", "paused"]);
    rig.ecs.fault = () => null;
    assert.equal((await rig.run()).state.outcome, "proved");
  });

  it("pauses the run when no call succeeds for a quarter of an hour", async () => {
    const rig = new RunRig();
    rig.ecs.fault = () => (rig.secondsGone() > 60 ? "server" : null);
    const { end, state } = await rig.run();
    assert.deepEqual([end, state.status], ["left", "paused"]);
    assert.ok(rig.secondsGone() > 900 && rig.secondsGone() < 1200);
  });

  it("looks again at what the final look missed by a failure that may pass", async () => {
    const rig = new RunRig();
    let sweeping = false;
    let missed = 0;
    rig.ecs.fault = (operation) => {
      sweeping ||= operation === "ListServices";
      return sweeping && operation === "DescribeTasks" && missed++ === 0 ? "timeout" : null;
    };
    const { state } = await rig.run();
    assert.deepEqual([state.outcome, rig.store.events("swept").length], ["proved", 1]);
  });

  it("does not look again for what it may not see", async () => {
    const rig = new RunRig();
    let scans = 0;
    rig.ecs.fault = (operation) => {
      if (operation === "ListServices") scans += 1;
      return scans > 0 && operation === "DescribeTasks" ? "denied" : null;
    };
    const { state } = await rig.run();
    assert.deepEqual([state.outcome, scans], ["failed-or-unproved", 1]);
  });

  it("sweeps again when the final look was cut off", async () => {
    const rig = new RunRig();
    let cuts = 0;
    rig.ecs.fault = (operation) => (operation === "ListServices" && cuts++ === 0 ? "reset" : null);
    const { state } = await rig.run();
    assert.deepEqual([state.outcome, cuts], ["proved", 2]);
  });
});
