// DescribeTasks, which shows none of a cluster that has gone.

import type { TaskRecord } from "../../domain/fleet";
import type { EcsPort, Found } from "../ports/ecs-port";
import { unlessGone } from "./unless-gone";

export function tasksNow(
  ecs: EcsPort,
  query: { readonly clusterArn: string; readonly tasks: readonly string[] },
): Promise<Found<TaskRecord>> {
  return unlessGone(query.tasks, () => ecs.describeTasks(query));
}
