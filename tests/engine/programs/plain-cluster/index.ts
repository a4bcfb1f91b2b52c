// What stood before examples/existing-cluster-in-code: the same project, the same cluster and services, and no key.
// Invariant: apart from the key, everything is as in the example, so that one stack can go from this program to that one.

import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const subnets = config.require("subnetIds").split(",");
const taskRoleArn = config.require("taskRoleArn");

const execLogs = new cloudwatch.LogGroup("orders-exec", { name: "/ecs/exec/orders", retentionInDays: 90 });

const cluster = new ecs.Cluster("orders", {
  name: "orders",
  settings: [{ name: "containerInsights", value: "enabled" }],
  configuration: {
    executeCommandConfiguration: {
      logging: "OVERRIDE",
      logConfiguration: { cloudWatchLogGroupName: execLogs.name },
    },
  },
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
