// aws:ecs/cluster:Cluster over gRPC, with its calls held against what the official provider was seen to call.

import assert from "node:assert/strict";
import { type ClusterConfiguration, ECSClient, UpdateClusterCommand } from "@aws-sdk/client-ecs";
import { type PropertyMap, UNKNOWN } from "../../property-values";
import type { Made } from "../../session/provider-client";
import { ACCOUNT, type ProviderSession, REGION, startSession } from "../../session/provider-session";
import { urn } from "../../session/urn";

const CLUSTER = urn("aws:ecs/cluster:Cluster");
const KEY = urn("aws:kms/key:Key");
const INCLUDE = ["TAGS", "CONFIGURATIONS", "SETTINGS"];

describe("the test provider's ECS cluster", () => {
  let session: ProviderSession;
  let key: Made;
  beforeEach(async () => {
    session = await startSession();
    key = await session.provider.make(KEY, {});
    session.calls();
  });
  afterEach(() => session.close());

  const storage = (made: Made = key) => ({ fargateEphemeralStorageKmsKeyId: String(made.state.arn) });
  const keyed = (made: Made = key) => ({ name: "pay", configuration: { managedStorageConfiguration: storage(made) } });

  it("is previewed with the key unknown, and with its ARN unknown", async () => {
    const unknown: PropertyMap = { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: UNKNOWN } };
    const { inputs, failures } = await session.provider.check(CLUSTER, { name: "pay", configuration: unknown });
    assert.deepEqual(failures, []);
    const { state } = await session.provider.create(CLUSTER, inputs, true);
    assert.deepEqual(state.configuration, unknown);
    assert.deepEqual([state.arn, state.settings, state.region], [UNKNOWN, UNKNOWN, REGION]);
    assert.deepEqual(session.calls(), []);
  });

  it("is created with its whole configuration, and read twice", async () => {
    const made = await session.provider.make(CLUSTER, { ...keyed(), tags: { team: "pay" } });
    const calls = session.recorded();
    const clusterArn = `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/pay`;
    assert.deepEqual(calls, [
      {
        name: "ecs:CreateCluster",
        input: {
          clusterName: "pay",
          configuration: { managedStorageConfiguration: storage() },
          tags: [{ key: "team", value: "pay" }],
        },
      },
      { name: "ecs:DescribeClusters", input: { clusters: [clusterArn], include: INCLUDE } },
      { name: "ecs:DescribeClusters", input: { clusters: [clusterArn], include: INCLUDE } },
    ]);
    assert.deepEqual([made.id, made.state.arn, made.state.name], [clusterArn, clusterArn, "pay"]);
    assert.equal((await session.provider.diff(CLUSTER, made, made.inputs)).changes, false);
  });

  it("sends the whole configuration for another key, and does not read it back", async () => {
    const made = await session.provider.make(CLUSTER, { ...keyed(), settings: insights("enabled") });
    const other = await session.provider.make(urn("aws:kms/key:Key", "other"), {});
    session.calls();
    const program = { ...keyed(other), settings: insights("enabled") };
    const changed = await session.provider.change(CLUSTER, made, program);
    const calls = session.recorded();
    assert.deepEqual(calls, [
      {
        name: "ecs:UpdateCluster",
        input: {
          cluster: made.id,
          configuration: { managedStorageConfiguration: storage(other) },
          settings: insights("enabled"),
        },
      },
      { name: "ecs:DescribeClusters", input: { clusters: [made.id], include: INCLUDE } },
      { name: "ecs:ListTagsForResource", input: { resourceArn: made.id } },
    ]);
    const { changes } = await session.provider.diff(CLUSTER, changed, changed.inputs);
    assert.equal(changes, false);
  });

  it("changes tags alone without an update of the cluster", async () => {
    const made = await session.provider.make(CLUSTER, { ...keyed(), tags: { a: "1", b: "2" } });
    session.calls();
    const changed = await session.provider.change(CLUSTER, made, { ...keyed(), tags: { a: "3" } });
    assert.deepEqual(session.calls(), ["ecs:UntagResource", "ecs:TagResource", "ecs:ListTagsForResource"]);
    assert.deepEqual([changed.state.tags, changed.state.tagsAll], [{ a: "3" }, { a: "3" }]);
  });

  it("leaves the key in place when the configuration goes from the program, and finds it again on refresh only", async () => {
    const made = await session.provider.make(CLUSTER, keyed());
    session.calls();
    const changed = await session.provider.change(CLUSTER, made, { name: "pay" });
    const [update] = session.recorded();
    assert.equal(update?.name, "ecs:UpdateCluster");
    assert.equal("configuration" in (update?.input ?? {}), false);
    assert.equal((await session.provider.diff(CLUSTER, changed, changed.inputs)).changes, false, "silent drift");
    const refreshed = await session.provider.read(CLUSTER, changed);
    assert.deepEqual((await session.provider.diff(CLUSTER, refreshed, changed.inputs)).paths, ["configuration"]);
  });

  it("keeps the old configuration of the state when AWS shows none", async () => {
    const made = await session.provider.make(CLUSTER, { name: "bare" });
    const claimed = { ...made, state: { ...made.state, configuration: { managedStorageConfiguration: storage() } } };
    const { state } = await session.provider.read(CLUSTER, claimed);
    assert.deepEqual(state.configuration, { managedStorageConfiguration: storage() });
  });

  it("maps the log configuration of execute command both ways", async () => {
    const logConfiguration = { s3BucketName: "logs", s3BucketEncryptionEnabled: true, cloudWatchLogGroupName: "exec" };
    const executeCommandConfiguration = { logging: "OVERRIDE", logConfiguration };
    const program = { name: "pay", configuration: { executeCommandConfiguration } };
    const made = await session.provider.make(CLUSTER, program);
    const sent = session.recorded()[0]?.input.configuration as ClusterConfiguration;
    assert.deepEqual(sent.executeCommandConfiguration, {
      logging: "OVERRIDE",
      logConfiguration: { s3BucketName: "logs", s3EncryptionEnabled: true, cloudWatchLogGroupName: "exec" },
    });
    assert.deepEqual(made.state.configuration, { executeCommandConfiguration });
    assert.equal((await session.provider.diff(CLUSTER, made, made.inputs)).changes, false);
  });

  it("sees on refresh a key that was taken away behind its back, unless that path is ignored", async () => {
    const made = await session.provider.make(CLUSTER, keyed());
    const ecs = new ECSClient({
      region: REGION,
      endpoint: session.simulator.endpoint,
      credentials: { accessKeyId: ACCOUNT, secretAccessKey: "any" },
    });
    const without = { executeCommandConfiguration: { logging: "NONE" as const } };
    await ecs.send(new UpdateClusterCommand({ cluster: "pay", configuration: without }));
    ecs.destroy();
    const refreshed = await session.provider.read(CLUSTER, made);
    const { paths } = await session.provider.diff(CLUSTER, refreshed, made.inputs);
    assert.deepEqual(paths, ["configuration.executeCommandConfiguration", "configuration.managedStorageConfiguration"]);
    const ignored = ["configuration.executeCommandConfiguration", "configuration.managedStorageConfiguration"];
    assert.equal((await session.provider.diff(CLUSTER, refreshed, made.inputs, ignored)).changes, false);
  });

  it("adopts an active cluster of the same name in silence", async () => {
    const first = await session.provider.make(CLUSTER, keyed());
    const second = await session.provider.make(urn("aws:ecs/cluster:Cluster", "again"), { name: "pay" });
    assert.equal(second.id, first.id);
  });

  it("is named after its resource and a suffix of the seed, and keeps that name", async () => {
    const { inputs } = await session.provider.check(CLUSTER, {}, { seed: "one" });
    assert.match(String(inputs.name), /^it-[0-9a-f]{7}$/);
    assert.deepEqual(inputs.__defaults, ["name"]);
    const again = await session.provider.check(CLUSTER, {}, { seed: "two", olds: inputs });
    assert.equal(again.inputs.name, inputs.name);
    const other = await session.provider.check(CLUSTER, {}, { seed: "two" });
    assert.notEqual(other.inputs.name, inputs.name);
  });

  it("is replaced for another name", async () => {
    const made = await session.provider.make(CLUSTER, keyed());
    const { inputs } = await session.provider.check(CLUSTER, { ...keyed(), name: "other" }, { olds: made.inputs });
    const { replaces, deleteBeforeReplace } = await session.provider.diff(CLUSTER, made, inputs);
    assert.deepEqual([replaces, deleteBeforeReplace], [["name"], false]);
  });

  it("is imported by its name, and by nothing else", async () => {
    const made = await session.provider.make(CLUSTER, keyed());
    session.calls();
    const imported = await session.provider.read(CLUSTER, { id: "pay" });
    assert.deepEqual(session.calls(), ["ecs:DescribeClusters"]);
    assert.equal(imported.id, made.id);
    const held = { ...storage(), __defaults: [] };
    assert.deepEqual(imported.inputs.configuration, { managedStorageConfiguration: held, __defaults: [] });
    assert.equal((await session.provider.read(CLUSTER, { id: made.id })).id, "");
    assert.equal((await session.provider.read(CLUSTER, { id: "ghost" })).id, "");
  });

  it("names the operation, the code and the cluster when AWS refuses the key", async () => {
    await session.provider.delete(KEY, key);
    await assert.rejects(session.provider.make(CLUSTER, keyed()), (error: Error) => {
      assert.match(
        error.message,
        /creating ECS Cluster \(pay\): operation error ECS: CreateCluster, .*, InvalidParameterException: Invalid fargate/,
      );
      return true;
    });
  });

  it("is deleted, and then gone", async () => {
    const made = await session.provider.make(CLUSTER, keyed());
    session.calls();
    await session.provider.delete(CLUSTER, made);
    assert.deepEqual(session.calls(), ["ecs:DeleteCluster", "ecs:DescribeClusters"]);
    assert.equal((await session.provider.read(CLUSTER, made)).id, "");
  });

  it("has capacity providers, put between reads", async () => {
    const providers = urn("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders");
    await session.provider.make(CLUSTER, keyed());
    session.calls();
    const defaultCapacityProviderStrategies = [{ capacityProvider: "FARGATE_SPOT", weight: 1 }];
    const program = {
      clusterName: "pay",
      capacityProviders: ["FARGATE_SPOT", "FARGATE"],
      defaultCapacityProviderStrategies,
    };
    const made = await session.provider.make(providers, program);
    const put = ["ecs:DescribeClusters", "ecs:PutClusterCapacityProviders"];
    assert.deepEqual(session.calls(), [...put, "ecs:DescribeClusters", "ecs:DescribeClusters"]);
    assert.equal(made.id, "pay");
    assert.equal((await session.provider.diff(providers, made, made.inputs)).changes, false);
    await session.provider.delete(providers, made);
    const [deletion] = session.recorded();
    assert.deepEqual(deletion?.input, {
      cluster: "pay",
      capacityProviders: [],
      defaultCapacityProviderStrategy: [],
    });
  });
});

function insights(value: string) {
  return [{ name: "containerInsights", value }];
}
