// A cluster with a key for ephemeral storage, one for what is stored elsewhere, and services on Fargate.

import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ecs from "@pulumi/aws/ecs";
import * as efs from "@pulumi/aws/efs";
import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import {
  ADMINISTRATION,
  container,
  FOR_LOG_GROUPS,
  otherKey,
  policyOf,
  REGION,
  service,
  storageKey,
  TAGS,
  taskDefinition,
} from "../parts";

export const storage = storageKey("web-storage", "web");
export const filesKey = otherKey("files", { policy: policyOf(ADMINISTRATION, FOR_LOG_GROUPS) });
new kms.Alias("storage", { name: "alias/web-storage", targetKeyId: storage.keyId });

const execLogs = new cloudwatch.LogGroup("exec-logs", {
  name: "/ecs/exec/web",
  retentionInDays: 365,
  kmsKeyId: filesKey.arn,
});
const webLogs = new cloudwatch.LogGroup("web-logs", { name: "/ecs/web", retentionInDays: 365, kmsKeyId: filesKey.arn });

export const cluster = new ecs.Cluster("web", {
  name: "web",
  settings: [{ name: "containerInsights", value: "enabled" }],
  configuration: {
    managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: storage.arn, kmsKeyId: filesKey.arn },
    executeCommandConfiguration: {
      kmsKeyId: filesKey.arn,
      logging: "OVERRIDE",
      logConfiguration: { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: execLogs.name },
    },
  },
  tags: TAGS,
});

const trust = policyOf({
  Effect: "Allow",
  Principal: { Service: "ecs-tasks.amazonaws.com" },
  Action: "sts:AssumeRole",
});
const executionRole = new iam.Role("execution", { name: "web-execution", assumeRolePolicy: trust });
const taskRole = new iam.Role("task", { name: "web-task", assumeRolePolicy: trust });
const volumeRole = new iam.Role("volumes", { name: "web-volumes", assumeRolePolicy: trust });
const files = new efs.FileSystem("files", { encrypted: true, kmsKeyId: filesKey.arn });

export const task = taskDefinition("web", {
  executionRoleArn: executionRole.arn,
  taskRoleArn: taskRole.arn,
  containerDefinitions: webLogs.name.apply((group) =>
    container({
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": group, "awslogs-region": REGION, "awslogs-stream-prefix": "web" },
      },
    }),
  ),
  volumes: [
    {
      name: "files",
      efsVolumeConfiguration: {
        fileSystemId: files.id,
        transitEncryption: "ENABLED",
        authorizationConfig: { iam: "ENABLED" },
      },
    },
    { name: "scratch", configureAtLaunch: true },
  ],
});

export const web = service(
  "web",
  { cluster, task },
  {
    platformVersion: "1.4.0",
    enableExecuteCommand: true,
    volumeConfiguration: {
      name: "scratch",
      managedEbsVolume: { roleArn: volumeRole.arn, sizeInGb: 20, encrypted: true, kmsKeyId: filesKey.arn },
    },
  },
);

/** An agent on instances, beside the tasks on Fargate. */
taskDefinition("agent", {
  requiresCompatibilities: ["EC2"],
  networkMode: "host",
  containerDefinitions: container({ user: "1000" }),
});
