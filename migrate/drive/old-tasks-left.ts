// Which old tasks of services that have settled still run, asked for many services at once: one DescribeTasks for a hundred
// tasks of a cluster. While one of them drains nothing can be proved, so the dearer reads of a proof are not made yet.

import type { TaskRecord } from "../../domain/fleet";
import { stillRuns } from "../core/verify/verify-task";
import { byCluster } from "./by-cluster";
import type { Forbearance } from "./passing-failure";
import { type RunContext, runOrFail } from "./run-context";

/** By service: its old tasks that still run. A service that is not there has none left, or could not be asked about. */
export async function oldTasksLeft(
  context: RunContext,
  settled: readonly string[],
  forbearance: Forbearance,
): Promise<ReadonlyMap<string, readonly TaskRecord[]>> {
  const left = new Map<string, readonly TaskRecord[]>();
  for (const [clusterArn, services] of byCluster(context, settled)) {
    const asked = services.map((arn) => ({ arn, tasks: new Set(runOrFail(context.recorder.state, arn).oldTasks) }));
    const tasks = asked.flatMap((one) => [...one.tasks]);
    if (tasks.length === 0) continue;
    const reply = await forbearance.attempt(() => context.ecs.describeTasks({ clusterArn, tasks }));
    for (const { arn, tasks: old } of asked) {
      const running = reply?.found.filter((task) => old.has(task.arn) && stillRuns(task)) ?? [];
      if (running.length > 0) left.set(arn, running);
    }
  }
  return left;
}
