// Which old tasks of services that have settled still run, asked for many services at once: one DescribeTasks for a hundred
// tasks of a cluster. While one of them drains nothing can be proved, so the dearer reads of a proof are not made yet.

import type { TaskRecord } from "../../domain/fleet";
import { stillRuns } from "../core/verify/verify-task";
import { byCluster } from "./by-cluster";
import type { Forbearance } from "./passing-failure";
import { type RunContext, runOrFail } from "./run-context";
import { tasksNow } from "./tasks-now";
import { readTogether } from "./together";

/** By service: its old tasks that still run, none when all have stopped. Who could not be asked about is not in it. */
export async function oldTasksLeft(
  context: RunContext,
  settled: readonly string[],
  forbearance: Forbearance,
): Promise<ReadonlyMap<string, readonly TaskRecord[]>> {
  const left = new Map<string, readonly TaskRecord[]>();
  for (const [clusterArn, services] of byCluster(context, settled)) {
    const read = (some: readonly string[]) => readOldTasks(context, clusterArn, some);
    for (const [arn, tasks] of await readTogether({ services, forbearance, read })) left.set(arn, tasks);
  }
  return left;
}

async function readOldTasks(
  { ecs, recorder }: RunContext,
  clusterArn: string,
  services: readonly string[],
): Promise<ReadonlyMap<string, readonly TaskRecord[]>> {
  const old = new Map(services.map((arn) => [arn, new Set(runOrFail(recorder.state, arn).oldTasks)]));
  const tasks = [...old.values()].flatMap((its) => [...its]);
  const { found } = tasks.length === 0 ? { found: [] } : await tasksNow(ecs, { clusterArn, tasks });
  return new Map([...old].map(([arn, its]) => [arn, found.filter((task) => its.has(task.arn) && stillRuns(task))]));
}
