// Calls every modelled operation of ECR, Secrets Manager and Parameter Store, in an order in which all succeed, through the real
// clients of the SDK.

import assert from "node:assert/strict";
import * as ecr from "@aws-sdk/client-ecr";
import * as secrets from "@aws-sdk/client-secrets-manager";
import * as ssm from "@aws-sdk/client-ssm";
import type { SdkClients } from "./sdk-clients";

export async function callStartNeeds(clients: SdkClients): Promise<void> {
  await callImages(clients.clientOf(ecr.ECRClient));
  await callSecrets(clients.clientOf(secrets.SecretsManagerClient));
  await callParameters(clients.clientOf(ssm.SSMClient));
}

async function callImages(client: ecr.ECRClient): Promise<void> {
  const repositoryName = "pay/new";
  const { repository } = await client.send(new ecr.CreateRepositoryCommand({ repositoryName }));
  assert.equal(repository?.repositoryUri, "111122223333.dkr.ecr.eu-west-1.amazonaws.com/pay/new");
  assert.ok(repository?.createdAt instanceof Date);
  const imageManifest = JSON.stringify({ schemaVersion: 2, config: {}, layers: [] });
  const put = await client.send(new ecr.PutImageCommand({ repositoryName, imageManifest, imageTag: "1" }));
  const digest = String(put.image?.imageId?.imageDigest);
  const imageIds = [{ imageTag: "1" }, { imageTag: "none" }];
  const { images, failures } = await client.send(new ecr.BatchGetImageCommand({ repositoryName, imageIds }));
  assert.equal(images?.[0]?.imageId?.imageDigest, digest);
  assert.equal(failures?.[0]?.failureCode, "ImageNotFound");
  const { imageDetails } = await client.send(new ecr.DescribeImagesCommand({ repositoryName }));
  assert.ok(imageDetails?.[0]?.imagePushedAt instanceof Date);
  await client.send(new ecr.BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageDigest: digest }] }));
}

async function callSecrets(client: secrets.SecretsManagerClient): Promise<void> {
  const { ARN } = await client.send(new secrets.CreateSecretCommand({ Name: "pay/db", SecretString: "s" }));
  const SecretId = String(ARN);
  const { DeletionDate } = await client.send(new secrets.DeleteSecretCommand({ SecretId }));
  assert.ok(DeletionDate instanceof Date);
  const { DeletedDate } = await client.send(new secrets.DescribeSecretCommand({ SecretId }));
  const { SecretList } = await client.send(new secrets.ListSecretsCommand({ IncludePlannedDeletion: true }));
  assert.deepEqual(SecretList?.find(({ ARN }) => ARN === SecretId)?.DeletedDate, DeletedDate);
  assert.ok(DeletedDate instanceof Date);
  await client.send(new secrets.RestoreSecretCommand({ SecretId }));
}

async function callParameters(client: ssm.SSMClient): Promise<void> {
  const { Version } = await client.send(new ssm.PutParameterCommand({ Name: "/pay/db", Type: "String", Value: "v" }));
  assert.equal(Version, 1);
  const ParameterFilters = [{ Key: "Name", Option: "Equals", Values: ["/pay/db"] }];
  const { Parameters } = await client.send(new ssm.DescribeParametersCommand({ ParameterFilters, MaxResults: 50 }));
  assert.ok(Parameters?.[0]?.LastModifiedDate instanceof Date);
  await client.send(new ssm.DeleteParameterCommand({ Name: "/pay/db" }));
}
