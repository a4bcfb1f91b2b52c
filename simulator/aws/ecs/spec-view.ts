// The members that services, deployments, task sets and revisions show alike.
// Invariant: launchType and capacityProviderStrategy never appear together (documented).

import type { LaunchType } from "@aws-sdk/client-ecs";
import type { ServiceSpec } from "../../world/revision";
import { withoutUndefined } from "../operation";

export function specView(spec: ServiceSpec) {
  return withoutUndefined({
    // A service with the EXTERNAL controller has none of its own.
    taskDefinition: spec.taskDefinitionArn || undefined,
    launchType: (spec.launchType ?? undefined) as LaunchType | undefined,
    capacityProviderStrategy: unlessEmpty(spec.capacityProviderStrategy),
    platformVersion: spec.platformVersion ?? undefined,
    networkConfiguration: spec.networkConfiguration?.awsvpcConfiguration ? spec.networkConfiguration : undefined,
    serviceConnectConfiguration: spec.serviceConnectConfiguration,
    volumeConfigurations: unlessEmpty(spec.volumeConfigurations),
    vpcLatticeConfigurations: unlessEmpty(spec.vpcLatticeConfigurations),
    loadBalancers: [...spec.loadBalancers],
    serviceRegistries: [...spec.serviceRegistries],
  });
}

function unlessEmpty<T>(items: readonly T[]): T[] | undefined {
  return items.length === 0 ? undefined : [...items];
}
