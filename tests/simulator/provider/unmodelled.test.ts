import assert from "node:assert/strict";
import { CreateLogStreamCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeVpcsCommand } from "@aws-sdk/client-ec2";
import { CreateCapacityProviderCommand } from "@aws-sdk/client-ecs";
import { ReplicateKeyCommand } from "@aws-sdk/client-kms";
import { GetCallerIdentityCommand, GetSessionTokenCommand } from "@aws-sdk/client-sts";
import { ACCOUNT, refusalOf, withAccount } from "./account";

describe("what the provider calls beside its resources", () => {
  it("asks who it is when it starts", () =>
    withAccount(async ({ sts }) => {
      const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
      assert.deepEqual([Account, Arn], [ACCOUNT, `arn:aws:iam::${ACCOUNT}:user/operator`]);
    }));

  it("is told of an operation that is not modelled at once, in its protocol, by a 400 that names it", () =>
    withAccount(async ({ ecs, kms, logs, ec2, sts }) => {
      const autoScalingGroupProvider = { autoScalingGroupArn: "arn" };
      const KeyId = "mrk-1";
      const refusals = [
        await refusalOf(ecs.send(new CreateCapacityProviderCommand({ name: "own", autoScalingGroupProvider }))),
        await refusalOf(kms.send(new ReplicateKeyCommand({ KeyId, ReplicaRegion: "us-east-1" }))),
        await refusalOf(logs.send(new CreateLogStreamCommand({ logGroupName: "a", logStreamName: "b" }))),
        await refusalOf(ec2.send(new DescribeVpcsCommand({}))),
        await refusalOf(sts.send(new GetSessionTokenCommand({}))),
      ];
      assert.deepEqual(
        refusals.map(({ name, status, message }) => [name, status, /operation (\S+)\.$/.exec(message)?.[1]]),
        [
          ["UnknownOperationException", 400, "ecs:CreateCapacityProvider"],
          ["UnknownOperationException", 400, "kms:ReplicateKey"],
          ["UnknownOperationException", 400, "logs:CreateLogStream"],
          ["UnknownOperationException", 400, "ec2:DescribeVpcs"],
          ["UnknownOperationException", 400, "sts:GetSessionToken"],
        ],
      );
    }));

  it("is told of a service that is not there in the same way, over HTTP", () =>
    withAccount(async ({ endpoint }) => {
      const scope = `${ACCOUNT}/20261122/eu-west-1`;
      const authorization = (service: string): string =>
        `AWS4-HMAC-SHA256 Credential=${scope}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
      const form = { "content-type": "application/x-www-form-urlencoded" };
      const sns = await fetch(endpoint, {
        method: "POST",
        headers: { authorization: authorization("sns"), ...form },
        body: "Action=CreateTopic&Name=alerts&Version=2010-03-31",
      });
      assert.equal(sns.status, 400);
      assert.match(await sns.text(), /<Code>UnknownServiceException<\/Code>.*&quot;sns&quot; \(CreateTopic\)/);
      const cbor = { "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor" };
      const alarm = await fetch(`${endpoint}/service/GraniteServiceVersion20100801/operation/PutMetricAlarm`, {
        method: "POST",
        headers: { authorization: authorization("monitoring"), ...cbor },
        body: Buffer.from([0xa0]),
      });
      assert.deepEqual([alarm.status, alarm.headers.get("smithy-protocol")], [400, "rpc-v2-cbor"]);
      const bytes = Buffer.from(await alarm.arrayBuffer());
      assert.equal(bytes[0], 0xa2);
      assert.equal(bytes.indexOf("UnknownServiceException"), 9);
    }));
});
