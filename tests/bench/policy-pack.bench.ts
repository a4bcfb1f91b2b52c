// What the policy pack costs: the root program's preview with it and without it, as a user's machine runs both.
// Invariant: the two take turns in one run on one machine, and their quickest times are compared: what else the machine did only adds.

import assert from "node:assert/strict";
import { aFleet } from "../../simulator/fleet-builder";
import { withAccount } from "../e2e/simulated-account";
import { succeeded } from "../engine/pulumi-process";
import { createProject, type PulumiProject } from "../engine/pulumi-project";

const FLEET = aFleet().subnet("subnet-0a1b2c3d").build();
const ROUNDS = 5;
const RATIO_MAX = 1.25;

describe("a preview with the policy pack", function () {
  this.timeout(600_000);

  it(`takes at most ${RATIO_MAX} times as long as without it`, () =>
    withAccount({ fleet: FLEET }, async (account) => {
      const project = await createProject({
        program: ".",
        config: { "aws:region": FLEET.lane.region, subnetIds: "subnet-0a1b2c3d" },
        endpoint: account.gateway.endpoint,
        env: account.env,
        typeChecked: true,
      });
      try {
        const { without, withPack } = await quickest(project);
        const ratio = withPack / without;
        const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
        process.stdout.write(
          `preview: ${seconds(without)}, with the pack ${seconds(withPack)}, ${ratio.toFixed(2)} times\n`,
        );
        assert.ok(
          ratio <= RATIO_MAX,
          `the pack makes a preview ${ratio.toFixed(2)} times as long, at most ${RATIO_MAX}`,
        );
      } finally {
        await project.dispose();
      }
    }));
});

async function quickest(project: PulumiProject): Promise<{ readonly without: number; readonly withPack: number }> {
  const policyPacks = [{ folder: "policypack" }];
  let [without, withPack] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS; round++) {
    without = Math.min(without, await elapsed(async () => succeeded(await project.preview())));
    withPack = Math.min(withPack, await elapsed(async () => succeeded(await project.preview({ policyPacks }))));
  }
  return { without, withPack };
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
