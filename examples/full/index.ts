// A service of a regulated team, with everything switched on: a cluster whose tasks' ephemeral storage, EBS volumes, ECS Exec sessions
// and their logs are encrypted with one customer managed key that named roles administer; files on EFS, over TLS, and logs on another
// key; private subnets without a way to the internet; roles that may do what they have to. It has no violation under the policy pack's
// strict profile:
//   pulumi preview --policy-pack policypack --policy-pack-config policypack/profiles/strict.json
// To take it down, unprotect the two keys first: `pulumi state unprotect --all`, then `pulumi destroy`.

import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedFargateCluster, redeployOnKeyChange } from "fargate-cmk";
import { accessPoint, files, logs, mountTargets } from "./data";
import { connections, subnets, taskGroup } from "./network";
import { executionRole, letSessionsLog, permissions, taskRole, taskRoleArn, volumeRole, volumeRoleArn } from "./roles";
import { administratorArns, clusterOperatorArns, image, NAME, region, sessionArns, TAGS } from "./settings";

const cluster = new EncryptedFargateCluster(
  NAME,
  {
    clusterName: NAME,
    administratorArns,
    clusterOperatorArns,
    containerInsights: "enhanced",
    executeCommandLogging: true,
    executeCommandRoleArns: [taskRoleArn, ...sessionArns],
    volumeRoleArns: [volumeRoleArn],
    tags: TAGS,
  },
  // KMS takes no policy that names a role which does not exist.
  { dependsOn: [taskRole, volumeRole] },
);
const sessions = letSessionsLog(cluster.executeCommandLogGroupName);

const container = {
  name: "main",
  image,
  essential: true,
  // Reaps the processes that ECS Exec leaves behind.
  linuxParameters: { initProcessEnabled: true },
  mountPoints: [
    { sourceVolume: "ledger", containerPath: "/ledger" },
    { sourceVolume: "work", containerPath: "/work" },
  ],
  logConfiguration: {
    logDriver: "awslogs",
    options: { "awslogs-group": logs.name, "awslogs-region": region, "awslogs-stream-prefix": "main" },
  },
};

const task = new ecs.TaskDefinition(NAME, {
  family: NAME,
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "1024",
  memory: "2048",
  executionRoleArn: executionRole.arn,
  taskRoleArn: taskRole.arn,
  containerDefinitions: pulumi.jsonStringify([container]),
  volumes: [
    {
      name: "ledger",
      efsVolumeConfiguration: {
        fileSystemId: files.id,
        transitEncryption: "ENABLED",
        authorizationConfig: { accessPointId: accessPoint.id, iam: "ENABLED" },
      },
    },
    { name: "work", configureAtLaunch: true },
  ],
  tags: TAGS,
});

const service = new ecs.Service(
  NAME,
  {
    ...redeployOnKeyChange(cluster),
    name: NAME,
    cluster: cluster.clusterArn,
    taskDefinition: task.arn,
    launchType: "FARGATE",
    platformVersion: "1.4.0",
    desiredCount: 2,
    enableExecuteCommand: true,
    deploymentCircuitBreaker: { enable: true, rollback: true },
    networkConfiguration: {
      subnets: subnets.map(({ id }) => id),
      securityGroups: [taskGroup.id],
      assignPublicIp: false,
    },
    // A volume for each task, on the cluster's key, gone with the task.
    volumeConfiguration: {
      name: "work",
      managedEbsVolume: { roleArn: volumeRoleArn, sizeInGb: 20, fileSystemType: "xfs", encrypted: true },
    },
    propagateTags: "SERVICE",
    tags: TAGS,
  },
  { dependsOn: [...permissions, sessions, ...connections, ...mountTargets] },
);

export const clusterArn = cluster.clusterArn;
export const keyArn = cluster.keyArn;
export const serviceName = service.name;
