// The story of the README's first example: up, nothing to do, destroy refused by the key's protection, and the documented teardown.

import assert from "node:assert/strict";
import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import { aFleet } from "../../../simulator/fleet-builder";
import { type SimulatedAccount, withAccount } from "../../e2e/simulated-account";
import { succeeded } from "../pulumi-process";
import { createProject, type PulumiProject } from "../pulumi-project";
import { chapter, endStory, told } from "./narration";

const FLEET = aFleet().subnet("subnet-0a1b2c3d").build();
const SETTLED_SECONDS = 600;
const POLICY_PACK = { policyPacks: [{ folder: "policypack" }] };

describe("the root program", function () {
  this.timeout(600_000);
  after(endStory);

  it("goes up as it stands, stays, does not lose its key by accident, and comes down as documented", () =>
    withAccount({ fleet: FLEET }, async (account) => {
      const project = await createProject({
        program: ".",
        config: { "aws:region": FLEET.lane.region, subnetIds: "subnet-0a1b2c3d" },
        endpoint: account.gateway.endpoint,
        env: account.env,
        // As a user's machine does it.
        typeChecked: true,
      });
      try {
        await goesUp(project, account);
        await staysAsItIs(project);
        await keepsItsKey(project, account);
        await comesDown(project, account);
      } finally {
        await project.dispose();
      }
    }));
});

async function goesUp(project: PulumiProject, account: SimulatedAccount): Promise<void> {
  chapter("The root program: key, cluster and service from nothing");
  const preview = succeeded(told("pulumi preview --policy-pack policypack", await project.preview(POLICY_PACK)));
  assert.deepEqual(preview.violations, [], "a key that is made in the same stack is no reason for a word");
  const up = succeeded(told("pulumi up", await project.up({ args: ["--skip-preview"] })));
  assert.deepEqual(Object.keys(up.changes), ["create"]);
  await account.advance(SETTLED_SECONDS);
  const { keyArn, clusterName, serviceName } = await project.stackOutputs();
  const { tasks } = account.service(`${String(clusterName)}/${String(serviceName)}`);
  assert.deepEqual(
    tasks.map(({ kmsKeyArn, lastStatus }) => [kmsKeyArn, lastStatus]),
    [[keyArn, "RUNNING"]],
  );
  told("fargate-cmk verify --expect encrypted", await account.expect(0, "verify", "--expect", "encrypted"));
}

async function staysAsItIs(project: PulumiProject): Promise<void> {
  chapter("Nothing to do the second time, with a refresh neither");
  for (const args of [[], ["--refresh"]]) {
    const run = succeeded(told(["pulumi preview", ...args].join(" "), await project.preview({ args })));
    assert.deepEqual(Object.keys(run.changes), ["same"]);
  }
}

async function keepsItsKey(project: PulumiProject, account: SimulatedAccount): Promise<void> {
  chapter("Destroy is refused as long as the key is protected, and nothing is deleted");
  const run = told("pulumi destroy", await project.destroy());
  assert.notEqual(run.status, 0);
  assert.match(run.stdout + run.stderr, /protected/);
  await account.expect(0, "verify", "--expect", "encrypted");
}

async function comesDown(project: PulumiProject, account: SimulatedAccount): Promise<void> {
  chapter("The documented way down");
  const { keyArn } = await project.stackOutputs();
  succeeded(told("pulumi state unprotect --all", await project.unprotect()));
  succeeded(told("pulumi destroy", await project.destroy()));
  const key = await account.withSdk(({ kms }) => kms.send(new DescribeKeyCommand({ KeyId: String(keyArn) })));
  assert.equal(key.KeyMetadata?.KeyState, "PendingDeletion");
  assert.deepEqual(
    [...account.services().values()].map(({ status, desiredCount }) => [status, desiredCount]),
    [["INACTIVE", 0]],
  );
}
