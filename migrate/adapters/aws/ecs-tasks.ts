// The calls of EcsPort about tasks and their definitions, on the SDK.
// Invariant: a task that AWS no longer knows is `missing`, never an error.

import {
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  GetTaskProtectionCommand,
  ListTasksCommand,
} from "@aws-sdk/client-ecs";
import { BATCH_LIMITS, PAGE_SIZES } from "../../../domain/api-quotas";
import type { EcsPort } from "../../ports/ecs-port";
import type { EcsCallOptions } from "./ecs-clusters";
import { emptyReply } from "./empty-reply";
import { inBatches } from "./in-batches";
import { toTaskDefinitionRecord } from "./to-task-definition-record";
import { toTaskRecord } from "./to-task-record";
import { walkPages } from "./walk-pages";
import { instantOrNull } from "./wire-values";

type TaskCalls = Pick<EcsPort, "listTasks" | "describeTasks" | "protectedTasks" | "describeTaskDefinition">;

export function ecsTaskCalls({ client, send }: Omit<EcsCallOptions, "clock">): TaskCalls {
  return {
    listTasks: ({ clusterArn: cluster, service, desiredStatus = "RUNNING" }) =>
      walkPages({
        operation: "ecs:ListTasks",
        page: async (token) => {
          const ofService = service === undefined ? {} : { serviceName: service };
          const page = { maxResults: PAGE_SIZES.listTasks.most, ...token };
          const command = new ListTasksCommand({ cluster, desiredStatus, ...ofService, ...page });
          const reply = await send(LIST, (options) => client.send(command, options));
          return { items: reply.taskArns ?? [], nextToken: reply.nextToken };
        },
      }),

    describeTasks: ({ clusterArn, tasks: ids }) =>
      inBatches({
        operation: "ecs:DescribeTasks",
        ids,
        most: BATCH_LIMITS.describeTasks,
        describe: async (tasks) => {
          const command = new DescribeTasksCommand({ cluster: clusterArn, tasks });
          const reply = await send(DESCRIBE, (options) => client.send(command, options));
          return { found: (reply.tasks ?? []).map(toTaskRecord), failures: reply.failures ?? [] };
        },
      }),

    async protectedTasks({ clusterArn: cluster, tasks: ids }) {
      const seen = await inBatches({
        operation: "ecs:GetTaskProtection",
        ids,
        most: BATCH_LIMITS.getTaskProtection,
        describe: async (tasks) => {
          const command = new GetTaskProtectionCommand({ cluster, tasks });
          const reply = await send(PROTECTION, (options) => client.send(command, options));
          return { found: reply.protectedTasks ?? [], failures: reply.failures ?? [] };
        },
      });
      const held = seen.found.filter(({ protectionEnabled }) => protectionEnabled === true);
      return held.map(({ taskArn = "", expirationDate }) => ({
        arn: taskArn,
        expiresAt: instantOrNull(expirationDate),
      }));
    },

    async describeTaskDefinition(arn) {
      const command = new DescribeTaskDefinitionCommand({ taskDefinition: arn });
      const { taskDefinition } = await send(DEFINITION, (options) => client.send(command, options));
      if (taskDefinition === undefined) throw emptyReply("ecs:DescribeTaskDefinition");
      return toTaskDefinitionRecord(taskDefinition);
    },
  };
}

const LIST = { service: "ecs", operation: "ListTasks" } as const;
const DESCRIBE = { service: "ecs", operation: "DescribeTasks" } as const;
const PROTECTION = { service: "ecs", operation: "GetTaskProtection" } as const;
const DEFINITION = { service: "ecs", operation: "DescribeTaskDefinition" } as const;
