// The policy for keys that no component makes: the very one that a component would give its key.

import assert from "node:assert/strict";
import { Provider } from "@pulumi/aws/provider";
import * as pulumi from "@pulumi/pulumi";
import { EphemeralStorageKey } from "../../components/ephemeral-storage-key";
import { type FargateKeyPolicyArgs, fargateKeyPolicy } from "../../components/fargate-key-policy";
import { accountStatement, fargateKeyPolicyStatements } from "../../domain/fargate-key-policy";
import { ACCOUNT, DEPLOYER, only, REGION, record, refusesAtOnce, type World } from "./recorded-program";

const ROLE = `arn:aws:iam::${ACCOUNT}:role/somebody`;

async function policyOf(args: FargateKeyPolicyArgs, world?: World): Promise<string> {
  const { outputs } = await record(() => ({ policy: fargateKeyPolicy(args) }), world);
  return outputs.policy;
}

describe("the policy of a key of one's own", () => {
  it("delegates to the account and lets Fargate in for the named clusters", async () => {
    const clusterNames = ["orders", "payments"];
    assert.deepEqual(JSON.parse(await policyOf({ clusterNames })), {
      Version: "2012-10-17",
      Statement: [
        accountStatement({ account: ACCOUNT }),
        ...fargateKeyPolicyStatements({ account: ACCOUNT, clusterNames }),
      ],
    });
  });

  it("is that of an EphemeralStorageKey with the same arguments, whatever they are", async () => {
    const args = {
      clusterNames: ["orders"],
      logGroupNames: ["/ecs/exec/orders"],
      volumeRoleArns: [ROLE],
      executeCommandRoleArns: [ROLE],
      administratorArns: [DEPLOYER],
      clusterOperatorArns: [ROLE],
    };
    const { sent, outputs } = await record(() => {
      new EphemeralStorageKey("key", args);
      return { policy: fargateKeyPolicy(args) };
    });
    assert.equal(outputs.policy, only(sent, "aws:kms/key:Key").inputs.policy);
  });

  it("creates nothing", async () => {
    const { sent } = await record(() => ({ policy: fargateKeyPolicy({ clusterNames: ["orders"] }) }));
    assert.deepEqual(sent, []);
  });

  it("stands in the partition and the account of the provider that is given", async () => {
    const { asked } = await record(() => {
      const provider = new Provider("abroad", { region: REGION });
      return { policy: fargateKeyPolicy({ clusterNames: ["orders"] }, { provider }) };
    });
    assert.equal(asked.length, 3);
    for (const { provider } of asked) assert.match(provider, /::abroad::/);
  });

  it("is in the words of GovCloud there, and refused where AWS documents nothing", async () => {
    const policy = await policyOf({ clusterNames: ["orders"] }, { partition: "aws-us-gov" });
    assert.match(policy, /arn:aws-us-gov:iam::\d+:root/);
    await assert.rejects(policyOf({ clusterNames: ["orders"] }, { partition: "aws-iso" }), /partition is "aws-iso"/);
  });

  for (const [title, args, message] of [
    ["no cluster", { clusterNames: [] }, /clusterNames is \[\]: give a list with the name of at least one cluster/],
    ["an ARN", { clusterNames: ["arn:aws:ecs:x:1:cluster/a"] }, /clusterNames\[0\] is "arn:.*": give the name alone/],
    ["no role", { clusterNames: ["a"], volumeRoleArns: ["x"] }, /volumeRoleArns\[0\] is "x"/],
  ] as const) {
    it(`is refused ${title}, at once and out of an Input`, async () => {
      const mutable = args as unknown as FargateKeyPolicyArgs;
      await refusesAtOnce(() => fargateKeyPolicy(mutable), message);
      const later = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, pulumi.output(value)]));
      await assert.rejects(policyOf(later as unknown as FargateKeyPolicyArgs), message);
    });
  }

  it("is refused when the deployer would lock itself out", async () => {
    const args = { clusterNames: ["orders"], administratorArns: [ROLE] };
    await assert.rejects(policyOf(args), /administratorArns is .*: who deploys, .*, is not among them/);
  });
});
