import assert from "node:assert/strict";
import * as kms from "@aws-sdk/client-kms";
import { ACCOUNT, fargatePolicy, policyOf, refusalOf, withAccount } from "./account";

describe("what the provider calls for a kms.Key", () => {
  it("creates one with policy, rotation and tags, reads it, updates it and schedules its deletion", () =>
    withAccount(async ({ kms: client }) => {
      const Policy = fargatePolicy("pay");
      const { KeyMetadata } = await client.send(
        new kms.CreateKeyCommand({
          Description: "pay: ephemeral storage",
          KeySpec: "SYMMETRIC_DEFAULT",
          KeyUsage: "ENCRYPT_DECRYPT",
          Policy,
          Tags: [{ TagKey: "team", TagValue: "pay" }],
          BypassPolicyLockoutSafetyCheck: false,
        }),
      );
      const KeyId = String(KeyMetadata?.KeyId);
      await client.send(new kms.EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 180 }));
      assert.deepEqual(await read(client, KeyId), {
        arn: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/${KeyId}`,
        description: "pay: ephemeral storage",
        state: "Enabled",
        multiRegion: false,
        policy: Policy,
        rotation: true,
        rotationDays: 180,
        tags: [{ TagKey: "team", TagValue: "pay" }],
      });

      await client.send(new kms.UpdateKeyDescriptionCommand({ KeyId, Description: "pay" }));
      await client.send(new kms.TagResourceCommand({ KeyId, Tags: [{ TagKey: "env", TagValue: "test" }] }));
      await client.send(new kms.UntagResourceCommand({ KeyId, TagKeys: ["team"] }));
      const other = fargatePolicy("shop");
      await client.send(new kms.PutKeyPolicyCommand({ KeyId, PolicyName: "default", Policy: other }));
      const updated = await read(client, KeyId);
      assert.deepEqual(
        [updated.description, updated.policy, updated.tags],
        ["pay", other, [{ TagKey: "env", TagValue: "test" }]],
      );

      await client.send(new kms.ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
      const gone = await client.send(new kms.DescribeKeyCommand({ KeyId }));
      assert.equal(gone.KeyMetadata?.KeyState, "PendingDeletion");
    }));

  it("turns it off and on again, and sets another period of rotation", () =>
    withAccount(async ({ kms: client }) => {
      const created = await client.send(new kms.CreateKeyCommand({}));
      const KeyId = String(created.KeyMetadata?.KeyId);
      await client.send(new kms.EnableKeyRotationCommand({ KeyId }));
      assert.equal((await read(client, KeyId)).rotationDays, 365);
      await client.send(new kms.DisableKeyCommand({ KeyId }));
      assert.equal((await read(client, KeyId)).state, "Disabled");
      const refused = await refusalOf(client.send(new kms.EnableKeyRotationCommand({ KeyId })));
      assert.equal(refused.name, "DisabledException");
      await client.send(new kms.EnableKeyCommand({ KeyId }));
      await client.send(new kms.EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
      assert.equal((await read(client, KeyId)).rotationDays, 90);
      await client.send(new kms.DisableKeyRotationCommand({ KeyId }));
      assert.equal((await read(client, KeyId)).rotation, false);
    }));

  it("shows a multi-Region key as a primary one, which the provider insists on", () =>
    withAccount(async ({ kms: client }) => {
      const { KeyMetadata } = await client.send(new kms.CreateKeyCommand({ MultiRegion: true }));
      assert.deepEqual(KeyMetadata?.MultiRegionConfiguration, {
        MultiRegionKeyType: "PRIMARY",
        PrimaryKey: { Arn: KeyMetadata?.Arn, Region: "eu-west-1" },
        ReplicaKeys: [],
      });
    }));

  it("refuses a policy that locks the caller out, with an error that is not tried again", () =>
    withAccount(async ({ kms: client }) => {
      const Policy = policyOf().replaceAll(":root", ":role/somebody-else");
      const refused = await refusalOf(client.send(new kms.CreateKeyCommand({ Policy })));
      assert.deepEqual([refused.name, refused.status], ["MalformedPolicyDocumentException", 400]);
    }));
});

describe("what the provider calls for a kms.KeyPolicy", () => {
  it("puts it, reads the whole key, and leaves the account's own policy behind", () =>
    withAccount(async ({ kms: client }) => {
      const created = await client.send(new kms.CreateKeyCommand({}));
      const KeyId = String(created.KeyMetadata?.Arn);
      const Policy = fargatePolicy("pay");
      await client.send(new kms.PutKeyPolicyCommand({ KeyId, PolicyName: "default", Policy }));
      assert.equal((await read(client, KeyId)).policy, Policy);
      const statement = {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: "kms:*",
        Resource: "*",
      };
      const standard = JSON.stringify({ Id: "default", Statement: [statement], Version: "2012-10-17" });
      await client.send(new kms.PutKeyPolicyCommand({ KeyId, PolicyName: "default", Policy: standard }));
      assert.equal((await read(client, KeyId)).policy, standard);
    }));
});

/** The provider's READ: four calls, tags page by page. */
async function read(client: kms.KMSClient, KeyId: string) {
  const { KeyMetadata } = await client.send(new kms.DescribeKeyCommand({ KeyId }));
  const { Policy } = await client.send(new kms.GetKeyPolicyCommand({ KeyId, PolicyName: "default" }));
  const rotation = await client.send(new kms.GetKeyRotationStatusCommand({ KeyId }));
  const { Tags } = await client.send(new kms.ListResourceTagsCommand({ KeyId }));
  return {
    arn: KeyMetadata?.Arn,
    description: KeyMetadata?.Description,
    state: KeyMetadata?.KeyState,
    multiRegion: KeyMetadata?.MultiRegion,
    policy: Policy,
    rotation: rotation.KeyRotationEnabled,
    rotationDays: rotation.RotationPeriodInDays,
    tags: Tags,
  };
}
