// Services and task definitions, each with one thing wrong.

import * as iam from "@pulumi/aws/iam";
import * as scheduler from "@pulumi/aws/scheduler";
import { ACCOUNT, container, keyedCluster, policyOf, SUBNETS, service, taskDefinition } from "../parts";

const cluster = keyedCluster("web");
const task = taskDefinition("web");
const on = { cluster, task };

new scheduler.Schedule("retired-platform", {
  name: "retired-platform",
  scheduleExpression: "rate(1 day)",
  flexibleTimeWindow: { mode: "OFF" },
  target: {
    arn: cluster.arn,
    roleArn: `arn:aws:iam::${ACCOUNT}:role/scheduler`,
    ecsParameters: { taskDefinitionArn: task.arn, launchType: "FARGATE", platformVersion: "1.3.0" },
  },
});
service("public-address", on, { networkConfiguration: { subnets: SUBNETS, assignPublicIp: true } });
service("windows", {
  cluster,
  task: taskDefinition("windows", {
    runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE", cpuArchitecture: "X86_64" },
  }),
});
service("stays-on-the-old-key", on, { triggers: {}, forceNewDeployment: false });
service(
  "volume-without-key",
  { cluster, task: taskDefinition("volume", { volumes: [{ name: "scratch", configureAtLaunch: true }] }) },
  {
    volumeConfiguration: {
      name: "scratch",
      managedEbsVolume: { roleArn: `arn:aws:iam::${ACCOUNT}:role/volumes`, sizeInGb: 20 },
    },
  },
);

const role = new iam.Role("one-for-both", {
  name: "one-for-both",
  assumeRolePolicy: policyOf({
    Effect: "Allow",
    Principal: { Service: "ecs-tasks.amazonaws.com" },
    Action: "sts:AssumeRole",
  }),
});
taskDefinition("one-role", { executionRoleArn: role.arn, taskRoleArn: role.arn });
taskDefinition("root-on-host", {
  requiresCompatibilities: ["EC2"],
  networkMode: "host",
  containerDefinitions: container(),
});
taskDefinition("mounts-in-the-clear", {
  volumes: [
    { name: "files", efsVolumeConfiguration: { fileSystemId: "fs-0123456789abcdef0", transitEncryption: "DISABLED" } },
  ],
});
