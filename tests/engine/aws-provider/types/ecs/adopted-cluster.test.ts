// An ECS cluster that exists, imported and given a key: what is put back by `ignoreChanges` is sent as it was.
// The engine puts ignored inputs back before it asks, and names the paths to the provider besides; here only the latter is at work.

import assert from "node:assert/strict";
import { CreateClusterCommand, type CreateClusterCommandInput, ECSClient } from "@aws-sdk/client-ecs";
import type { PropertyMap } from "../../property-values";
import type { Made } from "../../session/provider-client";
import { ACCOUNT, type ProviderSession, REGION, startSession } from "../../session/provider-session";
import { urn } from "../../session/urn";

const CLUSTER = urn("aws:ecs/cluster:Cluster");
const IGNORED = [
  "configuration.executeCommandConfiguration",
  "configuration.managedStorageConfiguration.kmsKeyId",
  "serviceConnectDefaults",
  "settings",
  "tags",
];
const EXEC = { logging: "OVERRIDE", logConfiguration: { cloudWatchLogGroupName: "/exec" } } as const;
const NAMESPACE = { namespace: `arn:aws:servicediscovery:${REGION}:${ACCOUNT}:namespace/ns-pay` };

describe("a cluster that exists, imported into a program that gives it a key", () => {
  let session: ProviderSession;
  let key: Made;
  afterEach(() => session.close());

  const begin = async (cluster: CreateClusterCommandInput, defaultTags?: Readonly<Record<string, string>>) => {
    const configuration = defaultTags === undefined ? {} : { defaultTags: JSON.stringify({ tags: defaultTags }) };
    session = await startSession({ configuration });
    key = await session.provider.make(urn("aws:kms/key:Key"), {});
    const credentials = { accessKeyId: ACCOUNT, secretAccessKey: "any" };
    const ecs = new ECSClient({ region: REGION, endpoint: session.simulator.endpoint, credentials });
    await ecs.send(new CreateClusterCommand({ clusterName: "orders", ...cluster }));
    ecs.destroy();
    session.calls();
    return session.provider.read(CLUSTER, { id: "orders" });
  };
  const program = (): PropertyMap => {
    const managedStorageConfiguration = { fargateEphemeralStorageKmsKeyId: String(key.state.arn) };
    return { name: "orders", configuration: { managedStorageConfiguration } };
  };

  it("gets the key and keeps everything else, in one UpdateCluster, and is quiet then", async () => {
    const imported = await begin({
      configuration: { executeCommandConfiguration: EXEC, managedStorageConfiguration: { kmsKeyId: "volumes" } },
      settings: [{ name: "containerInsights", value: "enhanced" }],
      serviceConnectDefaults: NAMESPACE,
      tags: [{ key: "team", value: "pay" }],
      capacityProviders: ["FARGATE"],
    });
    session.calls();
    const adopted = await session.provider.change(CLUSTER, imported, program(), [...IGNORED, "tagsAll"]);
    const [update, ...others] = session.recorded();
    assert.deepEqual(update, {
      name: "ecs:UpdateCluster",
      input: {
        cluster: imported.id,
        configuration: {
          executeCommandConfiguration: EXEC,
          managedStorageConfiguration: { kmsKeyId: "volumes", fargateEphemeralStorageKmsKeyId: key.state.arn },
        },
        settings: [{ name: "containerInsights", value: "enhanced" }],
        serviceConnectDefaults: NAMESPACE,
      },
    });
    assert.deepEqual(
      others.map(({ name }) => name),
      ["ecs:DescribeClusters", "ecs:ListTagsForResource"],
    );
    const refreshed = await session.provider.read(CLUSTER, adopted);
    assert.deepEqual(refreshed.state.tags, { team: "pay" });
    const { inputs } = await session.provider.check(CLUSTER, program(), { olds: adopted.inputs });
    const quiet = await session.provider.diff(CLUSTER, refreshed, inputs, [...IGNORED, "tagsAll"]);
    assert.deepEqual(quiet.paths, []);
  });

  it("has in its inputs what says something, at every depth", async () => {
    const imported = await begin({ configuration: { executeCommandConfiguration: { logging: "DEFAULT" } } });
    assert.deepEqual(Object.keys(imported.inputs).toSorted(), ["__defaults", "name", "region", "settings"]);
    assert.deepEqual(imported.state.configuration, { executeCommandConfiguration: { logging: "DEFAULT" } });
    const { paths } = await session.provider.diff(CLUSTER, imported, program(), IGNORED);
    assert.deepEqual(paths, ["configuration.managedStorageConfiguration"]);
  });

  it("gets the provider's default tags unless all tags are ignored too", async () => {
    const imported = await begin({ tags: [{ key: "team", value: "pay" }] }, { owner: "platform" });
    const { inputs } = await session.provider.check(CLUSTER, { ...program(), tags: imported.inputs.tags ?? null });
    const withDefaults = await session.provider.diff(CLUSTER, imported, inputs, IGNORED);
    assert.deepEqual(withDefaults.paths, ["configuration", "tagsAll.owner"]);
    const without = await session.provider.diff(CLUSTER, imported, inputs, [...IGNORED, "tagsAll"]);
    assert.deepEqual(without.paths, ["configuration"]);
  });

  it("is read by get with a state as in a refresh: by name or ARN, where that state says, under the id that was given", async () => {
    const imported = await begin({});
    const far = await session.provider.make(CLUSTER, { name: "far", region: "eu-central-1" });
    for (const id of ["orders", imported.id]) {
      const got = await session.provider.read(CLUSTER, { id, state: { region: REGION } });
      assert.deepEqual([got.id, got.state.arn, got.state.name], [id, imported.id, "orders"]);
    }
    const got = await session.provider.read(CLUSTER, { id: "far", state: { region: "eu-central-1" } });
    assert.deepEqual([got.id, got.state.arn, got.state.region], ["far", far.id, "eu-central-1"]);
    assert.equal((await session.provider.read(CLUSTER, { id: "far", state: { region: REGION } })).id, "");
  });
});
