// ProbePort on the AWS SDK.
//
// Invariants
//   the probe's container runs `true` and nothing of the image, with no task role, no secrets and no logs
//   RunTask is sent at most once, and carries a token by which AWS would know it again

import { randomUUID } from "node:crypto";
import {
  AssignPublicIp,
  type CPUArchitecture,
  DeregisterTaskDefinitionCommand,
  type ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
} from "@aws-sdk/client-ecs";
import type { ProbePort } from "../../ports/probe-port";
import { emptyReply } from "./empty-reply";
import type { SendRequest } from "./send-request";

export interface ProbeAdapterOptions {
  readonly client: ECSClient;
  readonly send: SendRequest;
}

export function createProbeAdapter({ client, send }: ProbeAdapterOptions): ProbePort {
  return {
    async registerTaskDefinition({ family, image, executionRoleArn, cpuArchitecture }) {
      const command = new RegisterTaskDefinitionCommand({
        family,
        requiresCompatibilities: ["FARGATE"],
        networkMode: "awsvpc",
        cpu: SMALLEST.cpu,
        memory: SMALLEST.memory,
        containerDefinitions: [{ name: "probe", image, essential: true, entryPoint: ["true"], command: [] }],
        ...(executionRoleArn === null ? {} : { executionRoleArn }),
        ...(cpuArchitecture === null
          ? {}
          : {
              runtimePlatform: { cpuArchitecture: cpuArchitecture as CPUArchitecture, operatingSystemFamily: "LINUX" },
            }),
      });
      const { taskDefinition } = await send(REGISTER, (options) => client.send(command, options));
      if (taskDefinition?.taskDefinitionArn === undefined) throw emptyReply("ecs:RegisterTaskDefinition");
      return taskDefinition.taskDefinitionArn;
    },

    async runTask({ clusterArn, taskDefinitionArn, subnets, securityGroups, assignsPublicIp, startedBy }) {
      const command = new RunTaskCommand({
        cluster: clusterArn,
        taskDefinition: taskDefinitionArn,
        count: 1,
        launchType: "FARGATE",
        clientToken: randomUUID(),
        startedBy,
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: [...subnets],
            securityGroups: [...securityGroups],
            assignPublicIp: assignsPublicIp ? AssignPublicIp.ENABLED : AssignPublicIp.DISABLED,
          },
        },
      });
      const { tasks = [], failures = [] } = await send(RUN, (options) => client.send(command, options));
      const taskArn = tasks[0]?.taskArn;
      if (taskArn !== undefined) return { kind: "started", taskArn };
      const reason = failures.map((failure) => failure.detail ?? failure.reason ?? "").find((text) => text !== "");
      return { kind: "refused", reason: reason ?? "AWS gave no reason" };
    },

    async stopTask({ clusterArn, taskArn, reason }) {
      const command = new StopTaskCommand({ cluster: clusterArn, task: taskArn, reason });
      await send(STOP, (options) => client.send(command, options));
    },

    async deregisterTaskDefinition(arn) {
      const command = new DeregisterTaskDefinitionCommand({ taskDefinition: arn });
      await send(DEREGISTER, (options) => client.send(command, options));
    },
  };
}

/** The smallest task that Fargate takes: a quarter of a vCPU and 512 MiB (developer guide, task size, documented). */
const SMALLEST = { cpu: "256", memory: "512" } as const;

const REGISTER = { service: "ecs", operation: "RegisterTaskDefinition", mutating: true } as const;
const RUN = { service: "ecs", operation: "RunTask", mutating: true } as const;
const STOP = { service: "ecs", operation: "StopTask", mutating: true } as const;
const DEREGISTER = { service: "ecs", operation: "DeregisterTaskDefinition", mutating: true } as const;
