import assert from "node:assert/strict";
import * as ecs from "@aws-sdk/client-ecs";
import { CreateKeyCommand, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import { ACCOUNT, type Account, fargatePolicy, policyOf, refusalOf, withAccount } from "./account";

const CLUSTER = `arn:aws:ecs:eu-west-1:${ACCOUNT}:cluster/pay`;
const SERVICE = `arn:aws:ecs:eu-west-1:${ACCOUNT}:service/pay/api`;
const TASK_DEFINITION = `arn:aws:ecs:eu-west-1:${ACCOUNT}:task-definition/api`;
const NETWORK: ecs.NetworkConfiguration = {
  awsvpcConfiguration: { subnets: ["subnet-1", "subnet-2"], securityGroups: ["sg-1"], assignPublicIp: "DISABLED" },
};

const REQUEST: ecs.CreateServiceRequest = {
  capacityProviderStrategy: [],
  clientToken: "terraform-1",
  cluster: CLUSTER,
  deploymentConfiguration: {
    maximumPercent: 200,
    minimumHealthyPercent: 100,
    deploymentCircuitBreaker: { enable: true, rollback: true },
  },
  deploymentController: { type: "ECS" },
  desiredCount: 2,
  enableExecuteCommand: true,
  launchType: "FARGATE",
  networkConfiguration: NETWORK,
  platformVersion: "1.4.0",
  propagateTags: "SERVICE",
  schedulingStrategy: "REPLICA",
  serviceName: "api",
  tags: [{ key: "team", value: "pay" }],
  taskDefinition: `${TASK_DEFINITION}:1`,
  vpcLatticeConfigurations: [],
};

describe("what the provider calls for an ecs.Service", () => {
  it("creates it on a keyed cluster and reads every part back; its deployment carries the key", () =>
    withAccount(async (account) => {
      const key = await prepare(account);
      await account.ecs.send(new ecs.CreateServiceCommand(REQUEST));
      const service = await read(account.ecs);
      assert.deepEqual(part(service, Object.keys(READ_BACK)), READ_BACK);
      assert.deepEqual(
        service?.deployments?.map(({ status, rolloutState, fargateEphemeralStorage }) => [
          status,
          rolloutState,
          fargateEphemeralStorage,
        ]),
        [["PRIMARY", "IN_PROGRESS", { kmsKeyId: key }]],
      );
      await untilSteady(account);
      assert.equal((await account.ecs.send(new ecs.CreateServiceCommand(REQUEST))).service?.serviceArn, SERVICE);
      const other = { ...REQUEST, clientToken: "terraform-2" };
      const refused = await refusalOf(account.ecs.send(new ecs.CreateServiceCommand(other)));
      assert.deepEqual([refused.name, refused.status], ["InvalidParameterException", 400]);
    }));

  it("shows the launch type or the strategy, and network and strategy only when there is one", () =>
    withAccount(async (account) => {
      await prepare(account);
      const capacityProviders = ["FARGATE", "FARGATE_SPOT"];
      const none = { cluster: "pay", defaultCapacityProviderStrategy: [] };
      await account.ecs.send(new ecs.PutClusterCapacityProvidersCommand({ ...none, capacityProviders }));
      const capacityProviderStrategy = [{ capacityProvider: "FARGATE_SPOT", weight: 1, base: 0 }];
      const { launchType: _, ...rest } = REQUEST;
      await account.ecs.send(new ecs.CreateServiceCommand({ ...rest, capacityProviderStrategy }));
      const spot = await read(account.ecs);
      assert.deepEqual([spot?.launchType, spot?.capacityProviderStrategy], [undefined, capacityProviderStrategy]);
      assert.equal("vpcLatticeConfigurations" in (spot ?? {}), false);
      const { networkConfiguration: __, platformVersion: ___, ...onEc2 } = rest;
      const ec2 = {
        ...onEc2,
        serviceName: "ec2",
        launchType: "EC2" as const,
        desiredCount: 0,
        networkConfiguration: {},
      };
      await account.ecs.send(new ecs.CreateServiceCommand(ec2));
      const { services } = await account.ecs.send(
        new ecs.DescribeServicesCommand({ cluster: CLUSTER, services: ["ec2"] }),
      );
      assert.equal("networkConfiguration" in (services?.[0] ?? {}), false);
      assert.equal("capacityProviderStrategy" in (services?.[0] ?? {}), false);
    }));

  it("updates it to another task definition, with tags, and deploys once", () =>
    withAccount(async (account) => {
      await prepare(account);
      await account.ecs.send(new ecs.CreateServiceCommand(REQUEST));
      await untilSteady(account);
      await registerTaskDefinition(account.ecs);
      await account.ecs.send(
        new ecs.TagResourceCommand({ resourceArn: SERVICE, tags: [{ key: "env", value: "test" }] }),
      );
      await account.ecs.send(
        new ecs.UpdateServiceCommand({
          cluster: CLUSTER,
          service: SERVICE,
          taskDefinition: `${TASK_DEFINITION}:2`,
          desiredCount: 3,
          enableExecuteCommand: false,
          propagateTags: "TASK_DEFINITION",
          availabilityZoneRebalancing: "DISABLED",
          healthCheckGracePeriodSeconds: 30,
        }),
      );
      await account.ecs.send(new ecs.DeregisterTaskDefinitionCommand({ taskDefinition: `${TASK_DEFINITION}:1` }));
      await untilSteady(account);
      const service = await read(account.ecs);
      const expected = {
        ...READ_BACK,
        taskDefinition: `${TASK_DEFINITION}:2`,
        desiredCount: 3,
        enableExecuteCommand: false,
        propagateTags: "TASK_DEFINITION",
        availabilityZoneRebalancing: "DISABLED",
        healthCheckGracePeriodSeconds: 30,
        tags: [...(REQUEST.tags ?? []), { key: "env", value: "test" }],
      };
      assert.deepEqual(part(service, Object.keys(expected)), expected);
      const { serviceDeployments } = await account.ecs.send(
        new ecs.ListServiceDeploymentsCommand({ cluster: CLUSTER, service: SERVICE }),
      );
      assert.deepEqual(
        serviceDeployments?.map(({ status }) => status),
        ["SUCCESSFUL", "SUCCESSFUL"],
      );
    }));

  it("scales it to nothing, deletes it, finds it INACTIVE, and then its cluster can go", () =>
    withAccount(async (account) => {
      await prepare(account);
      await account.ecs.send(new ecs.CreateServiceCommand(REQUEST));
      await untilSteady(account);
      const named = { cluster: CLUSTER, service: SERVICE };
      await account.ecs.send(new ecs.UpdateServiceCommand({ ...named, desiredCount: 0 }));
      await account.ecs.send(new ecs.DeleteServiceCommand({ ...named, force: true }));
      assert.equal((await read(account.ecs))?.status, "DRAINING");
      const early = await refusalOf(account.ecs.send(new ecs.DeleteClusterCommand({ cluster: CLUSTER })));
      assert.equal(early.name, "ClusterContainsServicesException");
      account.pass(1_800);
      assert.equal((await read(account.ecs))?.status, "INACTIVE");
      const { cluster } = await account.ecs.send(new ecs.DeleteClusterCommand({ cluster: CLUSTER }));
      assert.equal(cluster?.status, "INACTIVE");
      const gone = await refusalOf(read(account.ecs));
      assert.deepEqual([gone.name, gone.status], ["ClusterNotFoundException", 400]);
    }));

  it("never gets steady under a key that does not let Fargate in, and says why in its tasks", () =>
    withAccount(async (account) => {
      const KeyId = await prepare(account);
      await account.kms.send(new PutKeyPolicyCommand({ KeyId, Policy: policyOf() }));
      await account.ecs.send(new ecs.CreateServiceCommand(REQUEST));
      account.pass(120);
      const service = await read(account.ecs);
      assert.equal(service?.runningCount, 0);
      const stopped = { cluster: CLUSTER, serviceName: "api", desiredStatus: "STOPPED" as const };
      const { taskArns } = await account.ecs.send(new ecs.ListTasksCommand(stopped));
      const { tasks } = await account.ecs.send(new ecs.DescribeTasksCommand({ cluster: CLUSTER, tasks: taskArns }));
      assert.match(String(tasks?.[0]?.stoppedReason), /fargate\.amazonaws\.com is not authorized to perform kms:/);
    }));
});

/** What the provider keeps in its state of a service made by REQUEST. */
const READ_BACK: Readonly<Record<string, unknown>> = {
  serviceArn: SERVICE,
  serviceName: "api",
  clusterArn: CLUSTER,
  status: "ACTIVE",
  desiredCount: 2,
  launchType: "FARGATE",
  platformVersion: "1.4.0",
  platformFamily: "Linux",
  taskDefinition: `${TASK_DEFINITION}:1`,
  deploymentConfiguration: REQUEST.deploymentConfiguration,
  deploymentController: { type: "ECS" },
  schedulingStrategy: "REPLICA",
  enableExecuteCommand: true,
  enableECSManagedTags: false,
  propagateTags: "SERVICE",
  networkConfiguration: NETWORK,
  availabilityZoneRebalancing: "ENABLED",
  healthCheckGracePeriodSeconds: 0,
  loadBalancers: [],
  serviceRegistries: [],
  placementConstraints: [],
  placementStrategy: [],
  tags: [{ key: "team", value: "pay" }],
};

/** A key, a cluster that uses it and a task definition; the key's ARN. */
async function prepare({ ecs: client, kms }: Account): Promise<string> {
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy: fargatePolicy("pay") }));
  const key = String(KeyMetadata?.Arn);
  const managedStorageConfiguration = { fargateEphemeralStorageKmsKeyId: key };
  await client.send(
    new ecs.CreateClusterCommand({ clusterName: "pay", configuration: { managedStorageConfiguration } }),
  );
  await registerTaskDefinition(client);
  return key;
}

async function registerTaskDefinition(client: ecs.ECSClient): Promise<void> {
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
}

/** The provider's READ. */
async function read(client: ecs.ECSClient): Promise<ecs.Service | undefined> {
  const { services } = await client.send(
    new ecs.DescribeServicesCommand({ cluster: CLUSTER, services: [SERVICE], include: ["TAGS"] }),
  );
  return services?.[0];
}

/** What waitForSteadyState asks for. */
async function untilSteady({ ecs: client, pass }: Account): Promise<void> {
  for (let polls = 0; polls < 120; polls++) {
    const service = await read(client);
    if (service?.deployments?.length === 1 && service.runningCount === service.desiredCount) {
      const [deployment] = service.deployments;
      if (deployment?.rolloutState === "COMPLETED") return;
    }
    pass(15);
  }
  assert.fail("the service did not get steady within half an hour");
}

function part(service: ecs.Service | undefined, members: readonly string[]): Readonly<Record<string, unknown>> {
  const shown: Readonly<Record<string, unknown>> = { ...service };
  return Object.fromEntries(members.map((member) => [member, shown[member]]));
}
