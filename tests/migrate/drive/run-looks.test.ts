// A run acts on no old look, and its state is never ahead of its journal.

import assert from "node:assert/strict";
import { LIMITS } from "../../../migrate/core/limits";
import { foldRun } from "../../../migrate/core/machine/fold-run";
import { RunRig } from "./run-rig";

const NAMES = ["a", "b", "c", "d"];

describe("a run", () => {
  it("sends nothing on a look that took too long, and sets aside in the end what it cannot look at in time", async () => {
    const rig = new RunRig({ waves: [["a"]] });
    rig.ecs.fault = (operation) => {
      if (operation === "DescribeServices") rig.clock.advance(LIMITS.admissionLookAgeMaxMs + 3_000);
      return null;
    };
    await rig.run();
    assert.deepEqual([rig.ecs.redeployed, rig.phases()], [[], { a: "set-aside" }]);
  });

  it("looks at a cluster's key again before it goes on with a batch that takes its time", async () => {
    const rig = new RunRig({ waves: [NAMES] });
    let lookMs = 0;
    const agesMs: number[] = [];
    rig.ecs.fault = (operation) => {
      if (operation === "DescribeClusters") lookMs = rig.clock.nowMs();
      return null;
    };
    rig.ecs.onRedeploy = () => {
      agesMs.push(rig.clock.nowMs() - lookMs);
      rig.clock.advance(13_000);
    };
    await rig.run();
    assert.deepEqual(rig.ecs.redeployed, NAMES);
    assert.ok(Math.max(...agesMs) <= LIMITS.clusterLookAgeMaxMs, `${agesMs} ms`);
  });
});

describe("the recorder", () => {
  it("ends with a state that is the fold of what was written", async () => {
    const rig = new RunRig();
    const { state } = await rig.run();
    assert.deepEqual(foldRun(rig.plan, rig.store.lines), state);
  });
});
