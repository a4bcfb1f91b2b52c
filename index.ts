// An ECS cluster on Fargate with a customer managed key under its tasks' ephemeral storage, and one service on it.
//   pulumi config set subnetIds subnet-1,subnet-2 && pulumi up
// To take it down, unprotect the key first: `pulumi state unprotect --all`, then `pulumi destroy`.

import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedFargateCluster, redeployOnKeyChange } from "fargate-cmk";

const config = new pulumi.Config();

const cluster = new EncryptedFargateCluster("app");

const task = new ecs.TaskDefinition("web", {
  family: "web",
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  containerDefinitions: JSON.stringify([{ name: "web", image: "public.ecr.aws/nginx/nginx:stable", essential: true }]),
});

const service = new ecs.Service("web", {
  ...redeployOnKeyChange(cluster),
  cluster: cluster.clusterArn,
  taskDefinition: task.arn,
  launchType: "FARGATE",
  desiredCount: 1,
  networkConfiguration: {
    subnets: config.require("subnetIds").split(","),
    assignPublicIp: config.getBoolean("assignPublicIp") ?? false,
  },
});

export const clusterName = cluster.clusterName;
export const keyArn = cluster.keyArn;
export const serviceName = service.name;
