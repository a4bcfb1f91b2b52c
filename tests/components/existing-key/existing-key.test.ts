// A key that exists, given to the components: read and judged, never written to.

import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedFargateCluster } from "../../../components/encrypted-fargate-cluster";
import type { EncryptedFargateClusterArgs } from "../../../components/encrypted-fargate-cluster-args";
import { EphemeralStorageKey, type EphemeralStorageKeyArgs } from "../../../components/ephemeral-storage-key";
import { minimalKeyPolicy } from "../../../domain/fargate-key-policy";
import { ACCOUNT, KEY_ARN, only, outputsOf, REGION, record, refusesAtOnce, type World } from "../recorded-program";

const CLUSTER = "aws:ecs/cluster:Cluster";
const OTHER_KEY = KEY_ARN.replace("1234abcd", "aaaaaaaa");
const FOREIGN_KEY = OTHER_KEY.replace(ACCOUNT, "444455556666");
const FIT = policyFor("orders");

function policyFor(...clusterNames: string[]): string {
  return JSON.stringify(minimalKeyPolicy({ account: ACCOUNT, clusterNames }));
}

function make(args: EncryptedFargateClusterArgs, world: World = {}) {
  return record(() => outputsOf(new EncryptedFargateCluster("orders", { clusterName: "orders", ...args })), {
    keyPolicy: FIT,
    ...world,
  });
}

function makeKey(args: Partial<EphemeralStorageKeyArgs>, world: World = {}) {
  return record(() => outputsOf(new EphemeralStorageKey("orders", { clusterNames: ["orders"], ...args })), {
    keyPolicy: FIT,
    ...world,
  });
}

async function refusalsOf(args: EncryptedFargateClusterArgs, message: RegExp, world: World = {}): Promise<void> {
  for (const preview of [true, false]) await assert.rejects(make(args, { ...world, preview }), message);
}

describe("an existing key", () => {
  it("is used by its ARN, and nothing is created for it", async () => {
    const { sent, outputs } = await make({ existingKeyArn: pulumi.output(OTHER_KEY) });
    assert.deepEqual(
      sent.filter(({ type }) => /kms|EphemeralStorageKey/.test(type)),
      [],
    );
    const { configuration } = only(sent, CLUSTER).inputs;
    assert.deepEqual(configuration, { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: OTHER_KEY } });
    assert.equal(outputs.keyArn, OTHER_KEY);
  });

  it("is judged for what it has to serve, with the statements that its owner has to add", async () => {
    const { outputs } = await make({ existingKeyArn: OTHER_KEY });
    const required = JSON.parse(String(outputs.requiredKeyPolicyStatements)) as Record<string, readonly object[]>;
    assert.deepEqual(Object.keys(required), [OTHER_KEY]);
    const message =
      /existingKeyArn is .*: its policy does not let Fargate use it for cluster orders\n.*"FargateCreateGrant2".*\nIf this program makes the key, give its policy as existingKeyPolicy/s;
    await refusalsOf({ existingKeyArn: OTHER_KEY }, message, { keyPolicy: policyFor("billing") });
    const Statement = [
      ...(JSON.parse(policyFor("billing")) as { Statement: object[] }).Statement,
      ...(required[OTHER_KEY] ?? []),
    ];
    await make({ existingKeyArn: OTHER_KEY }, { keyPolicy: JSON.stringify({ Version: "2012-10-17", Statement }) });
  });

  it("has to serve ECS Exec and volumes as well where they have no key of their own", async () => {
    const volumeRoleArns = [`arn:aws:iam::${ACCOUNT}:role/ecs-volumes`];
    const args = { existingKeyArn: OTHER_KEY, executeCommandLogging: true, volumeRoleArns };
    await refusalsOf(args, /CloudWatch Logs use it for log group \/ecs\/exec\/orders\n.*"LogGroupsEncrypt"/s);
    const { outputs } = await make({ ...args, executeCommandKeyArn: KEY_ARN });
    assert.match(
      String(outputs.requiredKeyPolicyStatements),
      /"FargateCreateGrant".*"VolumesCreateGrant".*"LogGroupsEncrypt"/s,
    );
  });

  it("that is not known yet is judged in the update only", async () => {
    const { sent } = await record(
      () => {
        const key = new EphemeralStorageKey("next", { clusterNames: ["orders"] });
        new EncryptedFargateCluster("orders", { clusterName: "orders", existingKeyArn: key.keyArn });
        return {};
      },
      { preview: true },
    );
    assert.equal(sent.filter(({ type }) => type === CLUSTER).length, 1);
  });

  for (const [title, key, message] of [
    ["disabled", { keyState: "Disabled", enabled: false }, /existingKeyArn is .*: disabled/],
    ["managed by AWS", { keyManager: "AWS" }, /: a key that AWS manages/],
    ["asymmetric", { keySpec: "RSA_2048" }, /: not a symmetric key \(RSA_2048\)/],
    ["a multi-Region key by what KMS says", { multiRegion: true }, /: a multi-Region key/],
    ["without key material", { keyState: "PendingImport", origin: "EXTERNAL" }, /material/],
  ] as const) {
    it(`that is ${title} is refused, in a preview already, before its policy is read`, async () => {
      await refusalsOf({ existingKeyArn: OTHER_KEY }, message, { key, keyPolicy: "no policy at all" });
    });
  }

  for (const [title, arn, message] of [
    ["another Region", OTHER_KEY.replace(REGION, "us-east-1"), /the key is in us-east-1, the cluster in eu-west-1/],
    ["another account", FOREIGN_KEY, /the key is in account 444455556666, the cluster in 1111/],
    [
      "another partition",
      OTHER_KEY.replace("arn:aws:", "arn:aws-cn:"),
      /the key is in partition aws-cn, the cluster in aws/,
    ],
  ] as const) {
    it(`of ${title} is refused`, async () => {
      await refusalsOf({ existingKeyArn: arn }, message);
    });
  }

  for (const [title, arn, message] of [
    ["an alias", "alias/orders", /existingKeyArn is "alias\/orders": an alias, not a key; give the key's ARN/],
    ["a bare id", "1234abcd-12ab-34cd-56ef-1234567890ab", /existingKeyArn is .*: a bare key id, not an ARN/],
    ["a multi-Region key", `arn:aws:kms:${REGION}:${ACCOUNT}:key/mrk-${"0".repeat(32)}`, /: a multi-Region key/],
    ["no key at all", `arn:aws:s3:::bucket`, /existingKeyArn is "arn:aws:s3:::bucket": not the ARN of a KMS key/],
  ] as const) {
    it(`that is ${title} is refused at once, and out of an Input with the same text`, async () => {
      await refusesAtOnce(() => new EncryptedFargateCluster("orders", { existingKeyArn: arn }), message);
      await assert.rejects(make({ existingKeyArn: pulumi.output(arn) }), message);
    });
  }

  for (const [argument, value] of Object.entries({
    aliasName: "a",
    description: "d",
    administratorArns: [],
    clusterOperatorArns: [],
    deletionWindowInDays: 7,
    rotationPeriodInDays: 90,
    protect: false,
  })) {
    it(`does not go together with ${argument}`, async () => {
      const args = { existingKeyArn: OTHER_KEY, [argument]: value };
      const message = new RegExp(`${argument} is .*: existingKeyArn is given and no key is created`);
      await refusesAtOnce(() => new EncryptedFargateCluster("orders", args), message);
      await refusesAtOnce(() => new EphemeralStorageKey("orders", { clusterNames: ["orders"], ...args }), message);
    });
  }
});

describe("the policy of an existing key, when it is given", () => {
  it("is judged in place of the one in force, which is not read", async () => {
    const world = { keyPolicy: policyFor("billing") };
    await make({ existingKeyArn: OTHER_KEY, existingKeyPolicy: pulumi.output(FIT) }, world);
    await refusalsOf(
      { existingKeyArn: OTHER_KEY, existingKeyPolicy: policyFor("billing") },
      /existingKeyArn is .* cluster orders/,
      {
        keyPolicy: FIT,
      },
    );
  });

  it("is judged before the key is made: a name that was forgotten shows in the preview", async () => {
    const onKeyFor = (...clusterNames: string[]) =>
      record(
        () => {
          const key = new EphemeralStorageKey("shared", { clusterNames });
          const policy = JSON.parse(policyFor(...clusterNames)) as object;
          const existing = { existingKeyArn: key.keyArn, existingKeyPolicy: JSON.stringify(policy) };
          return outputsOf(new EncryptedFargateCluster("orders", { clusterName: "orders", ...existing }));
        },
        { preview: true },
      );
    await onKeyFor("billing", "orders");
    await assert.rejects(
      onKeyFor("billing"),
      /the key of existingKeyPolicy: its policy does not let Fargate use it for cluster orders\n.*\nIf the key is an EphemeralStorageKey, give it what is lacking as clusterNames/s,
    );
  });

  it("says nothing without a key, and neither does an account", async () => {
    const cases = [
      [{ existingKeyPolicy: FIT }, /existingKeyPolicy is "given": there is no existingKeyArn/],
      [{ allowKeyOfAnotherAccount: true }, /allowKeyOfAnotherAccount is true: there is no existingKeyArn/],
    ] as const;
    for (const [args, message] of cases)
      await refusesAtOnce(() => new EncryptedFargateCluster("orders", args), message);
  });

  it("lets a key of another account be used when that is asked for, and only then", async () => {
    const policy = { existingKeyArn: FOREIGN_KEY, existingKeyPolicy: FIT };
    await refusalsOf(policy, /the key is in account 444455556666/);
    const { outputs } = await make({ ...policy, allowKeyOfAnotherAccount: true });
    assert.equal(outputs.keyArn, FOREIGN_KEY);
    const unread = { existingKeyArn: FOREIGN_KEY, allowKeyOfAnotherAccount: true };
    const message = /allowKeyOfAnotherAccount is true: the policy of such a key cannot be read .* existingKeyPolicy/;
    await refusesAtOnce(() => new EncryptedFargateCluster("orders", unread), message);
  });
});

describe("an EphemeralStorageKey for a key that exists", () => {
  it("makes nothing, judges the key for all its clusters, and hands its ARN and policy on", async () => {
    const clusterNames = ["orders", "billing"];
    const { sent, outputs } = await makeKey(
      { existingKeyArn: OTHER_KEY, clusterNames },
      { keyPolicy: policyFor(...clusterNames) },
    );
    assert.deepEqual(
      sent.filter(({ type }) => type.startsWith("aws:")),
      [],
    );
    assert.equal(outputs.keyArn, OTHER_KEY);
    assert.equal(outputs.keyId, OTHER_KEY.slice(-36));
    assert.equal(outputs.keyPolicy, policyFor(...clusterNames));
    assert.deepEqual(Object.keys(JSON.parse(String(outputs.requiredKeyPolicyStatements)) as object), [OTHER_KEY]);
    await assert.rejects(makeKey({ existingKeyArn: OTHER_KEY, clusterNames }), /for cluster billing/);
  });
});
