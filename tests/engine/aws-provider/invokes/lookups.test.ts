// aws:kms/getKey and aws:ecs/getCluster: what they call, what they answer, and the words of their errors.

import assert from "node:assert/strict";
import { type ProviderSession, REGION, startSession } from "../session/provider-session";
import { urn } from "../session/urn";

const GET_KEY = "aws:kms/getKey:getKey";
const GET_CLUSTER = "aws:ecs/getCluster:getCluster";
const KEY = urn("aws:kms/key:Key");
const CLUSTER = urn("aws:ecs/cluster:Cluster");
const ABSENT = "11111111-2222-3333-4444-555555555555";

describe("the test provider's lookups", () => {
  let session: ProviderSession;
  beforeEach(async () => {
    session = await startSession();
  });
  afterEach(() => session.close());

  it("getKey describes the key and does nothing else", async () => {
    const made = await session.provider.make(KEY, { description: "pay" });
    session.calls();
    const key = await session.provider.invoke(GET_KEY, { keyId: made.state.arn ?? "" });
    assert.deepEqual(session.calls(), ["kms:DescribeKey"]);
    const { keyState, keyManager, keySpec, keyUsage, origin, enabled, multiRegion, description, region } = key;
    assert.deepEqual(
      { keyState, keyManager, keySpec, keyUsage, origin, enabled, multiRegion, description, region },
      {
        keyState: "Enabled",
        keyManager: "CUSTOMER",
        keySpec: "SYMMETRIC_DEFAULT",
        keyUsage: "ENCRYPT_DECRYPT",
        origin: "AWS_KMS",
        enabled: true,
        multiRegion: false,
        description: "pay",
        region: REGION,
      },
    );
    assert.deepEqual([key.id, key.keyId, key.deletionDate], [made.id, made.state.arn, ""]);
    assert.match(String(key.creationDate), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it("getKey finds a key that waits for its deletion", async () => {
    const made = await session.provider.make(KEY, {});
    await session.provider.delete(KEY, made);
    const key = await session.provider.invoke(GET_KEY, { keyId: made.id });
    assert.deepEqual([key.keyState, key.enabled], ["PendingDeletion", false]);
    assert.match(String(key.deletionDate), /Z$/);
  });

  it("getKey looks where it is told, and says when there is no such key", async () => {
    const far = await session.provider.make(KEY, { region: "eu-central-1" });
    const arn = String(far.state.arn);
    const found = await session.provider.invoke(GET_KEY, { keyId: arn, region: "eu-central-1" });
    assert.equal(found.arn, arn);
    for (const keyId of [arn, ABSENT]) {
      await assert.rejects(session.provider.invoke(GET_KEY, { keyId }), (error: Error) =>
        error.message.includes(`reading KMS Key (${keyId}): couldn't find resource`),
      );
    }
  });

  it("getCluster answers by name and by ARN", async () => {
    const settings = [{ name: "containerInsights", value: "enhanced" }];
    const made = await session.provider.make(CLUSTER, { name: "pay", settings, tags: { team: "pay" } });
    session.calls();
    for (const clusterName of ["pay", made.id]) {
      const cluster = await session.provider.invoke(GET_CLUSTER, { clusterName });
      assert.deepEqual(session.calls(), ["ecs:DescribeClusters"]);
      assert.deepEqual(cluster, {
        arn: made.id,
        clusterName,
        id: made.id,
        pendingTasksCount: 0,
        region: REGION,
        registeredContainerInstancesCount: 0,
        runningTasksCount: 0,
        serviceConnectDefaults: [],
        settings,
        status: "ACTIVE",
        tags: { team: "pay" },
      });
    }
  });

  it("getCluster tells a cluster that never was from one that was deleted", async () => {
    const made = await session.provider.make(CLUSTER, { name: "gone" });
    await session.provider.delete(CLUSTER, made);
    const asked = (clusterName: string) => session.provider.invoke(GET_CLUSTER, { clusterName });
    const message = (name: string, said: string) =>
      `2 UNKNOWN: invoking ${GET_CLUSTER}: 1 error occurred:\n\t* reading ECS Cluster (${name}): ${said}\n\n`;
    await assert.rejects(asked("ghost"), { message: message("ghost", "empty result") });
    await assert.rejects(asked("gone"), { message: message("gone", "INACTIVE") });
  });
});
