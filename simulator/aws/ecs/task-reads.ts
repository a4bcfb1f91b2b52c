// DescribeTasks and ListTasks.
// Sources: ECS API reference (documented: 100 tasks a call; the default listing shows desired status RUNNING only; PENDING
// finds nothing; startedBy must be the only filter); so draining tasks are hidden from the default listing (reported).

import type { DescribeTasksRequest, ListTasksRequest, Task as SdkTask } from "@aws-sdk/client-ecs";
import { BATCH_LIMITS, PAGE_SIZES } from "../../../domain/api-quotas";
import { lastPart } from "../../../domain/arn";
import { invalidParameter } from "../../world/aws-error";
import type { Cluster } from "../../world/cluster";
import type { Task } from "../../world/task";
import type { WorldState } from "../../world/world-state";
import type { Context } from "../operation";
import { limitOf, pageOf } from "../pagination";
import { readInstantMs, seenAt } from "../read-instant";
import { type MissingFailure, missing, requireCluster, requireService, taskNamed } from "./find";
import { taskView } from "./task-view";

export function describeTasks({ world, lane }: Context, input: DescribeTasksRequest) {
  const cluster = requireCluster(lane, input.cluster);
  const references = input.tasks ?? [];
  if (references.length === 0) throw invalidParameter("Tasks cannot be empty.");
  if (references.length > BATCH_LIMITS.describeTasks) {
    throw invalidParameter(`Tasks cannot have more than ${BATCH_LIMITS.describeTasks} items.`);
  }
  const asOfMs = readInstantMs(world);
  const tasks: SdkTask[] = [];
  const failures: MissingFailure[] = [];
  for (const reference of references) {
    const task = taskNamed(cluster, reference);
    const view = task === undefined ? null : seenAt(world, task, { asOfMs: asOfMs, render: () => taskView(task) });
    if (view === null) failures.push(missing(arnOf(cluster, reference)));
    else tasks.push(withTags(view, input.include?.includes("TAGS") === true));
  }
  return { tasks, failures };
}

export function listTasks({ world, lane }: Context, input: ListTasksRequest) {
  const cluster = requireCluster(lane, input.cluster);
  const others = [input.serviceName, input.family, input.launchType, input.containerInstance];
  if (input.startedBy !== undefined && others.some((filter) => filter !== undefined)) {
    throw invalidParameter("startedBy must be the only filter.");
  }
  const desiredStatus = input.desiredStatus ?? "RUNNING";
  const asOfMs = readInstantMs(world);
  const wanted = (task: Task): boolean =>
    matches(task, input) && desiredStatusAt(world, task, asOfMs) === desiredStatus;
  const question = `tasks of ${cluster.name} ${desiredStatus} ${[input.startedBy, ...others].join(",")}`;
  const limit = limitOf(input.maxResults, PAGE_SIZES.listTasks);
  const page = pageOf(candidates(cluster, input), { question, token: input.nextToken, limit }, wanted);
  return { taskArns: page.items.map((task) => task.arn), nextToken: page.nextToken };
}

function candidates(cluster: Cluster, input: ListTasksRequest): Iterable<Task> {
  if (input.containerInstance !== undefined) return [];
  if (input.serviceName === undefined) return cluster.tasks.values();
  return requireService(cluster, input.serviceName).tasks.values();
}

function matches(task: Task, input: ListTasksRequest): boolean {
  return (
    (input.startedBy === undefined || task.startedBy === input.startedBy) &&
    (input.family === undefined || lastPart(task.taskDefinitionArn).split(":")[0] === input.family) &&
    (input.launchType === undefined || task.launchType === input.launchType)
  );
}

function desiredStatusAt(world: WorldState, task: Task, asOfMs: number): string | undefined {
  if (world.readLagMaxMs === 0) return task.desiredStatus;
  return seenAt(world, task, { asOfMs: asOfMs, render: () => taskView(task) })?.desiredStatus;
}

function withTags(view: SdkTask, wanted: boolean): SdkTask {
  return wanted ? view : { ...view, tags: [] };
}

function arnOf(cluster: Cluster, reference: string): string {
  if (reference.startsWith("arn:")) return reference;
  return `${cluster.arn.replace(":cluster/", ":task/")}/${reference}`;
}
