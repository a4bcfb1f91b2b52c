// The partitions of AWS: right where AWS documents something, refused where it does not.

import assert from "node:assert/strict";
import { EncryptedFargateCluster } from "../../components/encrypted-fargate-cluster";
import type { EncryptedFargateClusterArgs } from "../../components/encrypted-fargate-cluster-args";
import { EphemeralStorageKey } from "../../components/ephemeral-storage-key";
import { fargateKeyAccess } from "../../domain/fargate-key-access";
import { ACCOUNT, only, outputsOf, record } from "./recorded-program";

const PLACES = [
  { partition: "aws", region: "eu-west-1" },
  { partition: "aws-cn", region: "cn-north-1" },
  { partition: "aws-us-gov", region: "us-gov-west-1" },
] as const;
const CHINA = PLACES[1];

function make(args: EncryptedFargateClusterArgs, place: { readonly partition: string; readonly region: string }) {
  return record(() => outputsOf(new EncryptedFargateCluster("orders", { clusterName: "orders", ...args })), place);
}

describe("a cluster with its key", () => {
  for (const place of PLACES) {
    it(`in ${place.partition} has a policy that lets Fargate in and that names nothing of another partition`, async () => {
      const { sent } = await make({ executeCommandLogging: true }, place);
      const policy = String(only(sent, "aws:kms/key:Key").inputs.policy);
      const question = { policy, account: ACCOUNT, region: place.region, clusterName: "orders" };
      assert.equal(fargateKeyAccess(question).verdict, "pass");
      const partitions = [...policy.matchAll(/"arn:([a-z-]+):/g)].map(([, partition]) => partition);
      assert.ok(partitions.length > 0);
      assert.deepEqual(
        partitions.filter((one) => one !== place.partition),
        [],
      );
    });
  }

  for (const partition of ["aws-iso", "aws-iso-b", "aws-eusc", ""]) {
    it(`is refused in ${JSON.stringify(partition)}, of which AWS documents nothing`, async () => {
      const message = /partition is ".*": AWS documents .* aws, aws-cn, aws-us-gov; use a provider of one of these/;
      await assert.rejects(make({}, { partition, region: "us-iso-east-1" }), message);
    });
  }

  it("gets no policy for volumes in China, where AWS documents none", async () => {
    const volumeRoleArns = [`arn:aws-cn:iam::${ACCOUNT}:role/ecs-volumes`];
    const message =
      /volumeRoleArns is \[.*\]: AWS documents no key policy .* China Regions; leave it out, and give volumeKeyArn/;
    await assert.rejects(make({ volumeRoleArns }, CHINA), message);
    const key = () => outputsOf(new EphemeralStorageKey("orders", { clusterNames: ["orders"], volumeRoleArns }));
    await assert.rejects(record(key, CHINA), message);
    const volumeKeyArn = `arn:aws-cn:kms:cn-north-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
    const { sent } = await make({ volumeKeyArn }, CHINA);
    assert.match(
      JSON.stringify(only(sent, "aws:ecs/cluster:Cluster").inputs.configuration),
      /"kmsKeyId":"arn:aws-cn:kms/,
    );
  });
});
