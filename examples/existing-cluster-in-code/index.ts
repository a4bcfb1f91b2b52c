// A cluster that is in code already gets a customer managed key: a key beside it, and one line around its configuration.
//
// No URN changes, so the cluster is updated in place and its services are not touched. Their running tasks keep the storage that they
// have: `fargate-cmk scan`, `plan` and `run` then redeploy the services in waves and prove that every task uses the key.

import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";
import { EphemeralStorageKey, fargateStorageConfiguration } from "fargate-cmk";

const subnets = new pulumi.Config().require("subnetIds").split(",");

// New: the key. It names the cluster, whose name is fixed.
const key = new EphemeralStorageKey("orders-storage", { clusterNames: ["orders"], aliasName: "orders-storage" });

const execLogs = new cloudwatch.LogGroup("orders-exec", { name: "/ecs/exec/orders", retentionInDays: 90 });

const cluster = new ecs.Cluster("orders", {
  name: "orders",
  settings: [{ name: "containerInsights", value: "enabled" }],
  // New: the key around what the configuration held before.
  configuration: fargateStorageConfiguration(key.keyArn, {
    executeCommandConfiguration: {
      logging: "OVERRIDE",
      logConfiguration: { cloudWatchLogGroupName: execLogs.name },
    },
  }),
});

const task = new ecs.TaskDefinition("orders", {
  family: "orders",
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  containerDefinitions: JSON.stringify([{ name: "main", image: "public.ecr.aws/nginx/nginx:stable", essential: true }]),
});

for (const name of ["orders-api", "orders-worker"]) {
  new ecs.Service(name, {
    name,
    cluster: cluster.arn,
    taskDefinition: task.arn,
    launchType: "FARGATE",
    desiredCount: 2,
    networkConfiguration: { subnets },
  });
}

export const clusterArn = cluster.arn;
export const keyArn = key.keyArn;
