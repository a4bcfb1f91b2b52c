// `fargate-cmk-policy` as a stranger gets it: installed alone, run from node_modules.

import assert from "node:assert/strict";
import { aFleet } from "../../../simulator/fleet-builder";
import { withAccount } from "../../e2e/simulated-account";
import { createProject } from "../pulumi-project";
import { type Installed, install, packed } from "./installed";

const FLEET = aFleet().subnet("subnet-0a1b2c3d").build();

describe("the package fargate-cmk-policy", function () {
  this.timeout(600_000);
  let installed: Installed;

  before(() => {
    installed = install([packed("fargate-cmk-policy")]);
  });

  after(() => installed.remove());

  it("refuses a cluster without a key from node_modules, with nothing else installed", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      const project = await createProject({
        program: "tests/engine/programs/plain-cluster",
        config: { "aws:region": FLEET.lane.region, subnetIds: "subnet-0a1b2c3d" },
        endpoint: account.gateway.endpoint,
        env: account.env,
      });
      try {
        const folder = `${installed.folder}/node_modules/fargate-cmk-policy`;
        const run = await project.preview({ policyPacks: [{ folder }] });
        assert.notEqual(run.status, 0);
        assert.deepEqual(
          run.violations.map(({ policy, level }) => [policy, level]),
          [["cluster-fargate-key", "mandatory"]],
        );
      } finally {
        await project.dispose();
      }
    }));
});
