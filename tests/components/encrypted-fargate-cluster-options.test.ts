// The options of the cluster: ECS Exec, EBS volumes and what is passed on. What a given key needs is told, never written.

import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedFargateCluster } from "../../components/encrypted-fargate-cluster";
import type { EncryptedFargateClusterArgs } from "../../components/encrypted-fargate-cluster-args";
import { ACCOUNT, KEY_ARN, only, outputsOf, REGION, record, refusesAtOnce, type World } from "./recorded-program";

const CLUSTER = "aws:ecs/cluster:Cluster";
const KEY = "aws:kms/key:Key";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const OTHER_KEY = KEY_ARN.replace("1234abcd", "aaaaaaaa");
const VOLUME_ROLE = `arn:aws:iam::${ACCOUNT}:role/ecs-volumes`;
const TASK_ROLE = `arn:aws:iam::${ACCOUNT}:role/web-task`;

interface Statement {
  readonly Principal: object;
  readonly Action: readonly string[];
}

function make(args: EncryptedFargateClusterArgs, world?: World) {
  return record(() => outputsOf(new EncryptedFargateCluster("orders", { clusterName: "orders", ...args })), world);
}

function configurationOf(sent: Awaited<ReturnType<typeof make>>["sent"]) {
  return only(sent, CLUSTER).inputs.configuration as Readonly<Record<string, unknown>>;
}

describe("a key for ECS Exec or for volumes", () => {
  for (const argument of ["executeCommandKeyArn", "volumeKeyArn"] as const) {
    it(`of another Region is refused as ${argument}, before anything is created`, async () => {
      const elsewhere = OTHER_KEY.replace(REGION, "us-east-1");
      await assert.rejects(
        make({ [argument]: elsewhere }, { preview: true }),
        /the key is in us-east-1, the cluster in/,
      );
    });

    it(`of another account is the owner's business as ${argument}`, async () => {
      const foreign = OTHER_KEY.replace(ACCOUNT, "444455556666");
      const { sent } = await make({ [argument]: foreign });
      assert.match(JSON.stringify(configurationOf(sent)), new RegExp(foreign));
    });
  }

  it("may be a multi-Region one for ECS Exec, of which ECS says nothing, and not for volumes", async () => {
    const multiRegion = `arn:aws:kms:${REGION}:${ACCOUNT}:key/mrk-${"0".repeat(32)}`;
    const { sent } = await make({ executeCommandKeyArn: multiRegion });
    assert.match(JSON.stringify(configurationOf(sent).executeCommandConfiguration), new RegExp(multiRegion));
    await refusesAtOnce(
      () => new EncryptedFargateCluster("orders", { volumeKeyArn: multiRegion }),
      /volumeKeyArn is .*: a multi-Region key/,
    );
  });

  it("is refused when an Input holds nothing", async () => {
    const nothing = pulumi.output(undefined) as unknown as pulumi.Output<string>;
    await assert.rejects(make({ existingKeyArn: nothing }), /existingKeyArn is undefined: give arn:aws:kms:/);
  });
});

describe("logging of ECS Exec", () => {
  it("goes to an encrypted group that waits for the key, and the cluster waits for the group", async () => {
    const { sent, outputs } = await make({ executeCommandLogging: true });
    const group = only(sent, LOG_GROUP);
    assert.deepEqual(group.inputs, { name: "/ecs/exec/orders", kmsKeyId: KEY_ARN, retentionInDays: 365 });
    assert.ok(group.dependencies.includes("orders-storage-key"), String(group.dependencies));
    assert.ok(only(sent, CLUSTER).dependencies.includes("orders-exec-logs"));
    assert.deepEqual(configurationOf(sent).executeCommandConfiguration, {
      logging: "OVERRIDE",
      logConfiguration: { cloudWatchLogGroupName: "/ecs/exec/orders", cloudWatchEncryptionEnabled: true },
    });
    assert.match(String(only(sent, KEY).inputs.policy), /log-group:\/ecs\/exec\/orders"/);
    assert.equal(outputs.executeCommandLogGroupName, "/ecs/exec/orders");
  });

  it("uses a key of its own when one is given, for group and session, and leaves the cluster's key alone", async () => {
    const { sent, outputs } = await make({
      executeCommandLogging: true,
      executeCommandKeyArn: OTHER_KEY,
      executeCommandLogRetentionInDays: 30,
    });
    const { kmsKeyId, retentionInDays } = only(sent, LOG_GROUP).inputs;
    assert.deepEqual([kmsKeyId, retentionInDays], [OTHER_KEY, 30]);
    const exec = configurationOf(sent).executeCommandConfiguration as Record<string, unknown>;
    assert.equal(exec.kmsKeyId, OTHER_KEY);
    assert.doesNotMatch(String(only(sent, KEY).inputs.policy), /logs\./);
    assert.match(String(outputs.requiredKeyPolicyStatements), /LogGroupsEncrypt/);
  });

  it("is not needed for a key of the session's own", async () => {
    const { sent } = await make({ executeCommandKeyArn: OTHER_KEY });
    assert.deepEqual(configurationOf(sent).executeCommandConfiguration, { kmsKeyId: OTHER_KEY, logging: "DEFAULT" });
    assert.deepEqual(
      sent.filter(({ type }) => type === LOG_GROUP),
      [],
    );
  });

  it("is what a retention is for: one without the other is refused", async () => {
    const message = /executeCommandLogging is undefined: a retention is given, set it to true/;
    await refusesAtOnce(() => new EncryptedFargateCluster("orders", { executeCommandLogRetentionInDays: 30 }), message);
  });

  it("may share the cluster's key with its sessions, for the roles that are named", async () => {
    const { sent, outputs } = await make({ executeCommandRoleArns: [TASK_ROLE] });
    assert.deepEqual(configurationOf(sent).executeCommandConfiguration, { kmsKeyId: KEY_ARN, logging: "DEFAULT" });
    const policy = JSON.parse(String(only(sent, KEY).inputs.policy)) as { readonly Statement: readonly Statement[] };
    const ours = policy.Statement.filter(({ Principal }) => JSON.stringify(Principal).includes("web-task"));
    assert.ok(ours.length > 0);
    assert.ok(ours.flatMap(({ Action }) => Action).includes("kms:Decrypt"));
    assert.equal(outputs.requiredKeyPolicyStatements, "{}");
  });

  it("asks the owner of a key of its own for the roles' statement", async () => {
    const { sent, outputs } = await make({ executeCommandKeyArn: OTHER_KEY, executeCommandRoleArns: [TASK_ROLE] });
    assert.doesNotMatch(String(only(sent, KEY).inputs.policy), /web-task/);
    const required = JSON.parse(String(outputs.requiredKeyPolicyStatements)) as Record<string, readonly Statement[]>;
    assert.match(JSON.stringify(required[OTHER_KEY]), /web-task/);
  });
});

describe("EBS volumes", () => {
  it("share the cluster's key with the roles that are named", async () => {
    const { sent, outputs } = await make({ volumeRoleArns: [VOLUME_ROLE] });
    assert.deepEqual(configurationOf(sent).managedStorageConfiguration, {
      fargateEphemeralStorageKmsKeyId: KEY_ARN,
      kmsKeyId: KEY_ARN,
    });
    assert.match(String(only(sent, KEY).inputs.policy), /"VolumesCreateGrant"/);
    assert.equal(outputs.requiredKeyPolicyStatements, "{}");
  });

  it("have a key of their own when one is given, whose statements are told", async () => {
    const { sent, outputs } = await make({ volumeRoleArns: [VOLUME_ROLE], volumeKeyArn: OTHER_KEY });
    const storage = configurationOf(sent).managedStorageConfiguration as Record<string, unknown>;
    assert.deepEqual(storage, { fargateEphemeralStorageKmsKeyId: KEY_ARN, kmsKeyId: OTHER_KEY });
    assert.doesNotMatch(String(only(sent, KEY).inputs.policy), /Volumes/);
    const required = JSON.parse(String(outputs.requiredKeyPolicyStatements)) as Record<
      string,
      readonly { Sid: string }[]
    >;
    assert.deepEqual(
      required[OTHER_KEY]?.map(({ Sid }) => Sid),
      ["VolumesDescribeKey", "VolumesGenerateDataKey", "VolumesCreateGrant"],
    );
  });

  it("are refused a role that is none", async () => {
    const args = { volumeRoleArns: [`arn:aws:sts::${ACCOUNT}:assumed-role/ecs/x`] };
    const message = /volumeRoleArns\[0\] is .*: that is one session of a role, give the role's ARN/;
    await refusesAtOnce(() => new EncryptedFargateCluster("orders", args), message);
  });
});

describe("what else a cluster takes", () => {
  it("is passed on", async () => {
    const namespace = `arn:aws:servicediscovery:${REGION}:${ACCOUNT}:namespace/ns-x`;
    const { sent } = await make({
      serviceConnectNamespace: namespace,
      containerInsights: pulumi.output("enhanced"),
      settings: [{ name: "another", value: "on" }],
      defaultCapacityProviderStrategies: [
        { capacityProvider: "FARGATE", base: 1, weight: 1 },
        { capacityProvider: "FARGATE_SPOT", weight: pulumi.output(3) },
      ],
    });
    const { serviceConnectDefaults, settings } = only(sent, CLUSTER).inputs;
    assert.deepEqual(serviceConnectDefaults, { namespace });
    assert.deepEqual(settings, [
      { name: "containerInsights", value: "enhanced" },
      { name: "another", value: "on" },
    ]);
    const providers = only(sent, "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders");
    assert.deepEqual(providers.inputs.defaultCapacityProviderStrategies, [
      { capacityProvider: "FARGATE", base: 1, weight: 1 },
      { capacityProvider: "FARGATE_SPOT", weight: 3 },
    ]);
  });
});
