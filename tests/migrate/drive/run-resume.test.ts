// A process may die at any line of its journal. The next one goes on: same outcomes, nothing deployed twice.

import assert from "node:assert/strict";
import { Killed } from "./memory-run-store";
import { type RigOptions, RunRig } from "./run-rig";

const STORIES: readonly (readonly [title: string, options: RigOptions])[] = [
  ["all goes well", { waves: [["a"], ["b", "c"]] }],
  ["a service fails and is stopped", { waves: [["a", "b"]], scripts: { a: "failing" } }],
  ["a service is rolled back by its breaker", { waves: [["a", "b"]], scripts: { b: "breaker" } }],
  ["a service never ends", { waves: [["a", "b"]], scripts: { a: "stuck" } }],
];

async function dieAt(options: RigOptions, death: { seq: number; when: "before" | "after" }): Promise<RunRig> {
  const rig = new RunRig(options);
  rig.store.death = death;
  await assert.rejects(rig.run(), Killed);
  rig.store.death = null;
  return rig;
}

describe("a run that died", () => {
  for (const [title, options] of STORIES)
    describe(`where ${title}`, () => {
      for (const when of ["before", "after"] as const)
        it(`comes to the same end from every line of its journal, killed ${when} it was written`, async () => {
          const whole = new RunRig(options);
          await whole.run();
          const length = whole.store.lines.length;
          assert.ok(length > 10);
          for (let seq = 1; seq < length; seq += 1) {
            const rig = await dieAt(options, { seq, when });
            await rig.run();
            assert.deepEqual(rig.phases(), whole.phases(), `killed ${when} line ${seq}`);
            assert.deepEqual(
              rig.ecs.redeployed.toSorted(),
              whole.ecs.redeployed.toSorted(),
              `killed ${when} line ${seq}`,
            );
          }
        });

      it("comes to the same end when it lay dead for a day", async () => {
        const whole = new RunRig(options);
        await whole.run();
        for (let seq = 1; seq < whole.store.lines.length; seq += 3) {
          const rig = await dieAt(options, { seq, when: "after" });
          rig.clock.advance(86_400_000);
          await rig.run();
          assert.deepEqual(rig.ecs.redeployed.toSorted(), whole.ecs.redeployed.toSorted(), `killed after line ${seq}`);
        }
      });
    });

  it("is not begun again once it has finished", async () => {
    const rig = new RunRig();
    await rig.run();
    const lines = rig.store.lines.length;
    const { end, state } = await rig.run();
    assert.deepEqual([end, state.outcome, rig.store.lines.length], ["finished", "proved", lines]);
  });
});
