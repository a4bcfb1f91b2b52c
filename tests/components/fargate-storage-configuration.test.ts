import assert from "node:assert/strict";
import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";
import { EphemeralStorageKey } from "../../components/ephemeral-storage-key";
import { fargateStorageConfiguration } from "../../components/fargate-storage-configuration";
import { redeployOnKeyChange } from "../../components/redeploy-on-key-change";
import { KEY_ARN, only, record, refusesAtOnce, UNKNOWN, type World } from "./recorded-program";

type Configuration = ReturnType<typeof fargateStorageConfiguration>;

async function sentConfiguration(configuration: () => Configuration, world?: World): Promise<unknown> {
  const { sent } = await record(() => ({ arn: new ecs.Cluster("c", { configuration: configuration() }).urn }), world);
  return only(sent, "aws:ecs/cluster:Cluster").inputs.configuration;
}

const EXEC = { logging: "OVERRIDE", logConfiguration: { cloudWatchLogGroupName: "/exec" } };

describe("fargateStorageConfiguration", () => {
  it("alone is the key and nothing else", async () => {
    assert.deepEqual(await sentConfiguration(() => fargateStorageConfiguration(KEY_ARN)), {
      managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: KEY_ARN },
    });
  });

  for (const [title, wrap] of [
    ["as plain values", (value: object) => value],
    ["as outputs", (value: object) => pulumi.output(value)],
    ["as promises", (value: object) => Promise.resolve(value)],
  ] as const) {
    it(`keeps what the configuration held, ${title}`, async () => {
      const rest = () => ({
        executeCommandConfiguration: wrap(EXEC),
        managedStorageConfiguration: wrap({ kmsKeyId: "ebs", fargateEphemeralStorageKmsKeyId: "old" }),
      });
      assert.deepEqual(await sentConfiguration(() => fargateStorageConfiguration(pulumi.output(KEY_ARN), rest())), {
        executeCommandConfiguration: EXEC,
        managedStorageConfiguration: { kmsKeyId: "ebs", fargateEphemeralStorageKmsKeyId: KEY_ARN },
      });
    });
  }

  it("shows a preview that a key is wired while its ARN is unknown", async () => {
    const configuration = () =>
      fargateStorageConfiguration(new EphemeralStorageKey("k", { clusterNames: ["c"] }).keyArn);
    assert.deepEqual(await sentConfiguration(configuration, { preview: true }), {
      managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: UNKNOWN },
    });
  });

  it("refuses an output for the rest, of which a spread would keep nothing", () => {
    const rest = pulumi.output({ executeCommandConfiguration: { logging: "OVERRIDE" } });
    assert.throws(
      () => fargateStorageConfiguration(KEY_ARN, rest),
      /^ArgumentError: rest is .*: give the block itself/,
    );
  });

  it("refuses an alias at once, and out of an Input with the same text", async () => {
    const message = /keyArn is "alias\/orders": an alias, not a key; give the key's ARN/;
    await refusesAtOnce(() => fargateStorageConfiguration("alias/orders"), message);
    await assert.rejects(
      sentConfiguration(() => fargateStorageConfiguration(pulumi.output("alias/orders"))),
      message,
    );
  });
});

describe("redeployOnKeyChange on a cluster in code", () => {
  async function sentService(configuration: Configuration | undefined, answered = configuration) {
    const { sent } = await record(
      () => {
        const cluster = new ecs.Cluster("c", { configuration });
        return { urn: new ecs.Service("s", redeployOnKeyChange(cluster)).urn };
      },
      {
        answer: (type) =>
          type === "aws:ecs/cluster:Cluster" && answered !== undefined ? { configuration: answered } : {},
      },
    );
    return only(sent, "aws:ecs/service:Service");
  }

  it("forces a deployment by the key that the cluster answered, after the cluster", async () => {
    const { inputs, dependencies } = await sentService({
      managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: KEY_ARN },
    });
    assert.deepEqual(inputs, { forceNewDeployment: true, triggers: { ephemeralStorageKey: KEY_ARN } });
    assert.deepEqual(dependencies, ["c"]);
  });

  it("has a trigger without a key too, so that the first key changes it", async () => {
    for (const configuration of [undefined, {}, { managedStorageConfiguration: { kmsKeyId: "ebs" } }]) {
      assert.deepEqual((await sentService(configuration)).inputs.triggers, { ephemeralStorageKey: "owned-by-aws" });
    }
  });
});
