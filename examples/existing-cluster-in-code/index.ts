// A cluster that is in code already gets a customer managed key: a key beside it, and one line around its configuration.
//
// No URN changes, so the cluster is updated in place and its services are not touched. Their running tasks keep the storage that they
// have: `fargate-cmk scan`, `plan` and `run` then redeploy the services in waves and prove that every task uses the key.

import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";
import { EphemeralStorageKey, fargateStorageConfiguration } from "fargate-cmk";

const config = new pulumi.Config();
const subnets = config.require("subnetIds").split(",");
const taskRoleArn = config.require("taskRoleArn");

// New: the key. Its policy names what uses it: the cluster, the log group of ECS Exec, and the role whose sessions it encrypts.
const key = new EphemeralStorageKey("orders-storage", {
  clusterNames: ["orders"],
  logGroupNames: ["/ecs/exec/orders"],
  executeCommandRoleArns: [taskRoleArn],
  aliasName: "orders-storage",
});

const execLogs = new cloudwatch.LogGroup("orders-exec", {
  name: "/ecs/exec/orders",
  retentionInDays: 90,
  // New. What was logged before keeps its old encryption.
  kmsKeyId: key.keyArn,
});

const cluster = new ecs.Cluster("orders", {
  name: "orders",
  settings: [{ name: "containerInsights", value: "enabled" }],
  // New: the key around what the configuration held before, and for ECS Exec too.
  configuration: fargateStorageConfiguration(key.keyArn, {
    executeCommandConfiguration: {
      kmsKeyId: key.keyArn,
      logging: "OVERRIDE",
      logConfiguration: { cloudWatchLogGroupName: execLogs.name, cloudWatchEncryptionEnabled: true },
    },
  }),
});

const task = new ecs.TaskDefinition("orders", {
  family: "orders",
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  taskRoleArn,
  containerDefinitions: JSON.stringify([{ name: "main", image: "public.ecr.aws/nginx/nginx:stable", essential: true }]),
});

for (const name of ["orders-api", "orders-worker"]) {
  new ecs.Service(name, {
    name,
    cluster: cluster.arn,
    taskDefinition: task.arn,
    launchType: "FARGATE",
    desiredCount: 2,
    enableExecuteCommand: true,
    networkConfiguration: { subnets },
  });
}

export const clusterArn = cluster.arn;
export const keyArn = key.keyArn;
