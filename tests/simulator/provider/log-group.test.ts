import assert from "node:assert/strict";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import { CreateKeyCommand } from "@aws-sdk/client-kms";
import { ACCOUNT, policyOf, refusalOf, withAccount } from "./account";

const ARN = `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:/ecs/pay`;
const LOGS_STATEMENT = {
  Effect: "Allow",
  Principal: { Service: "logs.eu-west-1.amazonaws.com" },
  Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
  Resource: "*",
  Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": ARN } },
};

describe("what the provider calls for a cloudwatch.LogGroup", () => {
  it("creates it with key, tags and retention, and reads every part back", () =>
    withAccount(async ({ logs: client, kms }) => {
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy: policyOf(LOGS_STATEMENT) }));
      const kmsKeyId = String(KeyMetadata?.Arn);
      await client.send(new logs.CreateLogGroupCommand({ logGroupName: "/ecs/pay", kmsKeyId, tags: { team: "pay" } }));
      await client.send(new logs.PutRetentionPolicyCommand({ logGroupName: "/ecs/pay", retentionInDays: 365 }));
      await client.send(new logs.CreateLogGroupCommand({ logGroupName: "/ecs/pay-more" }));
      const { creationTime, ...shown } = (await read(client)) ?? {};
      assert.equal(typeof creationTime, "number");
      assert.deepEqual(shown, {
        logGroupName: "/ecs/pay",
        arn: `${ARN}:*`,
        logGroupArn: ARN,
        logGroupClass: "STANDARD",
        retentionInDays: 365,
        kmsKeyId,
        metricFilterCount: 0,
        storedBytes: 0,
        deletionProtectionEnabled: false,
      });
      const { tags } = await client.send(new logs.ListTagsForResourceCommand({ resourceArn: ARN }));
      assert.deepEqual(tags, { team: "pay" });
    }));

  it("takes key, retention and tags in place, and gives them up again", () =>
    withAccount(async ({ logs: client, kms }) => {
      const logGroupName = "/ecs/pay";
      await client.send(new logs.CreateLogGroupCommand({ logGroupName, tags: { a: "b" } }));
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy: policyOf(LOGS_STATEMENT) }));
      const kmsKeyId = String(KeyMetadata?.Arn);
      await client.send(new logs.AssociateKmsKeyCommand({ logGroupName, kmsKeyId }));
      await client.send(new logs.PutRetentionPolicyCommand({ logGroupName, retentionInDays: 1 }));
      await client.send(new logs.TagResourceCommand({ resourceArn: ARN, tags: { c: "d" } }));
      await client.send(new logs.UntagResourceCommand({ resourceArn: ARN, tagKeys: ["a"] }));
      const { tags } = await client.send(new logs.ListTagsForResourceCommand({ resourceArn: ARN }));
      const changed = await read(client);
      assert.deepEqual([changed?.kmsKeyId, changed?.retentionInDays, tags], [kmsKeyId, 1, { c: "d" }]);
      await client.send(new logs.DisassociateKmsKeyCommand({ logGroupName }));
      await client.send(new logs.DeleteRetentionPolicyCommand({ logGroupName }));
      const bare = await read(client);
      assert.deepEqual([bare?.kmsKeyId, bare?.retentionInDays], [undefined, undefined]);
    }));

  it("refuses a key whose policy forgot CloudWatch Logs, with an error that is not tried again", () =>
    withAccount(async ({ logs: client, kms }) => {
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy: policyOf() }));
      const kmsKeyId = String(KeyMetadata?.Arn);
      const created = client.send(new logs.CreateLogGroupCommand({ logGroupName: "/ecs/pay", kmsKeyId }));
      assert.deepEqual(await refusalOf(created), {
        name: "InvalidParameterException",
        status: 400,
        message: `The specified KMS key does not exist or is not allowed to be used with Arn '${ARN}'`,
      });
      assert.equal(await read(client), undefined);
    }));

  it("deletes it, and finds none", () =>
    withAccount(async ({ logs: client }) => {
      await client.send(new logs.CreateLogGroupCommand({ logGroupName: "/ecs/pay" }));
      await client.send(new logs.DeleteLogGroupCommand({ logGroupName: "/ecs/pay" }));
      assert.equal(await read(client), undefined);
      const again = await refusalOf(client.send(new logs.DeleteLogGroupCommand({ logGroupName: "/ecs/pay" })));
      assert.deepEqual([again.name, again.status], ["ResourceNotFoundException", 400]);
    }));
});

/** The provider's READ: the group of that very name among those with the prefix. */
async function read(client: logs.CloudWatchLogsClient): Promise<logs.LogGroup | undefined> {
  const { logGroups } = await client.send(new logs.DescribeLogGroupsCommand({ logGroupNamePrefix: "/ecs/pay" }));
  return logGroups?.find(({ logGroupName }) => logGroupName === "/ecs/pay");
}
