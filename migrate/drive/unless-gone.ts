// A read in a cluster, where a cluster that has gone is an answer too: AWS says so with an error (ClusterNotFoundException, documented),
// and deletes no cluster that services or tasks are still in (DeleteCluster, documented).
// Invariant: only "not found" is taken for "none there"; any other failure is thrown on.

import { AwsFailure } from "../ports/aws-failure";
import type { Found } from "../ports/ecs-port";

export async function unlessGone<T>(asked: readonly string[], read: () => Promise<Found<T>>): Promise<Found<T>> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AwsFailure) || error.kind !== "not-found") throw error;
    return { found: [], missing: asked };
  }
}
