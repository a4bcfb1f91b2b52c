// examples/minimal: a key of the cluster's own, changes of its settings, and the README's way to another key.

import assert from "node:assert/strict";
import { DescribeKeyCommand, GetKeyRotationStatusCommand } from "@aws-sdk/client-kms";
import { aFleet } from "../../../simulator/fleet-builder";
import { type Edit, replacing } from "./example-program";
import { keyOfTaskOn, TASK_SUBNET } from "./task-on-cluster";
import { livesItsWholeLife, type Stage } from "./whole-life";

const FLEET = aFleet().subnet(TASK_SUBNET).build();
/** Who deploys, as the simulated account's STS tells it. */
const DEPLOYER = `arn:aws:iam::${FLEET.lane.account}:user/operator`;
const CLUSTER = "minimal_test_app";

const SETTINGS = `{ rotationPeriodInDays: 180, administratorArns: [${JSON.stringify(DEPLOYER)}] }`;
const withSettings = replacing(`new EncryptedFargateCluster("app")`, `new EncryptedFargateCluster("app", ${SETTINGS})`);
const NEXT = `const next = new EphemeralStorageKey("next", { clusterNames: ["${CLUSTER}"] });`;
/** The key that the component made stays in the program; its alias says that it is the same key. */
const FORMER = `new EphemeralStorageKey("app-storage", { clusterNames: ["${CLUSTER}"] }, { aliases: [{ parent: cluster }] });`;

const toAnotherKey: Edit = (source) =>
  [
    replacing("import { Enc", "import { EphemeralStorageKey, Enc"),
    replacing("\nconst cluster =", `\n${NEXT}\nconst cluster =`),
    replacing(SETTINGS, "{ existingKeyArn: next.keyArn, existingKeyPolicy: next.keyPolicy }"),
    replacing("\n/** What", `\n${FORMER}\n\n/** What`),
  ].reduce((text, edit) => edit(text), source);

describe("the example minimal", function () {
  this.timeout(300_000);

  it("goes up, takes other settings for its key, moves to another key, and comes down", () => {
    let former: unknown;
    return livesItsWholeLife({
      example: "minimal",
      fleet: FLEET,
      started: async ({ project, account }) => {
        former = (await project.stackOutputs()).keyArn;
        assert.equal(await keyOfTaskOn(account, CLUSTER), former);
      },
      changes: [
        {
          title: "rotation twice a year, and a named administrator",
          edit: withSettings,
          expects: [
            "update EncryptedFargateCluster app",
            "update EphemeralStorageKey app-storage",
            "update Key app-storage-key",
          ],
          afterwards: async (stage) => {
            assert.equal(await rotationDaysOf(stage), 180);
            assert.equal(await keyOfTaskOn(stage.account, CLUSTER), former, "the key is the same, and in use");
          },
        },
        {
          title: "another key",
          edit: toAnotherKey,
          expects: [
            "create EphemeralStorageKey next",
            "create Key next-key",
            "update Cluster app-cluster",
            "update EncryptedFargateCluster app",
            // Its settings are the defaults again.
            "update EphemeralStorageKey app-storage",
            "update Key app-storage-key",
          ],
          afterwards: async ({ project, account }) => {
            const { keyArn } = await project.stackOutputs();
            assert.notEqual(keyArn, former);
            assert.equal(await keyOfTaskOn(account, CLUSTER), keyArn);
            assert.equal(await stateOf(account, former), "Enabled");
          },
        },
      ],
      protectsAKey: true,
    });
  });
});

async function rotationDaysOf({ project, account }: Stage): Promise<number | undefined> {
  const { keyArn } = await project.stackOutputs();
  const command = new GetKeyRotationStatusCommand({ KeyId: String(keyArn) });
  return account.withSdk(async ({ kms }) => (await kms.send(command)).RotationPeriodInDays);
}

function stateOf(account: Stage["account"], keyArn: unknown): Promise<string | undefined> {
  const command = new DescribeKeyCommand({ KeyId: String(keyArn) });
  return account.withSdk(async ({ kms }) => (await kms.send(command)).KeyMetadata?.KeyState);
}
