// A whole run on a fake ECS, in virtual time: what goes well, what does not, and that nothing is ever deployed twice.

import assert from "node:assert/strict";
import { foldRun } from "../../../migrate/core/machine/fold-run";
import { holdsItsPlace } from "../../../migrate/core/machine/proof-wait";
import { pairs } from "../../../migrate/core/machine/service-pairs";
import { arnOf } from "../machine/run-fixture";
import { RunRig } from "./run-rig";

const MINUTES = 60;

describe("runPlan", () => {
  it("redeploys every service once, proves it and finishes", async () => {
    const rig = new RunRig({ waves: [["a"], ["b", "c"]] });
    const { end, state } = await rig.run();
    assert.deepEqual([end, state.outcome], ["finished", "proved"]);
    assert.deepEqual(rig.ecs.redeployed.toSorted(), ["a", "b", "c"]);
    assert.deepEqual(rig.phases(), { a: "verified", b: "verified", c: "verified" });
  });

  it("has its intent in the journal before UpdateService is called", async () => {
    const rig = new RunRig();
    const intentsAtCall: string[] = [];
    rig.ecs.onRedeploy = (arn) => {
      const last = rig.store.lines.at(-1)?.event;
      intentsAtCall.push(last?.kind === "redeploy-intended" && last.service === arn ? "written" : "missing");
    };
    await rig.run();
    assert.deepEqual(intentsAtCall, ["written", "written"]);
  });

  it("proves a service only when its old tasks have stopped, not when its deployment has succeeded", async () => {
    const rig = new RunRig({ waves: [["a"]] });
    await rig.run();
    const [intent, proof] = ["redeploy-intended", "verified"].map((kind) =>
      rig.store.lines.find(({ event }) => event.kind === kind),
    );
    const took = Date.parse(proof?.at ?? "") - Date.parse(intent?.at ?? "");
    assert.ok(took >= 70_000 && took < 100_000, `${took} ms`);
  });

  it("opens the second wave only after the soak", async () => {
    const rig = new RunRig({ waves: [["a"], ["b"]] });
    await rig.run();
    const closed = rig.store.lines.find(({ event }) => event.kind === "wave-closed")?.event;
    const second = rig.store.lines.find(({ event }) => event.kind === "wave-opened" && event.wave === 2);
    assert.ok(closed?.kind === "wave-closed");
    assert.ok(Date.parse(second?.at ?? "") >= closed.soakUntilMs);
  });

  it("keeps no more services in flight than the plan allows", async () => {
    const names = ["a", "b", "c", "d", "e"];
    const rig = new RunRig({ waves: [names], options: { inFlightMax: 2 } });
    let inFlightMost = 0;
    rig.ecs.onRedeploy = () => {
      const inFlight = pairs(foldRun(rig.plan, rig.store.lines)).filter(holdsItsPlace);
      // Its own intent stands in the journal by now.
      inFlightMost = Math.max(inFlightMost, inFlight.length);
    };
    await rig.run();
    assert.equal(inFlightMost, 2);
    assert.equal(rig.ecs.redeployed.length, names.length);
  });

  it("renews its lock while it works and while it waits", async () => {
    const rig = new RunRig();
    await rig.run();
    assert.ok(rig.store.heartbeats >= rig.secondsGone() / 30);
  });

  it("does not touch a service that its team put on the key meanwhile", async () => {
    const rig = new RunRig();
    rig.ecs.deployByTeam(arnOf("a"));
    rig.clock.advance(5 * MINUTES * 1000);
    const { state } = await rig.run();
    assert.equal(state.outcome, "proved");
    assert.deepEqual(rig.ecs.redeployed, ["b"]);
  });

  it("waits for a team's deployment, and then need not touch the service", async () => {
    const rig = new RunRig();
    rig.ecs.deployByTeam(arnOf("a"));
    await rig.run();
    assert.deepEqual(rig.ecs.redeployed, ["b"]);
    assert.deepEqual(rig.phases(), { a: "verified", b: "verified" });
  });

  it("sets a service aside whose team's deployment does not end", async () => {
    const rig = new RunRig();
    rig.ecs.deployByTeam(arnOf("a"), "stuck");
    const { state } = await rig.run();
    assert.deepEqual([rig.phases(), state.outcome], [{ a: "set-aside", b: "verified" }, "failed-or-unproved"]);
    assert.ok(rig.secondsGone() >= 15 * MINUTES && rig.secondsGone() < 20 * MINUTES);
  });

  it("follows a deployment that comes over ours, without blame", async () => {
    const rig = new RunRig();
    rig.ecs.rivals.add("a");
    const { state } = await rig.run();
    assert.equal(state.outcome, "proved");
    assert.equal(rig.said("service.superseded"), 1);
    assert.deepEqual(rig.ecs.stopped, []);
  });

  it("finds its service deployment when no reply names it", async () => {
    const rig = new RunRig();
    rig.ecs.namesServiceDeployment = false;
    const { state } = await rig.run();
    assert.equal(state.outcome, "proved");
  });

  it("does not wait for a drain that outlives its deadline: the final look decides", async () => {
    const rig = new RunRig({ scripts: { a: "slow-drain" } });
    const { state } = await rig.run();
    assert.equal(rig.said("service.overdue"), 1);
    assert.deepEqual(rig.phases(), { a: "failed", b: "verified" });
    assert.match(state.services.get(arnOf("a"))?.failure?.reason ?? "", /drains without/);
  });

  it("goes on with later waves beside a late service, and proves it when it is done", async () => {
    const rig = new RunRig({ waves: [["a"], ["b"], ["c"]], scripts: { a: "slow-drain" } });
    const { state } = await rig.run();
    assert.equal(rig.said("service.overdue"), 1);
    assert.equal(state.outcome, "proved");
  });

  it("leaves a deployment running that does not end, and says so", async () => {
    const rig = new RunRig({ scripts: { a: "stuck" } });
    const { state } = await rig.run();
    assert.deepEqual(rig.phases(), { a: "failed", b: "verified" });
    assert.match(state.services.get(arnOf("a"))?.failure?.reason ?? "", /still under way and was left so/);
    assert.deepEqual(rig.ecs.stopped, []);
  });

  it("does not verify a service whose key was swapped after admission", async () => {
    const rig = new RunRig({ waves: [["a"]] });
    rig.ecs.onRedeploy = () =>
      rig.ecs.changeClusters((cluster) =>
        cluster.configuration.kind === "unknown"
          ? cluster
          : {
              ...cluster,
              configuration: {
                ...cluster.configuration,
                value: { ...cluster.configuration.value, fargateEphemeralStorageKmsKeyArn: null },
              },
            },
      );
    const { state } = await rig.run();
    assert.equal(state.outcome, "failed-or-unproved");
    assert.match(state.services.get(arnOf("a"))?.failure?.reason ?? "", /revision does not carry the key/);
  });
});
