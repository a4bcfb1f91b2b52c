// Calls every operation that the embedded AWS models, through the real clients of the SDK, in an order in which all succeed.
// What the replies hold is for the tests of the world; here they must arrive, in AWS's shapes.

import assert from "node:assert/strict";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import { DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import * as ecs from "@aws-sdk/client-ecs";
import * as kms from "@aws-sdk/client-kms";
import { AssumeRoleCommand, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Fleet } from "../../domain/fleet";
import { aFleet } from "../../simulator/fleet-builder";
import { callLifecycle } from "./contract-lifecycle";
import { callRoomAndWatchers } from "./contract-room";
import { callStartNeeds } from "./contract-start";
import type { SdkClients } from "./sdk-clients";

export function contractFleet(): Fleet {
  return aFleet()
    .key("pay-key", { clusters: ["pay"] })
    .cluster("pay", { key: "pay-key" })
    .service("api", { desired: 2 })
    .service("hooked", { desired: 1 })
    .external()
    .service("shop", { desired: 1 })
    .codeDeploy()
    .service("gated", { desired: 1 })
    .blueGreen()
    .hooks({ kind: "pause", stage: "POST_SCALE_UP" })
    .standaloneTask("batch")
    .build();
}

export interface Sequence {
  readonly clients: SdkClients;
  /** Lets simulated seconds pass. */
  pass(seconds: number): Promise<void>;
}

export async function callEveryOperation({ clients, pass }: Sequence): Promise<void> {
  await callIdentities(clients);
  await callKeys(clients.kms);
  await callImport(clients.kms);
  await callClusters(clients);
  await callTaskDefinitions(clients.ecs);
  await callTasks(clients.ecs);
  await callServices({ clients, pass });
  await callTaskSets(clients.ecs);
  await callLogGroups(clients);
  await callRoomAndWatchers(clients);
  await callStartNeeds(clients);
  await callLifecycle({ clients, pass });
}

async function callIdentities({ sts, ec2 }: SdkClients): Promise<void> {
  const { Account } = await sts.send(new GetCallerIdentityCommand({}));
  assert.equal(Account, "111122223333");
  const role = { RoleArn: "arn:aws:iam::111122223333:role/operator", RoleSessionName: "me" };
  const { Credentials } = await sts.send(new AssumeRoleCommand(role));
  assert.ok(Credentials?.Expiration instanceof Date);
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({}));
  assert.equal(typeof Subnets?.[0]?.AvailableIpAddressCount, "number");
}

async function callKeys(client: kms.KMSClient): Promise<void> {
  const { KeyMetadata } = await client.send(
    new kms.CreateKeyCommand({ Description: "spare", Tags: [{ TagKey: "a", TagValue: "b" }] }),
  );
  const KeyId = KeyMetadata?.KeyId;
  assert.ok(KeyId);
  assert.ok(KeyMetadata?.CreationDate instanceof Date);
  await client.send(new kms.DescribeKeyCommand({ KeyId }));
  await client.send(new kms.UpdateKeyDescriptionCommand({ KeyId, Description: "still spare" }));
  const { Policy } = await client.send(new kms.GetKeyPolicyCommand({ KeyId, PolicyName: "default" }));
  await client.send(new kms.PutKeyPolicyCommand({ KeyId, PolicyName: "default", Policy }));
  await client.send(new kms.ListKeyPoliciesCommand({ KeyId }));
  await client.send(new kms.EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 180 }));
  const { KeyRotationEnabled } = await client.send(new kms.GetKeyRotationStatusCommand({ KeyId }));
  assert.equal(KeyRotationEnabled, true);
  await client.send(new kms.DisableKeyRotationCommand({ KeyId }));
  await client.send(new kms.TagResourceCommand({ KeyId, Tags: [{ TagKey: "c", TagValue: "d" }] }));
  await client.send(new kms.ListResourceTagsCommand({ KeyId }));
  await client.send(new kms.UntagResourceCommand({ KeyId, TagKeys: ["c"] }));
  await client.send(new kms.CreateAliasCommand({ AliasName: "alias/spare", TargetKeyId: KeyId }));
  await client.send(new kms.UpdateAliasCommand({ AliasName: "alias/spare", TargetKeyId: KeyId }));
  const { Aliases } = await client.send(new kms.ListAliasesCommand({}));
  assert.ok(Aliases?.some(({ AliasName }) => AliasName === "alias/spare"));
  await client.send(new kms.DeleteAliasCommand({ AliasName: "alias/spare" }));
  await client.send(new kms.ListGrantsCommand({ KeyId }));
  await client.send(new kms.DisableKeyCommand({ KeyId }));
  await client.send(new kms.EnableKeyCommand({ KeyId }));
  const { DeletionDate } = await client.send(new kms.ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  assert.ok(DeletionDate instanceof Date);
  await client.send(new kms.CancelKeyDeletionCommand({ KeyId }));
  const { Keys } = await client.send(new kms.ListKeysCommand({}));
  assert.equal(Keys?.length, 2);
}

async function callImport(client: kms.KMSClient): Promise<void> {
  const { KeyMetadata } = await client.send(new kms.CreateKeyCommand({ Origin: "EXTERNAL" }));
  const KeyId = String(KeyMetadata?.KeyId);
  const wrapping = { WrappingAlgorithm: "RSAES_OAEP_SHA_256", WrappingKeySpec: "RSA_2048" } as const;
  const { ImportToken, ParametersValidTo } = await client.send(
    new kms.GetParametersForImportCommand({ KeyId, ...wrapping }),
  );
  assert.ok(ParametersValidTo instanceof Date);
  const EncryptedKeyMaterial = new Uint8Array(256);
  const ExpirationModel = "KEY_MATERIAL_DOES_NOT_EXPIRE";
  await client.send(new kms.ImportKeyMaterialCommand({ KeyId, ImportToken, EncryptedKeyMaterial, ExpirationModel }));
  await client.send(new kms.DeleteImportedKeyMaterialCommand({ KeyId }));
}

async function callClusters({ ecs: client, kms: keys }: SdkClients): Promise<void> {
  const { KeyMetadata } = await keys.send(new kms.CreateKeyCommand({}));
  const managedStorageConfiguration = { fargateEphemeralStorageKmsKeyId: String(KeyMetadata?.Arn) };
  const { cluster } = await client.send(new ecs.CreateClusterCommand({ clusterName: "new" }));
  assert.equal(cluster?.status, "ACTIVE");
  await client.send(new ecs.UpdateClusterCommand({ cluster: "new", configuration: { managedStorageConfiguration } }));
  await client.send(
    new ecs.UpdateClusterSettingsCommand({
      cluster: "new",
      settings: [{ name: "containerInsights", value: "enabled" }],
    }),
  );
  await client.send(
    new ecs.PutClusterCapacityProvidersCommand({
      cluster: "new",
      capacityProviders: ["FARGATE"],
      defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
    }),
  );
  const { clusters } = await client.send(
    new ecs.DescribeClustersCommand({ clusters: ["new"], include: ["CONFIGURATIONS"] }),
  );
  assert.deepEqual(clusters?.[0]?.configuration?.managedStorageConfiguration, managedStorageConfiguration);
  const resourceArn = String(cluster?.clusterArn);
  await client.send(new ecs.TagResourceCommand({ resourceArn, tags: [{ key: "a", value: "b" }] }));
  const { tags } = await client.send(new ecs.ListTagsForResourceCommand({ resourceArn }));
  assert.deepEqual(tags, [{ key: "a", value: "b" }]);
  await client.send(new ecs.UntagResourceCommand({ resourceArn, tagKeys: ["a"] }));
  await client.send(new ecs.ListClustersCommand({}));
  await client.send(new ecs.DeleteClusterCommand({ cluster: "new" }));
}

async function callTaskDefinitions(client: ecs.ECSClient): Promise<void> {
  const { taskDefinition } = await client.send(
    new ecs.RegisterTaskDefinitionCommand({
      family: "spare",
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: "256",
      memory: "512",
      containerDefinitions: [{ name: "app", image: "registry.example/app:1", essential: true }],
    }),
  );
  assert.equal(taskDefinition?.revision, 1);
  await client.send(new ecs.DescribeTaskDefinitionCommand({ taskDefinition: "spare" }));
  await client.send(new ecs.ListTaskDefinitionsCommand({ familyPrefix: "spare" }));
  await client.send(new ecs.DeregisterTaskDefinitionCommand({ taskDefinition: "spare:1" }));
}

async function callTasks(client: ecs.ECSClient): Promise<void> {
  const { tasks } = await client.send(
    new ecs.RunTaskCommand({
      cluster: "pay",
      taskDefinition: "pay-api",
      launchType: "FARGATE",
      networkConfiguration: await network(client),
    }),
  );
  assert.ok(tasks?.[0]?.createdAt instanceof Date);
  await client.send(new ecs.StopTaskCommand({ cluster: "pay", task: String(tasks?.[0]?.taskArn) }));
  const { taskArns } = await client.send(new ecs.ListTasksCommand({ cluster: "pay", serviceName: "api" }));
  assert.equal(taskArns?.length, 2);
  const described = await client.send(new ecs.DescribeTasksCommand({ cluster: "pay", tasks: taskArns }));
  assert.deepEqual(
    described.tasks?.map(({ fargateEphemeralStorage }) => fargateEphemeralStorage),
    [{ sizeInGiB: 20 }, { sizeInGiB: 20 }],
  );
  const protection = { cluster: "pay", tasks: taskArns, protectionEnabled: true, expiresInMinutes: 5 };
  await client.send(new ecs.UpdateTaskProtectionCommand(protection));
  const { protectedTasks } = await client.send(new ecs.GetTaskProtectionCommand({ cluster: "pay", tasks: taskArns }));
  assert.ok(protectedTasks?.[0]?.expirationDate instanceof Date);
  await client.send(
    new ecs.UpdateTaskProtectionCommand({ ...protection, protectionEnabled: false, expiresInMinutes: undefined }),
  );
}

async function callServices({ clients: { ecs: client }, pass }: Sequence): Promise<void> {
  const named = { cluster: "pay", service: "made" };
  await client.send(
    new ecs.CreateServiceCommand({
      cluster: "pay",
      serviceName: "made",
      taskDefinition: "pay-api",
      desiredCount: 1,
      launchType: "FARGATE",
      networkConfiguration: await network(client),
    }),
  );
  await pass(600);
  await client.send(new ecs.UpdateServiceCommand({ ...named, forceNewDeployment: true }));
  const { serviceArns } = await client.send(new ecs.ListServicesCommand({ cluster: "pay" }));
  assert.equal(serviceArns?.length, 5);
  await client.send(new ecs.DescribeServicesCommand({ cluster: "pay", services: ["made"] }));
  const { serviceDeployments } = await client.send(new ecs.ListServiceDeploymentsCommand(named));
  const serviceDeploymentArn = String(serviceDeployments?.[0]?.serviceDeploymentArn);
  const described = await client.send(
    new ecs.DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [serviceDeploymentArn] }),
  );
  const revision = String(described.serviceDeployments?.[0]?.targetServiceRevision?.arn);
  await client.send(new ecs.DescribeServiceRevisionsCommand({ serviceRevisionArns: [revision] }));
  await client.send(new ecs.StopServiceDeploymentCommand({ serviceDeploymentArn, stopType: "ROLLBACK" }));
  await client.send(new ecs.DeleteServiceCommand({ ...named, force: true }));
}

async function callTaskSets(client: ecs.ECSClient): Promise<void> {
  const named = { cluster: "pay", service: "hooked" };
  const before = await client.send(new ecs.DescribeTaskSetsCommand(named));
  const { taskSet } = await client.send(
    new ecs.CreateTaskSetCommand({
      ...named,
      taskDefinition: "pay-hooked",
      launchType: "FARGATE",
      scale: { value: 50, unit: "PERCENT" },
      networkConfiguration: await network(client),
    }),
  );
  const id = String(taskSet?.id);
  await client.send(new ecs.UpdateTaskSetCommand({ ...named, taskSet: id, scale: { value: 100, unit: "PERCENT" } }));
  await client.send(new ecs.UpdateServicePrimaryTaskSetCommand({ ...named, primaryTaskSet: id }));
  const old = String(before.taskSets?.[0]?.id);
  await client.send(new ecs.DeleteTaskSetCommand({ ...named, taskSet: old, force: true }));
}

async function callLogGroups({ logs: client, kms: keys }: SdkClients): Promise<void> {
  const { KeyMetadata } = await keys.send(new kms.CreateKeyCommand({ Policy: LOGS_POLICY }));
  const logGroupName = "/ecs/pay";
  await client.send(new logs.CreateLogGroupCommand({ logGroupName, tags: { a: "b" } }));
  const target = { logGroupName, kmsKeyId: String(KeyMetadata?.Arn) };
  await client.send(new logs.AssociateKmsKeyCommand(target));
  await client.send(new logs.PutRetentionPolicyCommand({ logGroupName, retentionInDays: 30 }));
  const { logGroups } = await client.send(new logs.DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }));
  assert.equal(logGroups?.[0]?.kmsKeyId, target.kmsKeyId);
  const resourceArn = String(logGroups?.[0]?.logGroupArn);
  await client.send(new logs.TagResourceCommand({ resourceArn, tags: { c: "d" } }));
  await client.send(new logs.UntagResourceCommand({ resourceArn, tagKeys: ["a"] }));
  const { tags } = await client.send(new logs.ListTagsForResourceCommand({ resourceArn }));
  assert.deepEqual(tags, { c: "d" });
  await client.send(new logs.DisassociateKmsKeyCommand({ logGroupName }));
  await client.send(new logs.DeleteRetentionPolicyCommand({ logGroupName }));
  const unprotected = { logGroupIdentifier: logGroupName, deletionProtectionEnabled: false };
  await client.send(new logs.PutLogGroupDeletionProtectionCommand(unprotected));
  await client.send(new logs.DeleteLogGroupCommand({ logGroupName }));
}

const LOGS_POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*", Resource: "*" },
    { Effect: "Allow", Principal: { Service: "logs.eu-west-1.amazonaws.com" }, Action: "kms:*", Resource: "*" },
  ],
});

async function network(client: ecs.ECSClient): Promise<ecs.NetworkConfiguration> {
  const { services } = await client.send(new ecs.DescribeServicesCommand({ cluster: "pay", services: ["api"] }));
  const subnets = services?.[0]?.networkConfiguration?.awsvpcConfiguration?.subnets;
  assert.ok(subnets && subnets.length > 0);
  return { awsvpcConfiguration: { subnets } };
}
