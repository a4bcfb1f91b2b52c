// examples/existing-cluster-in-code: from one key to the next, both usable until the last task of the former one is gone.

import assert from "node:assert/strict";
import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import { aFleet } from "../../../simulator/fleet-builder";
import type { SimulatedAccount } from "../../e2e/simulated-account";
import { succeeded } from "../pulumi-process";
import { type Edit, replacing } from "./example-program";
import { livesItsWholeLife, type Stage } from "./whole-life";

const SUBNET = "subnet-0a1b2c3d";
const FLEET = aFleet().subnet(SUBNET).build();
const TASK_ROLE = `arn:aws:iam::${FLEET.lane.account}:role/orders-task`;

/** The example's own statement that makes the key. */
const DECLARATION = /const key = new EphemeralStorageKey\([^;]+;\n/;
const declarationIn = (source: string): string =>
  DECLARATION.exec(source)?.[0] ?? assert.fail("the example has no key");

/** The key that there is stays, under another name in the program; everything that names a key names the next one. */
const nextKey: Edit = (source) => {
  const declaration = declarationIn(source);
  const former = declaration.replace("const key = ", "");
  const next = declaration.replaceAll(`"orders-storage"`, `"orders-storage-2"`);
  return replacing(declaration, `${former}${next}`)(source);
};

const withoutFormerKey: Edit = (source) => source.replace(/^new EphemeralStorageKey\([^;]+;\n/m, "");

describe("the example existing-cluster-in-code", function () {
  this.timeout(300_000);

  it("goes up, moves to a second key while tasks use the first, and lets that go when none does", () => {
    let former: unknown;
    return livesItsWholeLife({
      example: "existing-cluster-in-code",
      fleet: FLEET,
      config: { subnetIds: SUBNET, taskRoleArn: TASK_ROLE },
      started: async ({ project, account }) => {
        former = (await project.stackOutputs()).keyArn;
        assert.deepEqual(keysOfTasks(account), [former]);
      },
      changes: [
        {
          title: "a second key",
          edit: nextKey,
          expects: [
            "create Alias orders-storage-2-alias",
            "create EphemeralStorageKey orders-storage-2",
            "create Key orders-storage-2-key",
            "update Cluster orders",
            "update LogGroup orders-exec",
          ],
          afterwards: async (stage) => {
            assert.deepEqual(keysOfTasks(stage.account), [former], "nothing was redeployed");
            assert.equal(await stateOf(stage.account, former), "Enabled");
            await isMigrated(stage);
          },
        },
        {
          title: "the former key goes, while it is protected",
          edit: withoutFormerKey,
          expects: [],
          refused: /orders-storage-key.+cannot be deleted\s+because it is protected/s,
          afterwards: async ({ project }) => {
            const { resources = [] } = (await project.exportState()).deployment;
            const urns = resources.map(({ urn }) => String(urn));
            const key = urns.find((urn) => urn.endsWith("::orders-storage-key"));
            succeeded(await project.unprotect(key));
          },
        },
        {
          title: "the former key goes",
          edit: withoutFormerKey,
          expects: [
            "delete Alias orders-storage-alias",
            "delete EphemeralStorageKey orders-storage",
            "delete Key orders-storage-key",
          ],
          afterwards: async ({ account }) => {
            assert.equal(await stateOf(account, former), "PendingDeletion");
            await account.expect(0, "verify", "--expect", "encrypted");
          },
        },
      ],
      protectsAKey: true,
    });
  });
});

/** The command redeploys the services; afterwards every task runs on the next key. */
async function isMigrated({ project, account }: Stage): Promise<void> {
  await account.planned();
  await account.expect(0, "run", "plan.json");
  assert.deepEqual(keysOfTasks(account), [(await project.stackOutputs()).keyArn]);
}

/** The keys of the tasks that run, each once, "AWS owned" for none. */
function keysOfTasks(account: SimulatedAccount): readonly string[] {
  const tasks = [...account.services().values()].flatMap((service) => service.tasks);
  const running = tasks.filter(({ lastStatus }) => lastStatus === "RUNNING");
  assert.equal(running.length, 4);
  return [...new Set(running.map(({ kmsKeyArn }) => kmsKeyArn ?? "AWS owned"))];
}

function stateOf(account: SimulatedAccount, keyArn: unknown): Promise<string | undefined> {
  const command = new DescribeKeyCommand({ KeyId: String(keyArn) });
  return account.withSdk(async ({ kms }) => (await kms.send(command)).KeyMetadata?.KeyState);
}
