// What an operator asks for, what a session's end does, and that the run goes on from there.

import assert from "node:assert/strict";
import { RunRig } from "./run-rig";

describe("expired credentials", () => {
  it("pause the run with the command that takes it up again, and blame no service", async () => {
    const rig = new RunRig();
    rig.ecs.redeployFaults.set("b", [{ kind: "expired-credentials", acted: false }]);
    const { end, state } = await rig.run();
    assert.deepEqual([end, state.status], ["left", "paused"]);
    assert.deepEqual(rig.phases(), { a: "deploying", b: "queued" });
    const paused = rig.store.lines.at(-1)?.event;
    assert.equal(paused?.kind === "paused" && paused.next, "fargate-cmk run plan.json");
  });

  it("let the next process finish", async () => {
    const rig = new RunRig();
    rig.ecs.redeployFaults.set("b", [{ kind: "expired-credentials", acted: false }]);
    await rig.run();
    rig.clock.advance(12 * 3_600_000);
    const { state } = await rig.run();
    assert.equal(state.outcome, "proved");
    assert.deepEqual(rig.ecs.redeployed, ["a", "b"]);
  });

  it("pause the run in a look as well", async () => {
    const rig = new RunRig();
    rig.ecs.fault = (operation) => (operation === "DescribeServiceDeployments" ? "expired-credentials" : null);
    assert.equal((await rig.run()).end, "left");
  });

  it("pause the run in the final look as well", async () => {
    const rig = new RunRig();
    rig.ecs.fault = (operation) => (operation === "ListServices" ? "expired-credentials" : null);
    const { end, state } = await rig.run();
    assert.deepEqual([end, state.status], ["left", "paused"]);
    rig.ecs.fault = () => null;
    assert.equal((await rig.run()).state.outcome, "proved");
  });

  it("pause the run when they end in a stop, which is then asked for again", async () => {
    const rig = new RunRig({ waves: [["a"]], scripts: { a: "failing" } });
    rig.ecs.fault = (operation) => (operation === "StopServiceDeployment" ? "expired-credentials" : null);
    assert.equal((await rig.run()).end, "left");
    rig.ecs.fault = () => null;
    await rig.run();
    assert.deepEqual([rig.phases(), rig.ecs.stopped.length], [{ a: "failed" }, 1]);
  });
});

describe("Ctrl-C", () => {
  it("ends the run with a paused line", async () => {
    const rig = new RunRig();
    rig.clock.onSleep = () => rig.interrupt.abort();
    const { end, state } = await rig.run();
    assert.deepEqual([end, state.status], ["interrupted", "paused"]);
    assert.equal(rig.store.lines.at(-1)?.event.kind, "paused");
  });

  it("starts nothing more, not even the rest of a batch", async () => {
    const rig = new RunRig({ waves: [["a", "b", "c"]] });
    rig.ecs.onRedeploy = () => rig.interrupt.abort();
    await rig.run();
    assert.deepEqual(rig.ecs.redeployed, ["a"]);
    assert.equal(rig.phases().a, "deploying");
  });

  it("does not undo an abort: the next process ends the run", async () => {
    const rig = new RunRig({ waves: [["a"], ["b"]] });
    rig.ecs.onRedeploy = () => {
      rig.store.request = "abort";
    };
    let sleeps = 0;
    rig.clock.onSleep = () => {
      sleeps += 1;
      if (sleeps === 3) rig.interrupt.abort();
    };
    const first = await rig.run();
    assert.deepEqual([first.end, first.state.status], ["interrupted", "aborting"]);
    const next = Object.assign(new RunRig({ waves: [["a"], ["b"]] }), {
      store: rig.store,
      ecs: rig.ecs,
      clock: rig.clock,
    });
    const { state } = await next.run();
    assert.equal(state.outcome, "aborted");
    assert.deepEqual(rig.ecs.redeployed, ["a"]);
  });
});

describe("an operator", () => {
  it("pauses: nothing new is started, what is on its way is watched to its end", async () => {
    const rig = new RunRig({ waves: [["a"], ["b"]] });
    rig.ecs.onRedeploy = () => {
      rig.store.request = "pause";
    };
    rig.clock.onSleep = () => {
      if (rig.secondsGone() > 3600) rig.interrupt.abort();
    };
    await rig.run();
    assert.deepEqual(rig.phases(), { a: "verified", b: "queued" });
    assert.deepEqual(rig.ecs.redeployed, ["a"]);
  });

  it("resumes", async () => {
    const rig = new RunRig({ waves: [["a"], ["b"]] });
    rig.store.request = "pause";
    rig.clock.onSleep = () => {
      if (rig.secondsGone() > 300 && rig.store.request === "pause") rig.store.request = "resume";
    };
    const { state } = await rig.run();
    assert.equal(state.outcome, "proved");
    assert.ok(rig.secondsGone() > 900);
    assert.equal(rig.store.request, "none");
  });

  it("aborts: what is on its way is watched to its end, the rest is left alone", async () => {
    const rig = new RunRig({ waves: [["a"], ["b"]] });
    rig.ecs.onRedeploy = () => {
      rig.store.request = "abort";
    };
    const { end, state } = await rig.run();
    assert.deepEqual([end, state.outcome], ["finished", "aborted"]);
    assert.deepEqual(rig.phases(), { a: "verified", b: "queued" });
  });

  it("aborts while a call is in doubt: the doubt is resolved first", async () => {
    const rig = new RunRig({ waves: [["a"]] });
    rig.ecs.redeployFaults.set("a", [{ kind: "reset", acted: true }]);
    rig.ecs.onRedeploy = () => {
      rig.store.request = "abort";
    };
    const { state } = await rig.run();
    assert.equal(state.outcome, "aborted");
    assert.deepEqual(rig.phases(), { a: "verified" });
  });

  it("is answered once: the same pause is one line", async () => {
    const rig = new RunRig({ waves: [["a"]] });
    rig.store.request = "pause";
    rig.clock.onSleep = () => {
      if (rig.secondsGone() > 60) rig.interrupt.abort();
    };
    await rig.run();
    assert.equal(rig.store.events("control").length, 1);
  });
});
