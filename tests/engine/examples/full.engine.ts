// examples/full: it comes up whole and without a word of the strict profile, and its key can be opened to a person and exchanged.

import assert from "node:assert/strict";
import { DescribeClustersCommand } from "@aws-sdk/client-ecs";
import { DescribeKeyCommand, GetKeyPolicyCommand } from "@aws-sdk/client-kms";
import { aFleet } from "../../../simulator/fleet-builder";
import { type Edit, replacing } from "./example-program";
import { livesItsWholeLife, type Stage } from "./whole-life";

const FLEET = aFleet().build();
const { account: ACCOUNT, region: REGION } = FLEET.lane;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

const CONFIG = {
  image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/payments:1.4.2`,
  zones: `${REGION}a,${REGION}b`,
  // Who deploys, as the simulated account's STS tells it.
  administratorArns: `arn:aws:iam::${ACCOUNT}:user/operator`,
  clusterOperatorArns: role("deployer"),
  sessionArns: role("on-call"),
};

/** Both keys serve the same uses, so that nothing stops while tasks move from one to the other. */
const KEYS = `
const keyArgs = {
  clusterNames: [NAME],
  logGroupNames: [\`/ecs/exec/\${NAME}\`],
  executeCommandRoleArns: [taskRoleArn, ...sessionArns],
  volumeRoleArns: [volumeRoleArn],
  administratorArns,
  clusterOperatorArns,
  tags: TAGS,
};
const next = new EphemeralStorageKey("next", keyArgs, { dependsOn: [taskRole, volumeRole] });

const cluster =`;
const FORMER = `
/** The key that the component made; the alias says that it is the same one. */
new EphemeralStorageKey(\`\${NAME}-storage\`, keyArgs, { aliases: [{ parent: cluster }] });
const sessions =`;

const toAnotherKey: Edit = (source) =>
  [
    replacing("import { Enc", "import { EphemeralStorageKey, Enc"),
    replacing(
      "    administratorArns,\n    clusterOperatorArns,\n",
      "    existingKeyArn: next.keyArn,\n    existingKeyPolicy: next.keyPolicy,\n",
    ),
    replacing("\nconst cluster =", KEYS),
    replacing("\nconst sessions =", FORMER),
  ].reduce((text, edit) => edit(text), source);

describe("the example full", function () {
  this.timeout(600_000);

  it("goes up under the strict profile, lets one more operator in, moves to another key, and comes down", () => {
    let former: unknown;
    return livesItsWholeLife({
      example: "full",
      fleet: FLEET,
      config: CONFIG,
      profile: "strict",
      started: async (stage) => {
        former = (await stage.project.stackOutputs()).keyArn;
        await everythingIsOn(stage, former);
      },
      changes: [
        {
          title: "one more operator",
          config: { clusterOperatorArns: [role("deployer"), role("second-deployer")].join(",") },
          expects: [
            "update EncryptedFargateCluster payments",
            "update EphemeralStorageKey payments-storage",
            "update Key payments-storage-key",
          ],
          afterwards: async (stage) => {
            assert.match(await policyOf(stage, former), /second-deployer/);
            await everythingIsOn(stage, former);
          },
        },
        {
          title: "another key",
          edit: toAnotherKey,
          expects: [
            "create EphemeralStorageKey next",
            "create Key next-key",
            "update Cluster payments-cluster",
            "update EncryptedFargateCluster payments",
            "update LogGroup payments-exec-logs",
            "update Service payments",
          ],
          afterwards: async (stage) => {
            const { keyArn } = await stage.project.stackOutputs();
            assert.notEqual(keyArn, former);
            await everythingIsOn(stage, keyArn);
            assert.equal(await stateOf(stage, former), "Enabled");
          },
        },
      ],
      protectsAKey: true,
    });
  });
});

/** Tasks, volumes and sessions: all on this key. */
async function everythingIsOn({ account }: Stage, keyArn: unknown): Promise<void> {
  const { tasks } = account.service("payments/payments");
  const running = tasks.filter(({ lastStatus }) => lastStatus === "RUNNING");
  assert.deepEqual(
    running.map(({ kmsKeyArn }) => kmsKeyArn),
    [keyArn, keyArn],
  );
  const include = ["CONFIGURATIONS" as const];
  const { clusters } = await account.withSdk(({ ecs }) =>
    ecs.send(new DescribeClustersCommand({ clusters: ["payments"], include })),
  );
  assert.deepEqual(clusters?.[0]?.configuration, {
    executeCommandConfiguration: {
      kmsKeyId: keyArn,
      logging: "OVERRIDE",
      logConfiguration: { cloudWatchLogGroupName: "/ecs/exec/payments", cloudWatchEncryptionEnabled: true },
    },
    managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: keyArn, kmsKeyId: keyArn },
  });
}

function policyOf({ account }: Stage, keyArn: unknown): Promise<string> {
  return account.withSdk(async ({ kms }) => {
    const { Policy = "" } = await kms.send(new GetKeyPolicyCommand({ KeyId: String(keyArn) }));
    return Policy;
  });
}

function stateOf({ account }: Stage, keyArn: unknown): Promise<string | undefined> {
  return account.withSdk(async ({ kms }) => {
    const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: String(keyArn) }));
    return KeyMetadata?.KeyState;
  });
}
