// Every task of one service, in one observation: running ones, and where asked the draining, stopped and old ones too.
// The default ListTasks shows desired status RUNNING only, so a draining task is found under STOPPED or by its ARN.

import type { TaskRecord } from "../../domain/fleet";
import type { EcsPort } from "../ports/ecs-port";

export interface TasksQuestion {
  readonly clusterArn: string;
  readonly service: string;
  /** Also what drains and what stopped within the last hour. */
  readonly withStopped: boolean;
  /** Tasks to describe whether a list shows them or not. */
  readonly alsoTasks: readonly string[];
}

export interface TasksSeen {
  readonly tasks: readonly TaskRecord[];
  /** Asked for, and not known to AWS any more. */
  readonly gone: readonly string[];
}

export async function tasksOfService({ ecs }: { readonly ecs: EcsPort }, question: TasksQuestion): Promise<TasksSeen> {
  const { clusterArn, service } = question;
  const running = await ecs.listTasks({ clusterArn, service, desiredStatus: "RUNNING" });
  const stopped = question.withStopped ? await ecs.listTasks({ clusterArn, service, desiredStatus: "STOPPED" }) : [];
  const wanted = [...new Set([...running, ...stopped, ...question.alsoTasks])];
  if (wanted.length === 0) return { tasks: [], gone: [] };
  const { found, missing } = await ecs.describeTasks({ clusterArn, tasks: wanted });
  return { tasks: found, gone: missing };
}
