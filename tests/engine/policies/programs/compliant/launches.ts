// Everything else that launches tasks on Fargate.

import * as batch from "@pulumi/aws/batch";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ecs from "@pulumi/aws/ecs";
import * as iam from "@pulumi/aws/iam";
import * as pipes from "@pulumi/aws/pipes";
import * as scheduler from "@pulumi/aws/scheduler";
import * as sfn from "@pulumi/aws/sfn";
import { policyOf, SUBNETS, TAGS } from "../parts";
import { cluster, task } from "./cluster";

const trust = policyOf({
  Effect: "Allow",
  Principal: {
    Service: ["events.amazonaws.com", "scheduler.amazonaws.com", "pipes.amazonaws.com", "states.amazonaws.com"],
  },
  Action: "sts:AssumeRole",
});
const role = new iam.Role("launcher", { name: "launcher", assumeRolePolicy: trust });
const launched = {
  taskDefinitionArn: task.arn,
  launchType: "FARGATE",
  platformVersion: "1.4.0",
  networkConfiguration: { subnets: SUBNETS, assignPublicIp: false },
};

const external = new ecs.Service("blue-green", {
  name: "blue-green",
  cluster: cluster.arn,
  deploymentController: { type: "EXTERNAL" },
  desiredCount: 0,
  tags: TAGS,
});
new ecs.TaskSet("blue", {
  service: external.id,
  cluster: cluster.arn,
  taskDefinition: task.arn,
  launchType: "FARGATE",
  platformVersion: "1.4.0",
  networkConfiguration: { subnets: SUBNETS, assignPublicIp: false },
  tags: TAGS,
});

const nightly = new cloudwatch.EventRule("nightly", { name: "nightly", scheduleExpression: "rate(1 day)" });
new cloudwatch.EventTarget("nightly", { rule: nightly.name, arn: cluster.arn, roleArn: role.arn, ecsTarget: launched });
new scheduler.Schedule("weekly", {
  name: "weekly",
  scheduleExpression: "rate(7 days)",
  flexibleTimeWindow: { mode: "OFF" },
  target: { arn: cluster.arn, roleArn: role.arn, ecsParameters: launched },
});
new pipes.Pipe("orders", {
  name: "orders",
  roleArn: role.arn,
  source: "arn:aws:sqs:eu-west-1:111122223333:orders",
  target: cluster.arn,
  targetParameters: {
    ecsTaskParameters: {
      taskDefinitionArn: task.arn,
      launchType: "FARGATE",
      platformVersion: "1.4.0",
      networkConfiguration: { awsVpcConfiguration: { subnets: SUBNETS, assignPublicIp: "DISABLED" } },
    },
  },
});
new batch.JobDefinition("report", {
  name: "report",
  type: "container",
  platformCapabilities: ["FARGATE"],
  containerProperties: JSON.stringify({
    image: "public.ecr.aws/nginx/nginx:stable",
    fargatePlatformConfiguration: { platformVersion: "1.4.0" },
  }),
});
new sfn.StateMachine("release", {
  name: "release",
  roleArn: role.arn,
  definition: cluster.arn.apply((arn) =>
    JSON.stringify({
      StartAt: "Migrate",
      States: {
        Migrate: {
          Type: "Task",
          Resource: "arn:aws:states:::ecs:runTask.sync",
          Parameters: { Cluster: arn, TaskDefinition: "web", LaunchType: "FARGATE", PlatformVersion: "1.4.0" },
          End: true,
        },
      },
    }),
  ),
});
