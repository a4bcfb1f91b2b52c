import assert from "node:assert/strict";
import * as ecs from "@aws-sdk/client-ecs";
import { CreateKeyCommand, type KMSClient } from "@aws-sdk/client-kms";
import { ACCOUNT, fargatePolicy, refusalOf, withAccount } from "./account";

const ARN = `arn:aws:ecs:eu-west-1:${ACCOUNT}:cluster/pay`;
const NAMESPACE = `arn:aws:servicediscovery:eu-west-1:${ACCOUNT}:namespace/ns-0123456789abcdef`;
const INSIGHTS: ecs.ClusterSetting = { name: "containerInsights", value: "enhanced" };
const EXEC: ecs.ClusterConfiguration = { executeCommandConfiguration: { logging: "DEFAULT" } };

describe("what the provider calls for an ecs.Cluster", () => {
  it("creates it with all that it can have, and reads every part back", () =>
    withAccount(async ({ ecs: client, kms }) => {
      const configuration = { ...EXEC, ...storageWith(await payKey(kms)) };
      await client.send(
        new ecs.CreateClusterCommand({
          clusterName: "pay",
          configuration,
          settings: [INSIGHTS],
          serviceConnectDefaults: { namespace: NAMESPACE },
          tags: [{ key: "team", value: "pay" }],
        }),
      );
      assert.deepEqual(await read(client), {
        clusterArn: ARN,
        clusterName: "pay",
        status: "ACTIVE",
        registeredContainerInstancesCount: 0,
        runningTasksCount: 0,
        pendingTasksCount: 0,
        activeServicesCount: 0,
        statistics: [],
        capacityProviders: [],
        defaultCapacityProviderStrategy: [],
        configuration,
        settings: [INSIGHTS],
        serviceConnectDefaults: { namespace: NAMESPACE },
        tags: [{ key: "team", value: "pay" }],
      });
    }));

  it("takes another key in place, and new tags", () =>
    withAccount(async ({ ecs: client, kms }) => {
      const configuration = storageWith(await payKey(kms));
      await client.send(
        new ecs.CreateClusterCommand({ clusterName: "pay", configuration, tags: [{ key: "a", value: "b" }] }),
      );
      await client.send(new ecs.TagResourceCommand({ resourceArn: ARN, tags: [{ key: "c", value: "d" }] }));
      await client.send(new ecs.UntagResourceCommand({ resourceArn: ARN, tagKeys: ["a"] }));
      const changed = storageWith(await payKey(kms));
      await client.send(new ecs.UpdateClusterCommand({ cluster: ARN, configuration: changed, settings: [INSIGHTS] }));
      const { tags } = await client.send(new ecs.ListTagsForResourceCommand({ resourceArn: ARN }));
      assert.deepEqual(tags, [{ key: "c", value: "d" }]);
      const cluster = await read(client);
      assert.deepEqual([cluster?.configuration, cluster?.settings, cluster?.tags], [changed, [INSIGHTS], tags]);
    }));

  for (const updateClusterMerge of [false, true]) {
    const what = updateClusterMerge ? "keeps the key where UpdateCluster merges" : "loses the key where it replaces";
    it(`${what} when the program drops managedStorageConfiguration and keeps the rest`, () =>
      withAccount(
        async ({ ecs: client, kms }) => {
          const storage = storageWith(await payKey(kms));
          await client.send(
            new ecs.CreateClusterCommand({ clusterName: "pay", configuration: { ...EXEC, ...storage } }),
          );
          await client.send(new ecs.UpdateClusterCommand({ cluster: ARN, configuration: EXEC }));
          const { configuration } = (await read(client)) ?? {};
          assert.deepEqual(configuration, updateClusterMerge ? { ...EXEC, ...storage } : EXEC);
        },
        { updateClusterMerge },
      ));
  }

  it("keeps the key when the program drops the whole configuration: nothing of it is sent", () =>
    withAccount(async ({ ecs: client, kms }) => {
      const configuration = storageWith(await payKey(kms));
      await client.send(new ecs.CreateClusterCommand({ clusterName: "pay", configuration }));
      await client.send(new ecs.UpdateClusterCommand({ cluster: ARN, settings: [INSIGHTS] }));
      assert.deepEqual((await read(client))?.configuration, configuration);
    }));

  it("drops the Service Connect defaults for an empty namespace", () =>
    withAccount(async ({ ecs: client }) => {
      const serviceConnectDefaults = { namespace: NAMESPACE };
      await client.send(new ecs.CreateClusterCommand({ clusterName: "pay", serviceConnectDefaults }));
      await client.send(new ecs.UpdateClusterCommand({ cluster: ARN, serviceConnectDefaults: { namespace: "" } }));
      assert.equal((await read(client))?.serviceConnectDefaults, undefined);
    }));

  it("adopts an active cluster of the same name as it is", () =>
    withAccount(async ({ ecs: client }) => {
      await client.send(new ecs.CreateClusterCommand({ clusterName: "pay", settings: [INSIGHTS] }));
      const { cluster } = await client.send(new ecs.CreateClusterCommand({ clusterName: "pay" }));
      assert.deepEqual([cluster?.clusterArn, cluster?.settings], [ARN, [INSIGHTS]]);
    }));

  it("is INACTIVE once deleted, MISSING later, and a fresh one when created again", () =>
    withAccount(async ({ ecs: client, pass }) => {
      await client.send(new ecs.CreateClusterCommand({ clusterName: "pay", settings: [INSIGHTS] }));
      await client.send(new ecs.DeleteClusterCommand({ cluster: ARN }));
      assert.equal((await read(client))?.status, "INACTIVE");
      const again = await refusalOf(client.send(new ecs.DeleteClusterCommand({ cluster: ARN })));
      assert.deepEqual([again.name, again.status], ["ClusterNotFoundException", 400]);
      pass(7_200);
      const { failures } = await client.send(new ecs.DescribeClustersCommand({ clusters: [ARN] }));
      assert.deepEqual(failures, [{ arn: ARN, reason: "MISSING" }]);
      await client.send(new ecs.CreateClusterCommand({ clusterName: "pay" }));
      const { status, settings } = (await read(client)) ?? {};
      assert.deepEqual([status, settings], ["ACTIVE", [{ name: "containerInsights", value: "disabled" }]]);
    }));
});

async function payKey(client: KMSClient): Promise<string> {
  const { KeyMetadata } = await client.send(new CreateKeyCommand({ Policy: fargatePolicy("pay") }));
  return String(KeyMetadata?.Arn);
}

function storageWith(fargateEphemeralStorageKmsKeyId: string): ecs.ClusterConfiguration {
  return { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId } };
}

/** The provider's READ. */
async function read(client: ecs.ECSClient): Promise<ecs.Cluster | undefined> {
  const include: ecs.ClusterField[] = ["TAGS", "CONFIGURATIONS", "SETTINGS"];
  const { clusters } = await client.send(new ecs.DescribeClustersCommand({ clusters: [ARN], include }));
  return clusters?.[0];
}
