// A cluster that exists already: what is sent for it, what is left out, and which arguments would contradict it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedFargateCluster } from "../../components/encrypted-fargate-cluster";
import type { EncryptedFargateClusterArgs } from "../../components/encrypted-fargate-cluster-args";
import { accountStatement, fargateKeyPolicyStatements } from "../../domain/fargate-key-policy";
import {
  ACCOUNT,
  KEY_ARN,
  only,
  outputsOf,
  REGION,
  record,
  refusesAtOnce,
  type Sent,
  UNKNOWN,
  type World,
} from "./recorded-program";

const CLUSTER = "aws:ecs/cluster:Cluster";
const CLUSTER_ARN = `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/orders`;
const COMPONENT = "fargate-cmk:index:EncryptedFargateCluster";
const KEY = "aws:kms/key:Key";
const STORAGE_KEY = "fargate-cmk:index:EphemeralStorageKey";
const OTHER_KEY = KEY_ARN.replace("1234abcd", "aaaaaaaa");

function adopt(args: EncryptedFargateClusterArgs = {}, world?: World) {
  return record(() => outputsOf(new EncryptedFargateCluster("app", { adoptCluster: "orders", ...args })), world);
}

function typesOf(sent: readonly Sent[]): readonly string[] {
  return sent.map(({ type }) => type).toSorted();
}

describe("an adopted cluster", () => {
  it("is imported by its name with its key as the only thing that is said of it", async () => {
    const { sent } = await adopt();
    const { importId, inputs } = only(sent, CLUSTER);
    assert.equal(importId, "orders");
    assert.deepEqual(inputs, {
      name: "orders",
      configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: KEY_ARN } },
    });
  });

  it("keeps what it has, whatever Pulumi compares", async () => {
    const { sent } = await adopt();
    assert.deepEqual(only(sent, CLUSTER).ignoreChanges.toSorted(), [
      "configuration.executeCommandConfiguration",
      "configuration.managedStorageConfiguration.kmsKeyId",
      "serviceConnectDefaults",
      "settings",
      "tags",
      "tagsAll",
    ]);
  });

  it("stays in AWS when it leaves the stack, and so does the key that was made for it", async () => {
    const { sent } = await adopt();
    assert.equal(only(sent, CLUSTER).retainOnDelete, true);
    // The engine hands it down to the key and its alias.
    assert.equal(only(sent, STORAGE_KEY).retainOnDelete, true);
    assert.equal(only(sent, KEY).protect, true, "Pulumi refuses to let go of it all the same");
  });

  it("is the only one that stays: what is created is deleted with its stack", async () => {
    const { sent } = await record(() => outputsOf(new EncryptedFargateCluster("app")));
    assert.deepEqual(
      sent.filter(({ retainOnDelete, importId, ignoreChanges }) => retainOnDelete || importId || ignoreChanges[0]),
      [],
    );
  });

  it("comes with its key, and with neither capacity providers nor log group", async () => {
    const { sent } = await adopt();
    assert.deepEqual(typesOf(sent), [CLUSTER, KEY, COMPONENT, STORAGE_KEY]);
  });

  it("has a key whose policy names this cluster", async () => {
    const { sent } = await adopt();
    const policy = JSON.parse(String(only(sent, KEY).inputs.policy)) as { readonly Statement: readonly unknown[] };
    assert.deepEqual(policy.Statement, [
      accountStatement({ account: ACCOUNT }),
      ...fargateKeyPolicyStatements({ account: ACCOUNT, clusterNames: ["orders"] }),
    ]);
  });

  it("has the outputs that services use", async () => {
    const { outputs } = await adopt();
    assert.deepEqual(outputs, {
      clusterArn: CLUSTER_ARN,
      clusterName: "orders",
      keyArn: KEY_ARN,
      redeployTriggers: { ephemeralStorageKey: KEY_ARN },
      executeCommandLogGroupName: undefined,
      requiredKeyPolicyStatements: "{}",
    });
  });

  it("shows in its first preview that a key is wired, before there is one", async () => {
    const { sent } = await adopt({}, { preview: true });
    const { configuration } = only(sent, CLUSTER).inputs;
    assert.deepEqual(configuration, { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: UNKNOWN } });
  });

  it("takes a key that exists, and creates nothing", async () => {
    const keyPolicy = JSON.stringify({
      Version: "2012-10-17",
      Statement: fargateKeyPolicyStatements({ account: ACCOUNT, clusterNames: ["orders"] }),
    });
    const { sent } = await adopt({ existingKeyArn: OTHER_KEY, existingKeyPolicy: keyPolicy });
    assert.deepEqual(typesOf(sent), [CLUSTER, COMPONENT]);
    assert.deepEqual(only(sent, CLUSTER).inputs.configuration, {
      managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: OTHER_KEY },
    });
  });

  it("gives tags to its key alone", async () => {
    const { sent } = await adopt({ tags: { Team: "orders" } });
    assert.equal("tags" in only(sent, CLUSTER).inputs, false);
    assert.deepEqual((only(sent, KEY).inputs.tags as Record<string, string>).Team, "orders");
  });

  it("is refused when AWS answers with another cluster than was asked for", async () => {
    const answer = (type: string) =>
      type === CLUSTER ? { arn: CLUSTER_ARN.replace("/orders", "/others"), name: "others" } : {};
    await assert.rejects(adopt({}, { answer }), /the cluster is "others", but the key policy names "orders"/);
  });
});

/** Every argument that says something about a cluster which is created. */
const EXCLUSIVE: EncryptedFargateClusterArgs = {
  clusterName: "orders",
  containerInsights: "enabled",
  settings: [],
  defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }],
  executeCommandLogging: true,
  executeCommandLogRetentionInDays: 30,
  executeCommandKeyArn: OTHER_KEY,
  executeCommandRoleArns: [`arn:aws:iam::${ACCOUNT}:role/task`],
  volumeKeyArn: OTHER_KEY,
  volumeRoleArns: [`arn:aws:iam::${ACCOUNT}:role/volumes`],
  serviceConnectNamespace: `arn:aws:servicediscovery:${REGION}:${ACCOUNT}:namespace/ns-x`,
};

describe("beside adoptCluster", () => {
  for (const [argument, value] of Object.entries(EXCLUSIVE)) {
    it(`${argument} is refused before anything is asked for`, async () => {
      const message = new RegExp(`adoptCluster is "orders": it keeps what it has, so leave ${argument} out$`);
      const args = { adoptCluster: "orders", [argument]: value };
      await refusesAtOnce(() => new EncryptedFargateCluster("app", args), message);
    });
  }

  it("every other argument is one about the key, or is refused with its own reason", () => {
    const key = ["aliasName", "description", "administratorArns", "clusterOperatorArns", "deletionWindowInDays"];
    const existing = ["existingKeyArn", "existingKeyPolicy", "allowKeyOfAnotherAccount"];
    const known = [...key, "rotationPeriodInDays", "protect", ...existing, ...Object.keys(EXCLUSIVE)];
    assert.deepEqual([...known, "adoptCluster", "region", "tags"].toSorted(), argumentsInSchema());
  });

  it("region is refused, since an import looks where the provider does", async () => {
    const message = /region is "given": adoptCluster looks where the provider does, give it a provider of that Region/;
    const args = { adoptCluster: "orders", region: "eu-central-1" };
    await refusesAtOnce(() => new EncryptedFargateCluster("app", args), message);
  });
});

describe("adoptCluster", () => {
  for (const [title, value, message] of [
    ["an ARN", CLUSTER_ARN, /adoptCluster is "arn:.*": give the name alone, "orders", not the ARN/],
    ["an empty text", "", /adoptCluster is "": a cluster's name has 1 to 255 letters/],
    [
      "an output",
      pulumi.output("orders") as unknown as string,
      /adoptCluster is "not a plain value": give the text itself/,
    ],
  ] as const) {
    it(`as ${title} is refused`, async () => {
      await refusesAtOnce(() => new EncryptedFargateCluster("app", { adoptCluster: value }), message);
    });
  }
});

/** All inputs of the component, as other languages see them. */
function argumentsInSchema(): readonly string[] {
  const schema = JSON.parse(readFileSync("components/schema.json", "utf8")) as {
    readonly resources: Readonly<Record<string, { readonly inputProperties: Readonly<Record<string, unknown>> }>>;
  };
  const component = schema.resources["fargate-cmk:index:EncryptedFargateCluster"];
  return Object.keys(component?.inputProperties ?? {}).toSorted();
}
