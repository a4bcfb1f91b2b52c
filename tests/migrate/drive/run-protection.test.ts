// Task protection, looked at again right before a service is redeployed.

import assert from "node:assert/strict";
import { arnOf } from "../machine/run-fixture";
import { RunRig } from "./run-rig";

describe("task protection at admission", () => {
  it("that began after the plan sets the service aside, and the others go on", async () => {
    const rig = new RunRig({ waves: [["a", "b"]] });
    const [task] = rig.fleet.tasks.filter(({ group }) => group === "service:a");
    assert.ok(task);
    rig.ecs.protected.add(task.arn);
    await rig.run();
    assert.deepEqual(rig.ecs.redeployed, ["b"]);
    const aside = rig.store.lines.map(({ event }) => event).find((event) => event.kind === "set-aside");
    assert.deepEqual([aside?.service, aside?.class], [arnOf("a"), "protected"]);
  });

  for (const kind of ["denied", "server"] as const)
    it(`that cannot be read (${kind}) keeps no service from being redeployed`, async () => {
      const rig = new RunRig({ waves: [["a", "b"]] });
      rig.ecs.fault = (operation) => (operation === "GetTaskProtection" ? kind : null);
      const { end, state } = await rig.run();
      assert.deepEqual([end, state.outcome], ["finished", "proved"]);
      assert.deepEqual(rig.ecs.redeployed.toSorted(), ["a", "b"]);
    });

  it("pauses the run when it cannot be read for want of credentials, as any read would", async () => {
    const rig = new RunRig({ waves: [["a"]] });
    rig.ecs.fault = (operation) => (operation === "GetTaskProtection" ? "expired-credentials" : null);
    const { end } = await rig.run();
    assert.equal(end, "left");
    assert.deepEqual(rig.ecs.redeployed, []);
  });
});
