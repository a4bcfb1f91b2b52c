import assert from "node:assert/strict";
import { MINUTE, SmallWorld } from "./small-world";

const DAY = 24 * 60 * MINUTE;

describe("25 key states allow and refuse as KMS does, with a deletion window of 7 to 30 days", () => {
  it("disables, enables, and shows it", () => {
    const small = new SmallWorld();
    const KeyId = small.goodKey("pay");
    small.kms("DisableKey", { KeyId });
    assert.equal(small.kms("DescribeKey", { KeyId }).KeyMetadata.KeyState, "Disabled");
    small.kms("EnableKey", { KeyId });
    assert.equal(small.kms("DescribeKey", { KeyId }).KeyMetadata.Enabled, true);
  });

  it("refuses windows outside 7 to 30 days", () => {
    const small = new SmallWorld();
    const KeyId = small.goodKey("pay");
    for (const PendingWindowInDays of [6, 31]) {
      const refusal = small.refused("kms", "ScheduleKeyDeletion", { KeyId, PendingWindowInDays });
      assert.equal(refusal.code, "ValidationException");
    }
  });

  it("deletes the key after its window, unless that was cancelled", () => {
    const small = new SmallWorld();
    const [gone, kept] = [small.goodKey("pay"), small.goodKey("pay")];
    for (const KeyId of [gone, kept]) small.kms("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
    assert.equal(small.refused("kms", "EnableKey", { KeyId: gone }).code, "KMSInvalidStateException");
    small.kms("CancelKeyDeletion", { KeyId: kept });
    small.pass(8 * DAY);
    assert.equal(small.refused("kms", "DescribeKey", { KeyId: gone }).code, "NotFoundException");
    assert.equal(small.kms("DescribeKey", { KeyId: kept }).KeyMetadata.KeyState, "Disabled");
  });

  it("rotates symmetric keys only, within 90 to 2560 days", () => {
    const small = new SmallWorld();
    const KeyId = small.goodKey("pay");
    assert.equal(small.kms("GetKeyRotationStatus", { KeyId }).KeyRotationEnabled, false);
    small.kms("EnableKeyRotation", { KeyId, RotationPeriodInDays: 180 });
    assert.equal(small.kms("GetKeyRotationStatus", { KeyId }).RotationPeriodInDays, 180);
    const short = { KeyId, RotationPeriodInDays: 30 };
    assert.equal(small.refused("kms", "EnableKeyRotation", short).code, "ValidationException");
    const rsa = small.kms("CreateKey", { KeySpec: "RSA_2048", KeyUsage: "ENCRYPT_DECRYPT" }).KeyMetadata.KeyId;
    assert.equal(small.refused("kms", "EnableKeyRotation", { KeyId: rsa }).code, "UnsupportedOperationException");
    assert.deepEqual(small.kms("GetKeyRotationStatus", { KeyId: rsa }), { KeyId: rsa, KeyRotationEnabled: false });
  });

  it("keeps policies, aliases and tags, and refuses what is no policy", () => {
    const small = new SmallWorld();
    const KeyId = small.goodKey("pay");
    const malformed = small.refused("kms", "PutKeyPolicy", { KeyId, Policy: "{}" });
    assert.equal(malformed.code, "MalformedPolicyDocumentException");
    assert.match(small.kms("GetKeyPolicy", { KeyId }).Policy, /fargate\.amazonaws\.com/);
    small.kms("CreateAlias", { AliasName: "alias/pay", TargetKeyId: KeyId });
    assert.equal(small.kms("ListAliases").Aliases[0].AliasArn, "arn:aws:kms:eu-central-1:111122223333:alias/pay");
    assert.equal(small.kms("DescribeKey", { KeyId: "alias/pay" }).KeyMetadata.Arn, KeyId);
    small.kms("TagResource", { KeyId, Tags: [{ TagKey: "team", TagValue: "pay" }] });
    small.kms("UntagResource", { KeyId, TagKeys: ["other"] });
    assert.deepEqual(small.kms("ListResourceTags", { KeyId }).Tags, [{ TagKey: "team", TagValue: "pay" }]);
  });

  it("pages keys with markers", () => {
    const small = new SmallWorld();
    const arns = [small.goodKey("a"), small.goodKey("b"), small.goodKey("c")];
    const first = small.kms("ListKeys", { Limit: 2 });
    assert.equal(first.Truncated, true);
    const second = small.kms("ListKeys", { Limit: 2, Marker: first.NextMarker });
    const seen = [...first.Keys, ...second.Keys].map((key: { KeyArn: string }) => key.KeyArn);
    assert.deepEqual(seen, arns);
    assert.equal(small.refused("kms", "ListKeys", { Marker: "junk" }).code, "InvalidMarkerException");
  });
});

describe("simulated STS and what is not modelled", () => {
  it("says who the caller is, and lets it take a role in another account of the same world", () => {
    const small = new SmallWorld();
    const identity = small.reply("sts", "GetCallerIdentity");
    assert.equal(identity.kind === "ok" && identity.output.Account, "111122223333");
    const RoleArn = "arn:aws:iam::444455556666:role/migrator";
    const assumed = small.reply("sts", "AssumeRole", { RoleArn, RoleSessionName: "run" });
    const user = assumed.kind === "ok" ? assumed.output.AssumedRoleUser : {};
    assert.equal((user as { Arn: string }).Arn, "arn:aws:sts::444455556666:assumed-role/migrator/run");
  });

  it("answers an operation that is not modelled with UnknownOperationException, naming it", () => {
    const small = new SmallWorld();
    for (const operation of ["ExecuteCommand", "constructor", "toString"]) {
      const refusal = small.refused("ecs", operation, {});
      assert.equal(refusal.code, "UnknownOperationException");
      assert.ok(refusal.message.includes(operation));
    }
  });

  it("keeps accounts apart", () => {
    const small = new SmallWorld();
    small.cluster("pay");
    const other = { account: "444455556666", region: "eu-central-1", principalArn: "arn:aws:iam::444455556666:role/x" };
    const listed = small.reply("ecs", "ListClusters", {}, other);
    assert.deepEqual(listed.kind === "ok" && listed.output.clusterArns, []);
  });
});
