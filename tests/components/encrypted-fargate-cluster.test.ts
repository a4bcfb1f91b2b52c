import assert from "node:assert/strict";
import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedFargateCluster } from "../../components/encrypted-fargate-cluster";
import type { EncryptedFargateClusterArgs } from "../../components/encrypted-fargate-cluster-args";
import { redeployOnKeyChange } from "../../components/redeploy-on-key-change";
import {
  ACCOUNT,
  KEY_ARN,
  KEY_ID,
  only,
  outputsOf,
  REGION,
  record,
  refusesAtOnce,
  UNKNOWN,
  type World,
} from "./recorded-program";

const CLUSTER = "aws:ecs/cluster:Cluster";
const KEY = "aws:kms/key:Key";
const PROVIDERS = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
const CLUSTER_ARN = `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/shop_prod_orders`;

function make(args?: EncryptedFargateClusterArgs, world?: World) {
  return record(() => outputsOf(new EncryptedFargateCluster("orders", args)), world);
}

describe("EncryptedFargateCluster", () => {
  it("makes a key, a cluster and its capacity providers, and nothing else", async () => {
    const { sent } = await make();
    assert.deepEqual(sent.map(({ type, name }) => `${type} ${name}`).toSorted(), [
      `${CLUSTER} orders-cluster`,
      `${PROVIDERS} orders-capacity-providers`,
      `${KEY} orders-storage-key`,
      "fargate-cmk:index:EncryptedFargateCluster orders",
      "fargate-cmk:index:EphemeralStorageKey orders-storage",
    ]);
  });

  it("sends the cluster its fixed name and its key's ARN, and not a word about what was not asked for", async () => {
    const { sent } = await make();
    assert.deepEqual(only(sent, CLUSTER).inputs, {
      name: "shop_prod_orders",
      configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: KEY_ARN } },
      settings: [{ name: "containerInsights", value: "enabled" }],
    });
    assert.deepEqual(only(sent, PROVIDERS).inputs, {
      clusterName: "shop_prod_orders",
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
      defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }],
    });
  });

  it("names exactly this cluster in the key's policy", async () => {
    const { sent } = await make({ clusterName: pulumi.output("web") });
    const policy = String(only(sent, KEY).inputs.policy);
    assert.equal(policy.match(/"kms:EncryptionContext:aws:ecs:clusterName":\["web"\]/g)?.length, 2);
    assert.doesNotMatch(policy, /logs\.|ec2\./);
    assert.equal(only(sent, CLUSTER).inputs.name, "web");
  });

  it("gives everything its place, its order and its protection", async () => {
    const { sent } = await make({ region: "eu-north-1", tags: { team: "payments" } });
    const [key, cluster, providers] = [only(sent, KEY), only(sent, CLUSTER), only(sent, PROVIDERS)];
    assert.deepEqual([key.protect, cluster.protect, providers.protect], [true, false, false]);
    assert.match(cluster.parent, /EncryptedFargateCluster::orders$/);
    assert.match(key.parent, /EphemeralStorageKey::orders-storage$/);
    assert.ok(cluster.dependencies.includes("orders-storage-key"), String(cluster.dependencies));
    assert.deepEqual(providers.dependencies, ["orders-cluster"]);
    for (const one of [key, cluster, providers]) assert.equal(one.inputs.region, "eu-north-1", one.name);
    assert.deepEqual(cluster.inputs.tags, { team: "payments" });
    assert.equal((key.inputs.tags as Record<string, string>).team, "payments");
  });

  it("passes the key's own settings on", async () => {
    const operator = `arn:aws:iam::${ACCOUNT}:role/platform`;
    const { sent } = await make({
      aliasName: "orders",
      description: "ours",
      deletionWindowInDays: 14,
      rotationPeriodInDays: 180,
      clusterOperatorArns: [operator],
      protect: false,
    });
    const key = only(sent, KEY);
    const { description, deletionWindowInDays, rotationPeriodInDays, policy } = key.inputs;
    assert.deepEqual([description, deletionWindowInDays, rotationPeriodInDays, key.protect], ["ours", 14, 180, false]);
    assert.match(String(policy), new RegExp(operator));
    assert.equal(only(sent, "aws:kms/alias:Alias").inputs.name, "alias/orders");
  });

  it("answers with ARNs and triggers once all is there", async () => {
    const { outputs } = await make();
    assert.deepEqual(outputs, {
      clusterArn: CLUSTER_ARN,
      clusterName: "shop_prod_orders",
      keyArn: KEY_ARN,
      redeployTriggers: { ephemeralStorageKey: KEY_ARN },
      executeCommandLogGroupName: undefined,
      requiredKeyPolicyStatements: "{}",
    });
  });

  for (const output of ["clusterArn", "clusterName", "keyArn"] as const) {
    it(`lets a service that uses ${output} wait for cluster and capacity providers, and so for the key`, async () => {
      const { sent } = await record(() => {
        const cluster = new EncryptedFargateCluster("orders");
        return { urn: new ecs.Service("api", { cluster: cluster[output], taskDefinition: "api:1" }).urn };
      });
      const { dependencies } = only(sent, "aws:ecs/service:Service");
      for (const name of ["orders-cluster", "orders-capacity-providers"]) {
        assert.ok(dependencies.includes(name), `${name} is not among ${dependencies}`);
      }
      assert.ok(only(sent, CLUSTER).dependencies.includes("orders-storage-key"));
    });
  }

  it("triggers a service's redeployment from what the cluster answered, not from what the key is", async () => {
    // A bare id is what ECS answers for a cluster that somebody has given one.
    const answered = KEY_ID;
    const { sent } = await record(
      () => {
        const cluster = new EncryptedFargateCluster("orders");
        const args = { ...redeployOnKeyChange(cluster), cluster: cluster.clusterArn, taskDefinition: "api:1" };
        return { urn: new ecs.Service("api", args).urn };
      },
      { answer: (type) => (type === CLUSTER ? { configuration: configurationWith(answered) } : {}) },
    );
    const { forceNewDeployment, triggers } = only(sent, "aws:ecs/service:Service").inputs;
    assert.deepEqual([forceNewDeployment, triggers], [true, { ephemeralStorageKey: answered }]);
  });

  for (const [title, key] of [
    ["another key", KEY_ARN.replace("1234abcd", "ffffffff")],
    ["no key", undefined],
  ] as const) {
    it(`refuses a cluster that came back with ${title} than was asked for`, async () => {
      await assert.rejects(
        make({}, { answer: (type) => (type === CLUSTER ? { configuration: configurationWith(key) } : {}) }),
        /EncryptedFargateCluster|the cluster \S+shop_prod_orders has .* under ephemeral storage, not/,
      );
    });
  }

  it("refuses a cluster that was created under another name than the key's policy has", async () => {
    const other = CLUSTER_ARN.replace("shop_prod_orders", "other");
    await assert.rejects(
      make({}, { answer: (type) => (type === CLUSTER ? { arn: other, name: "other" } : {}) }),
      /the cluster is "other", but the key policy names "shop_prod_orders"/,
    );
  });

  it("knows its cluster's ARN while a new key is in the making: no service has to be replaced in that preview", async () => {
    const answer = (type: string) => (type === CLUSTER ? { arn: CLUSTER_ARN } : {});
    const { outputs } = await make({}, { preview: true, answer });
    const { clusterArn, clusterName, keyArn } = outputs;
    assert.deepEqual([clusterArn, clusterName, keyArn], [CLUSTER_ARN, "shop_prod_orders", undefined]);
  });

  it("refuses in the first preview a transform that renames the cluster", async () => {
    await assert.rejects(
      make({}, { preview: true, answer: (type) => (type === CLUSTER ? { name: "other" } : {}) }),
      /the cluster is "other", but the key policy names "shop_prod_orders"/,
    );
  });

  it("derives different names for clusters of one name in components of different types", async () => {
    const { sent } = await record(() => {
      for (const type of ["acme:index:Shop", "acme:index:Store"]) {
        const parent = new pulumi.ComponentResource(type, "around");
        new EncryptedFargateCluster("orders", {}, { parent });
      }
      return {};
    });
    const names = sent.filter(({ type }) => type === CLUSTER).map(({ inputs }) => inputs.name);
    assert.equal(new Set(names).size, 2);
  });

  for (const [argument, value, remedy] of [
    ["executeCommandLogging", pulumi.output(true), "give true or false itself"],
    ["executeCommandLogging", "true", "give true or false itself"],
    ["protect", pulumi.output(false), "give true or false itself"],
    ["aliasName", pulumi.output("orders"), "give the text itself"],
  ] as const) {
    it(`refuses ${typeof value === "string" ? "a text" : "an output"} for ${argument}, which decides about resources`, async () => {
      const args = { [argument]: value } as EncryptedFargateClusterArgs;
      const message = new RegExp(`^Error: ${argument} is .*: ${remedy}`);
      await refusesAtOnce(() => new EncryptedFargateCluster("orders", args), message);
    });
  }

  it("shows in the first preview that a key is wired, with its ARN unknown", async () => {
    const { sent, outputs } = await make({}, { preview: true });
    assert.deepEqual(only(sent, CLUSTER).inputs, {
      name: "shop_prod_orders",
      configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: UNKNOWN } },
      settings: [{ name: "containerInsights", value: "enabled" }],
    });
    assert.match(String(only(sent, KEY).inputs.policy), /"shop_prod_orders"/);
    assert.equal(outputs.clusterArn, undefined);
  });

  it("makes no aliases and ignores no changes", async () => {
    const { sent } = await make();
    for (const one of sent) assert.deepEqual([one.name, one.aliases, one.ignoreChanges], [one.name, [], []]);
  });

  for (const [title, args, message] of [
    ["a cluster's ARN for a name", { clusterName: CLUSTER_ARN }, /clusterName is "arn:.*": give the name alone/],
    [
      "insights of no kind",
      { containerInsights: "yes" },
      /containerInsights is "yes": give enabled, enhanced, disabled/,
    ],
    [
      "Container Insights among the other settings",
      { settings: [{ name: "containerInsights", value: "disabled" }] },
      /settings is .*: Container Insights has its own argument/,
    ],
    [
      "capacity that the cluster does not have",
      { defaultCapacityProviderStrategies: [{ capacityProvider: "EC2", weight: 1 }] },
      /defaultCapacityProviderStrategies\[0\]\.capacityProvider is "EC2": give FARGATE or FARGATE_SPOT/,
    ],
    [
      "two bases",
      {
        defaultCapacityProviderStrategies: ["FARGATE", "FARGATE_SPOT"].map((capacityProvider) => ({
          capacityProvider,
          base: 1,
        })),
      },
      /only one part may have a base/,
    ],
    [
      "a strategy without weight",
      { defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE" }] },
      /give at least one part a weight above 0/,
    ],
  ] as const satisfies readonly (readonly [string, EncryptedFargateClusterArgs, RegExp])[]) {
    it(`refuses ${title} at once`, async () => {
      await refusesAtOnce(() => new EncryptedFargateCluster("orders", args), message);
    });
  }
});

function configurationWith(keyArn: string | undefined) {
  return { managedStorageConfiguration: keyArn === undefined ? {} : { fargateEphemeralStorageKmsKeyId: keyArn } };
}
