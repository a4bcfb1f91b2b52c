// UpdateService without a good answer: AWS may have acted or not, and only looking tells.

import assert from "node:assert/strict";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import { arnOf } from "../machine/run-fixture";
import type { RedeployFault } from "./fake-ecs";
import { RunRig } from "./run-rig";

async function runWithFaults(...faults: readonly RedeployFault[]): Promise<RunRig> {
  const rig = new RunRig({ waves: [["a"]] });
  rig.ecs.redeployFaults.set("a", [...faults]);
  await rig.run();
  return rig;
}

function linesOf(rig: RunRig, kind: JournalEvent["kind"]): readonly number[] {
  return rig.store.lines.filter(({ event }) => event.kind === kind).map(({ at }) => Date.parse(at));
}

type Case = readonly [title: string, faults: readonly RedeployFault[], deployments: number, attempts: number];

const CASES: readonly Case[] = [
  ["a reset after AWS has acted", [{ kind: "reset", acted: true }], 1, 1],
  ["a reset before AWS could act", [{ kind: "reset", acted: false }], 1, 2],
  ["a timeout after AWS has acted", [{ kind: "timeout", acted: true }], 1, 1],
  ["a timeout before AWS could act", [{ kind: "timeout", acted: false }], 1, 2],
  ["a server error after AWS has acted", [{ kind: "server", acted: true }], 1, 1],
  [
    "two resets, the second after AWS has acted",
    [
      { kind: "reset", acted: false },
      { kind: "reset", acted: true },
    ],
    1,
    2,
  ],
  ["a throttle", [{ kind: "throttled", acted: false }], 1, 2],
];

describe("a redeployment without a good answer", () => {
  for (const [title, faults, deployments, attempts] of CASES)
    it(`is made once and proved after ${title}`, async () => {
      const rig = await runWithFaults(...faults);
      assert.equal(rig.ecs.redeployed.length, deployments);
      assert.equal(rig.store.events("redeploy-intended").length, attempts);
      assert.deepEqual(rig.phases(), { a: "verified" });
    });

  it("is repeated only after two empty looks at least 15 s apart", async () => {
    const rig = await runWithFaults({ kind: "reset", acted: false });
    const [first, second] = linesOf(rig, "doubt-looked");
    const [, repeated] = linesOf(rig, "redeploy-intended");
    assert.ok(first !== undefined && second !== undefined && repeated !== undefined);
    assert.ok(second - first >= 15_000);
    assert.ok(repeated >= second);
  });

  it("is adopted, not ours: it is never stopped by us, even when it fails", async () => {
    const rig = new RunRig({ waves: [["a"]], scripts: { a: "failing" } });
    rig.ecs.redeployFaults.set("a", [{ kind: "reset", acted: true }]);
    const { state } = await rig.run();
    assert.equal(state.services.get(arnOf("a"))?.ownership, "adopted");
    assert.deepEqual(rig.ecs.stopped, []);
  });

  it("is told as failed when the deployment was rolled back while nobody looked", async () => {
    const rig = new RunRig({ waves: [["a"]], scripts: { a: "breaker" } });
    rig.ecs.redeployFaults.set("a", [{ kind: "reset", acted: true }]);
    rig.ecs.fault = (operation) =>
      operation === "DescribeServices" && rig.ecs.redeployed.length > 0 && rig.secondsGone() < 600 ? "timeout" : null;
    await rig.run();
    assert.deepEqual(rig.phases(), { a: "failed" });
    assert.equal(rig.ecs.redeployed.length, 1);
  });

  it("is given up after twenty throttled attempts", async () => {
    const throttled = { kind: "throttled", acted: false } as const;
    const rig = await runWithFaults(...Array.from({ length: 20 }, () => throttled));
    assert.deepEqual([rig.phases(), rig.ecs.redeployed], [{ a: "set-aside" }, []]);
  });

  it("is not made again when AWS refuses it", async () => {
    const rig = await runWithFaults({ kind: "rejected", acted: false });
    assert.deepEqual([rig.phases(), rig.store.events("redeploy-intended").length], [{ a: "set-aside" }, 1]);
  });
});

describe("a denied redeployment", () => {
  it("pauses the run when nothing was started before: the caller may not do it at all", async () => {
    const rig = new RunRig();
    rig.ecs.redeployFaults.set("a", [{ kind: "denied", acted: false }]);
    const { end, state } = await rig.run();
    assert.deepEqual([end, state.status], ["left", "paused"]);
    assert.deepEqual(rig.phases(), { a: "queued", b: "queued" });
  });

  it("sets its service aside when others could be started", async () => {
    const rig = new RunRig();
    rig.ecs.redeployFaults.set("b", [{ kind: "denied", acted: false }]);
    await rig.run();
    assert.deepEqual(rig.phases(), { a: "verified", b: "set-aside" });
  });
});
