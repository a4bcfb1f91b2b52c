import assert from "node:assert/strict";
import { ACCOUNT, REGION, SmallWorld } from "./small-world";

const ARN = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/ecs/pay`;

describe("simulated log groups", () => {
  describe("31 log groups have one name once, the documented retention values, and sorted pages", () => {
    it("refuses a name that is taken, and finds none under an unknown one", () => {
      const small = new SmallWorld();
      small.logs("CreateLogGroup", { logGroupName: "/ecs/pay" });
      const again = small.refused("logs", "CreateLogGroup", { logGroupName: "/ecs/pay" });
      assert.equal(again.code, "ResourceAlreadyExistsException");
      for (const operation of ["DeleteLogGroup", "DeleteRetentionPolicy", "DisassociateKmsKey"]) {
        const { code } = small.refused("logs", operation, { logGroupName: "/ecs/shop" });
        assert.equal(code, "ResourceNotFoundException", operation);
      }
    });

    for (const logGroupName of ["", "aws/pay", "/ecs/pay day", "/ecs/pay:*", "x".repeat(513)]) {
      it(`refuses the name ${JSON.stringify(logGroupName.slice(0, 12))} of ${logGroupName.length} characters`, () => {
        const { code } = new SmallWorld().refused("logs", "CreateLogGroup", { logGroupName });
        assert.equal(code, "InvalidParameterException");
      });
    }

    it("keeps events for a documented number of days, or for ever", () => {
      const small = new SmallWorld();
      small.logs("CreateLogGroup", { logGroupName: "/ecs/pay" });
      const odd = small.refused("logs", "PutRetentionPolicy", { logGroupName: "/ecs/pay", retentionInDays: 31 });
      assert.equal(odd.code, "InvalidParameterException");
      small.logs("PutRetentionPolicy", { logGroupName: "/ecs/pay", retentionInDays: 3653 });
      assert.equal(small.logs("DescribeLogGroups").logGroups[0].retentionInDays, 3653);
      small.logs("DeleteRetentionPolicy", { logGroupName: "/ecs/pay" });
      assert.equal("retentionInDays" in small.logs("DescribeLogGroups").logGroups[0], false);
    });

    it("lists them by name, page by page, and refuses the token of another question", () => {
      const small = new SmallWorld();
      for (const name of ["/ecs/c", "/ecs/a", "/vpc/x", "/ecs/b"]) small.logs("CreateLogGroup", { logGroupName: name });
      const first = small.logs("DescribeLogGroups", { logGroupNamePrefix: "/ecs/", limit: 2 });
      assert.deepEqual(namesIn(first), ["/ecs/a", "/ecs/b"]);
      small.logs("DeleteLogGroup", { logGroupName: "/ecs/b" });
      const { nextToken } = first;
      const second = small.logs("DescribeLogGroups", { logGroupNamePrefix: "/ecs/", limit: 2, nextToken });
      assert.deepEqual(namesIn(second), ["/ecs/c"]);
      assert.equal(second.nextToken, undefined);
      assert.equal(small.refused("logs", "DescribeLogGroups", { nextToken }).code, "InvalidParameterException");
    });

    it("shows by pattern the name, the ARN and the time alone, and takes no prefix beside it", () => {
      const small = new SmallWorld();
      small.logs("CreateLogGroup", { logGroupName: "/ecs/pay" });
      const { logGroups } = small.logs("DescribeLogGroups", { logGroupNamePattern: "pay" });
      assert.deepEqual(logGroups, [{ logGroupName: "/ecs/pay", arn: `${ARN}:*`, creationTime: 1_800_000_000_000 }]);
      const both = { logGroupNamePattern: "pay", logGroupNamePrefix: "/ecs" };
      assert.equal(small.refused("logs", "DescribeLogGroups", both).code, "InvalidParameterException");
    });

    it("deletes no group that is protected from it", () => {
      const small = new SmallWorld();
      small.logs("CreateLogGroup", { logGroupName: "/ecs/pay", deletionProtectionEnabled: true });
      assert.equal(small.refused("logs", "DeleteLogGroup", { logGroupName: "/ecs/pay" }).code, "ValidationException");
      const off = { logGroupIdentifier: ARN, deletionProtectionEnabled: false };
      small.logs("PutLogGroupDeletionProtection", off);
      small.logs("DeleteLogGroup", { logGroupName: "/ecs/pay" });
      assert.deepEqual(small.logs("DescribeLogGroups").logGroups, []);
    });

    it("takes tags by the ARN without its star, and no more than 50", () => {
      const small = new SmallWorld();
      small.logs("CreateLogGroup", { logGroupName: "/ecs/pay", tags: { team: "pay" } });
      const starred = small.refused("logs", "ListTagsForResource", { resourceArn: `${ARN}:*` });
      assert.equal(starred.code, "InvalidParameterException");
      const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`t${index}`, "x"]));
      assert.equal(small.refused("logs", "TagResource", { resourceArn: ARN, tags: many }).code, "TooManyTagsException");
      assert.deepEqual(small.logs("ListTagsForResource", { resourceArn: ARN }).tags, { team: "pay" });
    });
  });

  describe("32 a log group takes only an enabled symmetric key whose policy lets CloudWatch Logs use it for this group", () => {
    it("takes a key whose policy names its ARN in the encryption context", () => {
      const small = new SmallWorld();
      const kmsKeyId = keyFor(small, ARN);
      small.logs("CreateLogGroup", { logGroupName: "/ecs/pay", kmsKeyId });
      assert.equal(small.logs("DescribeLogGroups").logGroups[0].kmsKeyId, kmsKeyId);
    });

    const unfit: readonly (readonly [why: string, make: (small: SmallWorld) => string])[] = [
      ["whose policy names another log group", (small) => keyFor(small, `${ARN}-other`)],
      ["whose policy names the service of another Region", (small) => keyFor(small, ARN, "us-east-1")],
      ["with the default policy, which names no service", (small) => small.kms("CreateKey").KeyMetadata.Arn],
      ["that is disabled", disabledKey],
      ["that does not exist", (small) => keyFor(small, ARN).replace(/[0-9a-f]{12}$/, "000000000000")],
      ["that is named by its bare id", (small) => keyFor(small, ARN).split("/")[1] ?? ""],
      ["that is named by an alias", aliasOf],
    ];
    for (const [why, make] of unfit) {
      it(`refuses a key ${why}, at creation and later`, () => {
        const small = new SmallWorld();
        const kmsKeyId = make(small);
        const created = small.refused("logs", "CreateLogGroup", { logGroupName: "/ecs/pay", kmsKeyId });
        assert.equal(created.code, "InvalidParameterException");
        small.logs("CreateLogGroup", { logGroupName: "/ecs/pay" });
        const associated = small.refused("logs", "AssociateKmsKey", { logGroupName: "/ecs/pay", kmsKeyId });
        assert.equal(associated.code, "InvalidParameterException");
        assert.equal("kmsKeyId" in small.logs("DescribeLogGroups").logGroups[0], false);
      });
    }

    it("names the log group's ARN in the refusal of a key policy", () => {
      const small = new SmallWorld();
      const kmsKeyId = keyFor(small, `${ARN}-other`);
      const { message } = small.refused("logs", "CreateLogGroup", { logGroupName: "/ecs/pay", kmsKeyId });
      assert.equal(
        message,
        "The specified KMS key does not exist or is not allowed to be used with Arn " +
          "'arn:aws:logs:eu-central-1:111122223333:log-group:/ecs/pay'",
      );
    });

    for (const [undecidedKeyPolicy, isTaken] of [["allow", true] as const, ["deny", false] as const]) {
      it(`takes a policy that cannot be decided for ${undecidedKeyPolicy} as switched (undecidedKeyPolicy)`, () => {
        const small = new SmallWorld({ switches: { undecidedKeyPolicy } });
        const kmsKeyId = keyFor(small, ARN, REGION, { StringEquals: { "aws:SourceOrgID": "o-1" } });
        const reply = small.reply("logs", "CreateLogGroup", { logGroupName: "/ecs/pay", kmsKeyId });
        assert.equal(reply.kind === "ok", isTaken);
      });
    }

    it("loses its key by DisassociateKmsKey, by name or by ARN and not by both", () => {
      const small = new SmallWorld();
      small.logs("CreateLogGroup", { logGroupName: "/ecs/pay", kmsKeyId: keyFor(small, ARN) });
      const both = { logGroupName: "/ecs/pay", resourceIdentifier: ARN };
      assert.equal(small.refused("logs", "DisassociateKmsKey", both).code, "InvalidParameterException");
      small.logs("DisassociateKmsKey", { resourceIdentifier: ARN });
      assert.equal("kmsKeyId" in small.logs("DescribeLogGroups").logGroups[0], false);
    });
  });
});

function namesIn({ logGroups }: { readonly logGroups: readonly { readonly logGroupName: string }[] }) {
  return logGroups.map(({ logGroupName }) => logGroupName);
}

function keyFor(small: SmallWorld, logGroupArn: string, region = REGION, more: object = {}): string {
  const statements = [
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: "kms:*", Resource: "*" },
    {
      Effect: "Allow",
      Principal: { Service: `logs.${region}.amazonaws.com` },
      Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
      Resource: "*",
      Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArn }, ...more },
    },
  ];
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  return small.kms("CreateKey", { Policy }).KeyMetadata.Arn;
}

function disabledKey(small: SmallWorld): string {
  const arn = keyFor(small, ARN);
  small.kms("DisableKey", { KeyId: arn });
  return arn;
}

function aliasOf(small: SmallWorld): string {
  const arn = keyFor(small, ARN);
  small.kms("CreateAlias", { AliasName: "alias/logs", TargetKeyId: arn });
  return arn.replace(/key\/.*$/, "alias/logs");
}
