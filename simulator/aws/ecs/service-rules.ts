// What CreateService and UpdateService check alike.
// Sources: ECS API reference (documented: platform versions, one of launch type and strategy); that availability zone
// rebalancing refuses a maximumPercent of 100 or less is reported.

import type { CapacityProviderStrategyItem, DeploymentConfiguration } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../../world/aws-error";
import type { Cluster } from "../../world/cluster";
import type { Lane } from "../../world/lane";
import { deploymentConfigurationProblem } from "../../world/lifecycle/deployment-rules";
import { requirePlatform } from "../../world/platform";
import { runsOnFargate, type ServiceSpec } from "../../world/revision";
import type { Service } from "../../world/service";
import { definitionOf } from "../../world/task-launch";
import { requireAssociated } from "./capacity-provider-rules";

export function requireLaunchable(lane: Lane, spec: ServiceSpec): void {
  if (!runsOnFargate(spec)) return;
  requirePlatform(spec.platformVersion, definitionOf(lane, spec.taskDefinitionArn));
  if (spec.networkConfiguration?.awsvpcConfiguration === undefined) {
    throw invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  }
}

export function requireRebalancingPercents(
  rebalancing: "ENABLED" | "DISABLED" | undefined,
  configuration: DeploymentConfiguration,
): void {
  if (rebalancing !== "ENABLED" || (configuration.maximumPercent ?? 200) > 100) return;
  throw invalidParameter("maximumPercent must be greater than 100 when availabilityZoneRebalancing is ENABLED.");
}

/** Only ECS itself deploys by such a configuration. */
export function requireDeploymentConfiguration(
  controller: Service["controller"],
  configuration: DeploymentConfiguration,
): void {
  const problem = controller === "ECS" ? deploymentConfigurationProblem(configuration) : null;
  if (problem !== null) throw invalidParameter(problem);
}

/** The strategy given, the launch type given, or what the cluster does by default. */
export function placement(asked: {
  readonly launchType: string | undefined;
  readonly strategy: readonly CapacityProviderStrategyItem[] | undefined;
  readonly cluster: Cluster;
}): Pick<ServiceSpec, "launchType" | "capacityProviderStrategy"> {
  const strategy = asked.strategy ?? [];
  if (asked.launchType !== undefined && strategy.length > 0) {
    throw invalidParameter("Specifying both a launch type and capacity provider strategy is not supported.");
  }
  if (asked.launchType !== undefined) return { launchType: asked.launchType, capacityProviderStrategy: [] };
  requireAssociated(asked.cluster.capacityProviders, strategy);
  const used = strategy.length > 0 ? strategy : asked.cluster.defaultCapacityProviderStrategy;
  return used.length > 0
    ? { launchType: null, capacityProviderStrategy: used }
    : { launchType: "EC2", capacityProviderStrategy: [] };
}
