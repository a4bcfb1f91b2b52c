// Every task of some services of one cluster, in one observation: running, draining and recently stopped ones, and given old ones.
//
// They are listed service by service or for the whole cluster, whichever is cheaper by the counts at hand: an expectation only, that
// costs calls when it is wrong and never a task. Then all are described together, 100 a call.
//
// Invariants
//   those that shall run are listed first and those that shall stop after them: a task that begins to drain in between is in both
//   the default ListTasks shows desired status RUNNING only, so a draining task is found under STOPPED or by its ARN (documented)
//   of a cluster's list only what is known to belong to another service is left out: a task never changes its group

import type { TaskRecord } from "../../domain/fleet";
import { cheaperListing, type Listing } from "../core/machine/cheaper-listing";
import { inParallel } from "./in-parallel";
import { expectedTasks, taskOwners } from "./known-tasks";
import { plannedOrFail, type RunContext } from "./run-context";

export interface TasksQuestion {
  readonly clusterArn: string;
  /** ARNs of services of the plan. */
  readonly services: readonly string[];
  /** By service: tasks to describe whether a list shows them or not. */
  readonly alsoTasks: (service: string) => readonly string[];
}

export interface TasksSeen {
  readonly tasks: readonly TaskRecord[];
  /** Asked for, and not known to AWS any more. */
  readonly gone: readonly string[];
}

const LISTS_AT_ONCE = 8;

export async function tasksOfServices(
  context: RunContext,
  question: TasksQuestion,
): Promise<ReadonlyMap<string, TasksSeen>> {
  const { clusterArn, services } = question;
  const running = await listed(context, question, "RUNNING");
  const stopped = await listed(context, question, "STOPPED");
  const asked = new Map(services.map((arn) => [arn, new Set(question.alsoTasks(arn))]));
  const also = [...asked.values()].flatMap((tasks) => [...tasks]);
  const wanted = [...new Set([...running.tasks, ...stopped.tasks, ...also])];
  const { found, missing } =
    wanted.length === 0 ? { found: [], missing: [] } : await context.ecs.describeTasks({ clusterArn, tasks: wanted });
  const gone = new Set(missing);
  const ownerOf = (task: TaskRecord) => running.owners.get(task.arn) ?? stopped.owners.get(task.arn);
  return new Map(
    services.map((arn) => {
      const old = asked.get(arn) ?? new Set();
      const group = `service:${plannedOrFail(context.plan, arn).name}`;
      const isIts = (task: TaskRecord) => old.has(task.arn) || ownerOf(task) === arn || task.group === group;
      return [arn, { tasks: found.filter(isIts), gone: [...old].filter((task) => gone.has(task)) }];
    }),
  );
}

/** How they are to be listed by the counts at hand, and in how many calls. */
export function cheapestList(
  context: RunContext,
  { clusterArn, services, desiredStatus }: Omit<TasksQuestion, "alsoTasks"> & { readonly desiredStatus: DesiredStatus },
): Listing {
  return cheaperListing({
    tasksOfCluster: expectedTasks(context, clusterArn, desiredStatus),
    tasksOfServices: services.map((arn) => plannedOrFail(context.plan, arn).tasks),
  });
}

type DesiredStatus = "RUNNING" | "STOPPED";

interface Listed {
  readonly tasks: readonly string[];
  /** By task: the service that it was listed for; empty when the whole cluster was listed. */
  readonly owners: ReadonlyMap<string, string>;
}

async function listed(
  context: RunContext,
  { clusterArn, services }: TasksQuestion,
  desiredStatus: DesiredStatus,
): Promise<Listed> {
  const { ecs } = context;
  if (cheapestList(context, { clusterArn, services, desiredStatus }).of === "cluster") {
    const all = await ecs.listTasks({ clusterArn, desiredStatus });
    const asked = new Set(services);
    const owners = taskOwners(context, clusterArn);
    const isOthers = (task: string) => {
      const owner = owners.get(task);
      return owner !== undefined && !asked.has(owner);
    };
    return { tasks: all.filter((task) => !isOthers(task)), owners: new Map() };
  }
  const lists = await inParallel({
    items: services,
    atOnce: LISTS_AT_ONCE,
    work: async (arn) => {
      const { name: service } = plannedOrFail(context.plan, arn);
      return (await ecs.listTasks({ clusterArn, service, desiredStatus })).map((task) => [task, arn] as const);
    },
  });
  return { tasks: lists.flat().map(([task]) => task), owners: new Map(lists.flat()) };
}
