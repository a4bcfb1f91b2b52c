// The calls of EcsPort about tasks and their definitions, on the SDK.
// Invariant: a task that AWS no longer knows is `missing`, never an error.

import { DescribeTaskDefinitionCommand, DescribeTasksCommand, ListTasksCommand } from "@aws-sdk/client-ecs";
import { BATCH_LIMITS, PAGE_SIZES } from "../../../domain/api-quotas";
import type { EcsPort } from "../../ports/ecs-port";
import type { EcsCallOptions } from "./ecs-clusters";
import { emptyReply } from "./empty-reply";
import { inBatches } from "./in-batches";
import { toTaskDefinitionRecord } from "./to-task-definition-record";
import { toTaskRecord } from "./to-task-record";
import { walkPages } from "./walk-pages";

type TaskCalls = Pick<EcsPort, "listTasks" | "describeTasks" | "describeTaskDefinition">;

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
const DEFINITION = { service: "ecs", operation: "DescribeTaskDefinition" } as const;
