// The services and tasks that a scan looks around: those that run on Fargate.
// Invariant: what may run there counts as running there: silence of AWS is no proof that something does not.

import type { Fleet } from "../../../domain/fleet";
import { runsOnFargate } from "../../../domain/runs-on-fargate";

export type Inhabitants = Pick<Fleet, "clusters" | "services" | "tasks">;

export function onFargate({ clusters, services, tasks }: Inhabitants): Inhabitants {
  const clusterOf = new Map(clusters.map((cluster) => [cluster.arn, cluster]));
  return {
    clusters,
    services: services.filter(
      (service) => runsOnFargate(service, clusterOf.get(service.clusterArn) ?? null).answer !== "not-fargate",
    ),
    tasks: tasks.filter(
      ({ launchType, platformVersion, capacityProviderName }) =>
        launchType === "FARGATE" || platformVersion !== null || capacityProviderName?.startsWith("FARGATE") === true,
    ),
  };
}
