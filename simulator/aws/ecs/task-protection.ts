// GetTaskProtection and UpdateTaskProtection.
// Source: "Task scale-in protection", ECS developer guide (documented: holds against scale-in and deployments, 120 minutes
// unless given, 1 to 2880, tasks of services only, 100 tasks a read and 10 a write).

import type { GetTaskProtectionRequest, ProtectedTask, UpdateTaskProtectionRequest } from "@aws-sdk/client-ecs";
import { BATCH_LIMITS } from "../../../domain/api-quotas";
import { invalidParameter } from "../../world/aws-error";
import { wakeSoon } from "../../world/scheduler-wake";
import type { Task } from "../../world/task";
import { touch, type WorldState } from "../../world/world-state";
import { instantOrNothing } from "../instant";
import { type Context, withoutUndefined } from "../operation";
import { requireCluster, taskNamed } from "./find";

const MINUTES = { standard: 120, least: 1, most: 2880 };

interface Failure {
  readonly arn: string;
  readonly reason: string;
  readonly detail?: string;
}

export function getTaskProtection({ world, lane }: Context, input: GetTaskProtectionRequest) {
  const cluster = requireCluster(lane, input.cluster);
  const references =
    input.tasks ?? [...cluster.tasks.values()].filter((task) => task.unit !== null).map(({ arn }) => arn);
  if (references.length > BATCH_LIMITS.getTaskProtection) {
    throw invalidParameter(`At most ${BATCH_LIMITS.getTaskProtection} tasks can be asked for at once.`);
  }
  return forEachTask(
    references,
    (reference) => taskNamed(cluster, reference),
    (task) => view(world, task),
  );
}

export function updateTaskProtection({ world, lane }: Context, input: UpdateTaskProtectionRequest) {
  const cluster = requireCluster(lane, input.cluster);
  const references = input.tasks ?? [];
  if (references.length > BATCH_LIMITS.updateTaskProtection) {
    throw invalidParameter(`At most ${BATCH_LIMITS.updateTaskProtection} tasks can be changed at once.`);
  }
  const minutes = input.expiresInMinutes ?? MINUTES.standard;
  if (minutes < MINUTES.least || minutes > MINUTES.most) {
    throw invalidParameter(`expiresInMinutes must be between ${MINUTES.least} and ${MINUTES.most}.`);
  }
  return forEachTask(
    references,
    (reference) => taskNamed(cluster, reference),
    (task) => {
      task.protectedUntilMs = input.protectionEnabled === true ? world.nowMs + minutes * 60_000 : null;
      touch(world, task);
      if (task.unit !== null) wakeSoon(world, task.unit.service);
      return view(world, task);
    },
  );
}

function forEachTask(
  references: readonly string[],
  find: (reference: string) => Task | undefined,
  act: (task: Task) => ProtectedTask,
) {
  const protectedTasks: ProtectedTask[] = [];
  const failures: Failure[] = [];
  for (const reference of references) {
    const task = find(reference);
    if (task === undefined) failures.push({ arn: reference, reason: "MISSING" });
    else if (task.unit === null)
      failures.push({ arn: task.arn, reason: "TASK_NOT_VALID", detail: "not a service's task" });
    else protectedTasks.push(act(task));
  }
  return { protectedTasks, failures };
}

function view(world: WorldState, task: Task): ProtectedTask {
  const isProtected = task.protectedUntilMs !== null && task.protectedUntilMs > world.nowMs;
  return withoutUndefined({
    taskArn: task.arn,
    protectionEnabled: isProtected,
    expirationDate: isProtected ? instantOrNothing(task.protectedUntilMs) : undefined,
  });
}
