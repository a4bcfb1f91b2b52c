// One resource of each type with behaviour, as a program would hold them together, and one that the provider only keeps.

import { LogGroup } from "@pulumi/aws/cloudwatch";
import { Cluster, Service, TaskDefinition } from "@pulumi/aws/ecs";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { Role } from "@pulumi/aws/iam";
import { Alias, Key } from "@pulumi/aws/kms";
import { Config, interpolate, jsonStringify } from "@pulumi/pulumi";

const config = new Config();
const { accountId } = getCallerIdentityOutput();

const key = new Key("storage", {
  enableKeyRotation: true,
  deletionWindowInDays: 7,
  tags: { team: "pay" },
  policy: jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: interpolate`arn:aws:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Effect: "Allow",
        Principal: { Service: "fargate.amazonaws.com" },
        Action: ["kms:GenerateDataKeyWithoutPlaintext", "kms:CreateGrant"],
        Resource: "*",
      },
    ],
  }),
});
new Alias("storage", { targetKeyId: key.id });
const logs = new LogGroup("exec", { retentionInDays: 30 });
const cluster = new Cluster("pay", {
  configuration: {
    managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: key.arn },
    executeCommandConfiguration: { logging: "OVERRIDE", logConfiguration: { cloudWatchLogGroupName: logs.name } },
  },
});
const role = new Role("execution", { assumeRolePolicy: "{}" });
const definition = new TaskDefinition("api", {
  family: "api",
  cpu: config.get("cpu") ?? "256",
  memory: "1024",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  executionRoleArn: role.arn,
  containerDefinitions: jsonStringify([{ name: "app", image: "app:1", essential: true }]),
});
const service = new Service("api", {
  cluster: cluster.arn,
  taskDefinition: definition.arn,
  desiredCount: 2,
  launchType: "FARGATE",
  networkConfiguration: { subnets: ["subnet-0a1b2c3d"] },
  forceNewDeployment: true,
  triggers: { cmk: key.arn },
  waitForSteadyState: true,
});

export const keyArn = key.arn;
export const serviceArn = service.id;
export const revision = definition.revision;
