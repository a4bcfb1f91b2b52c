// DescribeServices, where a cluster that has gone is an answer too: AWS says so with an error (ClusterNotFoundException, documented).
// Invariant: only "not found" is taken for "none there"; any other failure is thrown on.

import type { ServiceRecord } from "../../domain/fleet";
import { AwsFailure } from "../ports/aws-failure";
import type { EcsPort, Found } from "../ports/ecs-port";

export async function servicesNow(
  ecs: EcsPort,
  query: { readonly clusterArn: string; readonly services: readonly string[] },
): Promise<Found<ServiceRecord>> {
  try {
    return await ecs.describeServices(query);
  } catch (error) {
    if (!(error instanceof AwsFailure) || error.kind !== "not-found") throw error;
    return { found: [], missing: query.services };
  }
}
