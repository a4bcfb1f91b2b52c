// CreateService.
// Source: ECS API reference (documented: defaults of percents, rebalancing and counts; clientToken makes it repeatable).

import type { CreateServiceRequest } from "@aws-sdk/client-ecs";
import { ecsArn } from "../../world/arns";
import { invalidParameter } from "../../world/aws-error";
import type { Cluster } from "../../world/cluster";
import { newService } from "../../world/new-service";
import { runsOnFargate, type ServiceSpec } from "../../world/revision";
import { startDeployment } from "../../world/start-deployment";
import { touch } from "../../world/world-state";
import type { Context } from "../operation";
import { tagRecord } from "../tags";
import { requireActiveTaskDefinition, requireCluster } from "./find";
import {
  placement,
  requireDeploymentConfiguration,
  requireLaunchable,
  requireRebalancingPercents,
} from "./service-rules";
import { serviceView } from "./service-view";

export function createService(context: Context, input: CreateServiceRequest) {
  const { world, lane } = context;
  const cluster = requireCluster(lane, input.cluster);
  const name = input.serviceName ?? "";
  const existing = cluster.services.get(name);
  if (existing !== undefined && existing.status !== "INACTIVE") {
    const repeated = input.clientToken !== undefined && existing.clientToken === input.clientToken;
    if (repeated) return { service: serviceView(world, existing) };
    throw invalidParameter("Creation of service was not idempotent.");
  }
  const controller = input.deploymentController?.type ?? "ECS";
  const spec = specOf(context, cluster, input);
  const deploymentConfiguration = { maximumPercent: 200, minimumHealthyPercent: 100, ...input.deploymentConfiguration };
  const settings = settingsOf(input);
  if (controller !== "EXTERNAL") requireLaunchable(lane, spec);
  requireRebalancingPercents(input.availabilityZoneRebalancing, deploymentConfiguration);
  requireDeploymentConfiguration(controller, deploymentConfiguration);
  const service = newService(world, {
    cluster,
    name,
    arn: ecsArn(lane, `service/${cluster.name}/${name}`),
    controller,
    schedulingStrategy: input.schedulingStrategy ?? "REPLICA",
    resourceManagementType: "CUSTOMER",
    spec,
    desiredCount: input.desiredCount ?? 0,
    deploymentConfiguration,
    settings,
    tags: tagRecord(input.tags),
    createdBy: context.caller.principalArn,
    clientToken: input.clientToken ?? null,
    createdAtMs: world.nowMs,
  });
  if (controller === "ECS") startDeployment(world, service);
  touch(world, service);
  return { service: serviceView(world, service) };
}

function specOf({ lane }: Context, cluster: Cluster, input: CreateServiceRequest): ServiceSpec {
  const place = placement({
    launchType: input.launchType,
    strategy: input.capacityProviderStrategy,
    cluster,
  });
  const external = input.deploymentController?.type === "EXTERNAL";
  if (!external && !input.taskDefinition) throw invalidParameter("TaskDefinition can not be blank.");
  return {
    ...place,
    taskDefinitionArn: input.taskDefinition ? requireActiveTaskDefinition(lane, input.taskDefinition).arn : "",
    platformVersion: runsOnFargate(place) ? (input.platformVersion ?? "LATEST") : null,
    networkConfiguration: input.networkConfiguration,
    loadBalancers: input.loadBalancers ?? [],
    serviceRegistries: input.serviceRegistries ?? [],
    serviceConnectConfiguration: input.serviceConnectConfiguration,
    volumeConfigurations: input.volumeConfigurations ?? [],
    vpcLatticeConfigurations: input.vpcLatticeConfigurations ?? [],
  };
}

function settingsOf(input: CreateServiceRequest) {
  const percentsForbid = (input.deploymentConfiguration?.maximumPercent ?? 200) <= 100;
  return {
    healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds ?? 0,
    enableExecuteCommand: input.enableExecuteCommand ?? false,
    enableECSManagedTags: input.enableECSManagedTags ?? false,
    propagateTags: input.propagateTags ?? "NONE",
    // ENABLED is the default of CreateService (documented), where the percents do not rule it out.
    availabilityZoneRebalancing: input.availabilityZoneRebalancing ?? (percentsForbid ? "DISABLED" : "ENABLED"),
    placementConstraints: input.placementConstraints ?? [],
    placementStrategy: input.placementStrategy ?? [],
  };
}
