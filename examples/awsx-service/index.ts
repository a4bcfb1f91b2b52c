// A service made with Pulumi Crosswalk for AWS (awsx), on a cluster with a customer managed key under its tasks' ephemeral storage.
//   pulumi config set subnetIds subnet-1,subnet-2 && pulumi config set securityGroupId sg-1 && pulumi up

import { FargateService } from "@pulumi/awsx/ecs";
import * as pulumi from "@pulumi/pulumi";
import { EncryptedFargateCluster, redeployOnKeyChange } from "fargate-cmk";

const config = new pulumi.Config();

const cluster = new EncryptedFargateCluster("shop");

const service = new FargateService("web", {
  // The service is deployed anew when the cluster gets another key.
  ...redeployOnKeyChange(cluster),
  // The ARN is there once key, cluster and capacity providers are, so the service waits for all three.
  cluster: cluster.clusterArn,
  // The first version whose ephemeral storage takes a customer managed key; awsx leaves it to AWS otherwise.
  platformVersion: "1.4.0",
  desiredCount: 2,
  // Without it awsx takes the default VPC and makes a security group that is open to the world, in both directions.
  networkConfiguration: {
    subnets: config.require("subnetIds").split(","),
    securityGroups: [config.require("securityGroupId")],
    assignPublicIp: false,
  },
  taskDefinitionArgs: {
    container: { name: "web", image: "public.ecr.aws/nginx/nginx:stable", cpu: 256, memory: 512, essential: true },
    // awsx makes a log group for the containers, which the cluster's key does not cover: with a key of its own, say so here.
    logGroup: { args: { retentionInDays: 365 } },
  },
});

export const clusterArn = cluster.clusterArn;
export const serviceName = service.service.name;
