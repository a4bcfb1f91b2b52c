import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { EphemeralStorageKey, type EphemeralStorageKeyArgs } from "../../components/ephemeral-storage-key";
import {
  ACCOUNT,
  DEPLOYER,
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

const KEY = "aws:kms/key:Key";
const ALIAS = "aws:kms/alias:Alias";
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/deployer/ci-4711`;

function make(args: EphemeralStorageKeyArgs, world?: World, opts?: pulumi.ComponentResourceOptions) {
  return record(() => outputsOf(new EphemeralStorageKey("orders", args, opts)), world);
}

describe("EphemeralStorageKey", () => {
  it("makes one key and nothing else, with the safest setting wherever none is given", async () => {
    const { sent, outputs } = await make({ clusterNames: ["orders"] });
    assert.deepEqual(
      sent.map(({ type, name }) => `${type} ${name}`),
      ["fargate-cmk:index:EphemeralStorageKey orders", `${KEY} orders-key`],
    );
    const { policy, ...inputs } = only(sent, KEY).inputs;
    assert.deepEqual(inputs, {
      description: "Ephemeral storage of Amazon ECS tasks on AWS Fargate",
      keyUsage: "ENCRYPT_DECRYPT",
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      multiRegion: false,
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      deletionWindowInDays: 30,
      tags: { "fargate-cmk:purpose": "ephemeral-storage" },
    });
    assert.deepEqual(sidsOf(policy), ["AccountAdministration", "FargateGenerateDataKey", "FargateCreateGrant"]);
    const { keyPolicy, ...others } = outputs;
    assert.deepEqual(others, {
      keyArn: KEY_ARN,
      keyId: KEY_ID,
      aliasName: undefined,
      requiredKeyPolicyStatements: "{}",
    });
    assert.equal(keyPolicy, policy);
  });

  it("protects the key and hangs it under itself", async () => {
    const { sent } = await make({ clusterNames: ["orders"] });
    const key = only(sent, KEY);
    assert.equal(key.protect, true);
    assert.match(key.parent, /fargate-cmk:index:EphemeralStorageKey::orders$/);
    assert.deepEqual([key.aliases, key.ignoreChanges, key.provider], [[], [], ""]);
    assert.equal(only(sent, "fargate-cmk:index:EphemeralStorageKey").protect, false);
  });

  it("leaves the key unprotected only when told to", async () => {
    assert.equal(only((await make({ clusterNames: ["orders"], protect: false })).sent, KEY).protect, false);
  });

  it("makes an alias when asked, with or without its prefix, after the key", async () => {
    for (const aliasName of ["orders/storage", "alias/orders/storage"]) {
      const { sent, outputs } = await make({ clusterNames: ["orders"], aliasName, region: "eu-north-1" });
      const alias = only(sent, ALIAS);
      assert.deepEqual(alias.inputs, { name: "alias/orders/storage", targetKeyId: KEY_ID, region: "eu-north-1" });
      assert.deepEqual([alias.name, alias.dependencies], ["orders-alias", ["orders-key"]]);
      assert.equal(outputs.aliasName, "alias/orders/storage");
    }
  });

  it("sends what is asked for in place of the defaults", async () => {
    const { sent } = await make({
      clusterNames: pulumi.output(["a", "b"]),
      clusterOperatorArns: [`arn:aws:iam::${ACCOUNT}:role/platform`],
      description: "ours",
      deletionWindowInDays: pulumi.output(7),
      rotationPeriodInDays: 90,
      region: "eu-north-1",
      tags: { team: pulumi.output("payments") },
      logGroupNames: ["/ecs/exec/a"],
    });
    const { policy, description, deletionWindowInDays, rotationPeriodInDays, region, tags } = only(sent, KEY).inputs;
    assert.deepEqual([description, deletionWindowInDays, rotationPeriodInDays, region], ["ours", 7, 90, "eu-north-1"]);
    assert.deepEqual(tags, { team: "payments", "fargate-cmk:purpose": "ephemeral-storage" });
    assert.ok(sidsOf(policy).includes("ClusterOperatorsDescribeKey"));
    assert.match(String(policy), /logs\.eu-north-1\.amazonaws\.com/);
  });

  it("names administrators in place of the account, and knows who deploys by the role behind the session", async () => {
    const { sent } = await make({ clusterNames: ["orders"], administratorArns: [DEPLOYER] }, { caller: SESSION });
    const { policy } = only(sent, KEY).inputs;
    assert.deepEqual(sidsOf(policy), ["NamedAdministrators", "FargateGenerateDataKey", "FargateCreateGrant"]);
    assert.doesNotMatch(String(policy), /:root/);
  });

  it("refuses administrators without the one who deploys, before the key is sent", async () => {
    const others = [`arn:aws:iam::${ACCOUNT}:role/security`];
    await assert.rejects(
      make({ clusterNames: ["orders"], administratorArns: others }, { caller: SESSION }),
      /administratorArns is \["arn:aws:iam::111122223333:role\/security"\]: who deploys, .*deployer/,
    );
  });

  it("uses the partition of the provider", async () => {
    const { sent } = await make({ clusterNames: ["orders"] }, { partition: "aws-us-gov", region: "us-gov-west-1" });
    assert.match(String(only(sent, KEY).inputs.policy), /arn:aws-us-gov:iam::111122223333:root/);
  });

  it("sends no policy at all, instead of a wrong one, while a cluster's name is unknown", async () => {
    const { sent } = await record(
      () => {
        const other = new EphemeralStorageKey("other", { clusterNames: ["other"] });
        return outputsOf(new EphemeralStorageKey("orders", { clusterNames: ["orders", other.keyId] }));
      },
      { preview: true },
    );
    const key = sent.find(({ name }) => name === "orders-key");
    assert.equal(key?.inputs.policy, UNKNOWN);
  });

  for (const [title, args, message] of MISTAKES()) {
    it(`refuses ${title}, at once and out of an Input alike`, async () => {
      await refusesAtOnce(() => new EphemeralStorageKey("orders", args(plainly)), message);
      await assert.rejects(make(args(later)), message);
    });
  }

  it("refuses an alias of AWS's own", async () => {
    const component = () => new EphemeralStorageKey("orders", { clusterNames: ["orders"], aliasName: "alias/aws/ecs" });
    await refusesAtOnce(component, /aliasName is "alias\/aws\/ecs": alias\/aws\/ is reserved/);
  });

  it("takes its provider from whoever made it, for the key and for every question", async () => {
    const { sent, asked } = await record(() => {
      const provider = new ProviderResource(REGION);
      return outputsOf(new EphemeralStorageKey("orders", { clusterNames: ["orders"] }, { providers: [provider] }));
    });
    const ours = /pulumi:providers:aws::eu-west-1/;
    assert.match(only(sent, KEY).provider, ours);
    assert.deepEqual(asked.map(({ token }) => token.split(":").at(-1)).toSorted(), [
      "getCallerIdentity",
      "getPartition",
      "getRegion",
    ]);
    for (const { token, provider } of asked) assert.match(provider, ours, token);
  });
});

class ProviderResource extends pulumi.ProviderResource {
  constructor(region: string) {
    super("aws", region, { region });
  }
}

type Wrap = <Value>(value: Value) => pulumi.Input<Value>;
const plainly: Wrap = (value) => value as pulumi.Input<typeof value>;
const later: Wrap = (value) => pulumi.output(value) as unknown as pulumi.Input<typeof value>;

function MISTAKES(): readonly (readonly [string, (wrap: Wrap) => EphemeralStorageKeyArgs, RegExp])[] {
  const clusterNames = ["orders"];
  return [
    [
      "no cluster",
      (wrap) => ({ clusterNames: wrap<string[]>([]) }),
      /clusterNames is \[\]: give a list with the name of at least one cluster/,
    ],
    [
      "a cluster's ARN, and says its name",
      (wrap) => ({ clusterNames: wrap([`arn:aws:ecs:eu-west-1:${ACCOUNT}:cluster/web`]) }),
      /clusterNames\[0\] is "arn:aws:ecs:.*": give the name alone, "web", not the ARN/,
    ],
    [
      "a pattern",
      (wrap) => ({ clusterNames: wrap(["ok", "web*"]) }),
      /clusterNames\[1\] is "web\*": a cluster's name has/,
    ],
    [
      "a deletion window of a day",
      (wrap) => ({ clusterNames, deletionWindowInDays: wrap(1) }),
      /deletionWindowInDays is 1: KMS takes 7 to 30 whole days/,
    ],
    [
      "a rotation every week",
      (wrap) => ({ clusterNames, rotationPeriodInDays: wrap(7) }),
      /rotationPeriodInDays is 7: KMS takes 90 to 2560 whole days/,
    ],
    [
      "an empty list of administrators",
      (wrap) => ({ clusterNames, administratorArns: wrap<string[]>([]) }),
      /administratorArns is \[\]: list at least one role or user/,
    ],
    [
      "another value for the purpose tag",
      (wrap) => ({ clusterNames, tags: wrap({ "fargate-cmk:purpose": "else" }) }),
      /tags\["fargate-cmk:purpose"\] is "else"/,
    ],
    [
      "a log group with a wildcard",
      (wrap) => ({ clusterNames, logGroupNames: wrap(["/ecs/*"]) }),
      /logGroupNames\[0\] is "\/ecs\/\*"/,
    ],
  ];
}

function sidsOf(policy: unknown): readonly string[] {
  const { Statement } = JSON.parse(String(policy)) as { readonly Statement: readonly { readonly Sid: string }[] };
  return Statement.map(({ Sid }) => Sid);
}
