import assert from "node:assert/strict";
import * as ecs from "@aws-sdk/client-ecs";
import { CreateKeyCommand } from "@aws-sdk/client-kms";
import { ACCOUNT, type Account, fargatePolicy, refusalOf, withAccount } from "./account";

const CLUSTER = `arn:aws:ecs:eu-west-1:${ACCOUNT}:cluster/pay`;
const NAMED = { cluster: CLUSTER, service: `arn:aws:ecs:eu-west-1:${ACCOUNT}:service/pay/hooked` };
const NETWORK: ecs.NetworkConfiguration = {
  awsvpcConfiguration: { subnets: ["subnet-1"], assignPublicIp: "DISABLED" },
};

const REQUEST: ecs.CreateTaskSetRequest = {
  ...NAMED,
  clientToken: "terraform-1",
  externalId: "release-7",
  launchType: "FARGATE",
  networkConfiguration: NETWORK,
  platformVersion: "1.4.0",
  scale: { unit: "PERCENT", value: 50 },
  tags: [{ key: "team", value: "pay" }],
  taskDefinition: `arn:aws:ecs:eu-west-1:${ACCOUNT}:task-definition/api:1`,
};

describe("what the provider calls for an ecs.TaskSet", () => {
  it("creates it in an EXTERNAL service, which has no task definition of its own, and reads it back with the key", () =>
    withAccount(async (account) => {
      const key = await prepare(account);
      const { services } = await account.ecs.send(
        new ecs.DescribeServicesCommand({ cluster: CLUSTER, services: ["hooked"] }),
      );
      assert.equal("taskDefinition" in (services?.[0] ?? {}), false);
      const id = await create(account);
      const shown = await read(account, id);
      assert.deepEqual(
        [shown?.status, shown?.externalId, shown?.launchType, shown?.platformVersion, shown?.taskDefinition],
        ["ACTIVE", "release-7", "FARGATE", "1.4.0", REQUEST.taskDefinition],
      );
      assert.deepEqual(
        [shown?.scale, shown?.computedDesiredCount, shown?.networkConfiguration, shown?.tags],
        [{ unit: "PERCENT", value: 50 }, 2, NETWORK, REQUEST.tags],
      );
      assert.deepEqual(shown?.fargateEphemeralStorage, { kmsKeyId: key });
    }));

  it("makes one task set of a request sent twice with the same token", () =>
    withAccount(async (account) => {
      await prepare(account);
      assert.equal(await create(account), await create(account));
      const { taskSets } = await account.ecs.send(new ecs.DescribeTaskSetsCommand(NAMED));
      assert.equal(taskSets?.length, 1);
    }));

  it("shows tags only when they are asked for", () =>
    withAccount(async (account) => {
      await prepare(account);
      await create(account);
      const { taskSets } = await account.ecs.send(new ecs.DescribeTaskSetsCommand(NAMED));
      assert.equal("tags" in (taskSets?.[0] ?? {}), false);
    }));

  it("scales it, and waits until it is stable", () =>
    withAccount(async (account) => {
      await prepare(account);
      const id = await create(account);
      const scale: ecs.Scale = { unit: "PERCENT", value: 100 };
      await account.ecs.send(new ecs.UpdateTaskSetCommand({ ...NAMED, taskSet: id, scale }));
      account.pass(1_800);
      const shown = await read(account, id);
      assert.deepEqual([shown?.scale, shown?.runningCount, shown?.stabilityStatus], [scale, 4, "STEADY_STATE"]);
    }));

  it("deletes it, and finds it MISSING in the end", () =>
    withAccount(async (account) => {
      await prepare(account);
      const id = await create(account);
      account.pass(600);
      await account.ecs.send(new ecs.DeleteTaskSetCommand({ ...NAMED, taskSet: id, force: true }));
      assert.equal((await read(account, id))?.status, "DRAINING");
      account.pass(1_800);
      const { taskSets, failures } = await account.ecs.send(
        new ecs.DescribeTaskSetsCommand({ ...NAMED, taskSets: [id] }),
      );
      assert.deepEqual([taskSets, failures], [[], [{ arn: id, reason: "MISSING" }]]);
      const again = await refusalOf(account.ecs.send(new ecs.DeleteTaskSetCommand({ ...NAMED, taskSet: id })));
      assert.deepEqual([again.name, again.status], ["TaskSetNotFoundException", 400]);
    }));
});

async function prepare({ ecs: client, kms }: Account): Promise<string> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy: fargatePolicy("pay") }));
  const managedStorageConfiguration = { fargateEphemeralStorageKmsKeyId: String(KeyMetadata?.Arn) };
  await client.send(
    new ecs.CreateClusterCommand({ clusterName: "pay", configuration: { managedStorageConfiguration } }),
  );
  await client.send(
    new ecs.RegisterTaskDefinitionCommand({
      family: "api",
      cpu: "256",
      memory: "512",
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      containerDefinitions: [{ name: "app", image: "registry.example/app:1", essential: true }],
    }),
  );
  await client.send(
    new ecs.CreateServiceCommand({
      cluster: CLUSTER,
      serviceName: "hooked",
      desiredCount: 4,
      deploymentController: { type: "EXTERNAL" },
      schedulingStrategy: "REPLICA",
    }),
  );
  return String(KeyMetadata?.Arn);
}

async function create({ ecs: client }: Account): Promise<string> {
  const { taskSet } = await client.send(new ecs.CreateTaskSetCommand(REQUEST));
  return String(taskSet?.id);
}

/** The provider's READ. */
async function read({ ecs: client }: Account, id: string): Promise<ecs.TaskSet | undefined> {
  const { taskSets } = await client.send(
    new ecs.DescribeTaskSetsCommand({ ...NAMED, taskSets: [id], include: ["TAGS"] }),
  );
  return taskSets?.[0];
}
