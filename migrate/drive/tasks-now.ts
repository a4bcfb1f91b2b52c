// DescribeTasks, where a cluster that has gone is an answer too: AWS says so with an error (ClusterNotFoundException, documented), and
// deletes no cluster that tasks still run in (DeleteCluster, documented).
// Invariant: only "not found" is taken for "none there"; any other failure is thrown on.

import type { TaskRecord } from "../../domain/fleet";
import { AwsFailure } from "../ports/aws-failure";
import type { EcsPort, Found } from "../ports/ecs-port";

export async function tasksNow(
  ecs: EcsPort,
  query: { readonly clusterArn: string; readonly tasks: readonly string[] },
): Promise<Found<TaskRecord>> {
  try {
    return await ecs.describeTasks(query);
  } catch (error) {
    if (!(error instanceof AwsFailure) || error.kind !== "not-found") throw error;
    return { found: [], missing: query.tasks };
  }
}
