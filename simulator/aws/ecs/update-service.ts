// UpdateService: what changes, and whether that starts a deployment.
// Source: UpdateService, ECS API reference (documented: which members start a deployment, which do not; what CODE_DEPLOY and
// EXTERNAL services refuse). The text of the refusal of forceNewDeployment is reported. There is no client token: a repeated
// call with forceNewDeployment starts another deployment.
// Invariant: every check comes before the first change.

import type { DeploymentConfiguration, UpdateServiceRequest } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../../world/aws-error";
import { setDesiredCount } from "../../world/desired-count";
import { runsOnFargate, type ServiceSpec } from "../../world/revision";
import type { Service, ServiceSettings } from "../../world/service";
import { startDeployment } from "../../world/start-deployment";
import { count, touch, type WorldState } from "../../world/world-state";
import type { Context } from "../operation";
import { requireAssociated } from "./capacity-provider-rules";
import { requireControllerAllows } from "./controller-rules";
import { requireActiveService, requireActiveTaskDefinition, requireCluster } from "./find";
import { requireDeploymentConfiguration, requireLaunchable, requireRebalancingPercents } from "./service-rules";
import { serviceView } from "./service-view";

export function updateService(context: Context, input: UpdateServiceRequest) {
  const { world, lane } = context;
  const service = requireActiveService(requireCluster(lane, input.cluster), input.service);
  requireControllerAllows(service, input);
  const spec = changedSpec(context, service, input);
  const deploys =
    service.controller === "ECS" && (input.forceNewDeployment === true || startsDeployment(service, spec));
  const configuration = changedConfiguration(service, input.deploymentConfiguration);
  const settings = changedSettings(service, input);
  if (deploys) {
    requireLaunchable(lane, spec);
    requireDeployableDefinition(context, spec);
  }
  requireRebalancingPercents(settings.availabilityZoneRebalancing, configuration);
  requireDeploymentConfiguration(service.controller, asSent(input.deploymentConfiguration, configuration));
  Object.assign(service, { spec, deploymentConfiguration: configuration, settings });
  noteCall(world, service);
  if (input.desiredCount !== undefined) setDesiredCount(world, service, input.desiredCount);
  if (deploys) startDeployment(world, service);
  return { service: serviceView(world, service) };
}

/** Whether an INACTIVE task definition that the service runs already can be deployed again is not documented: a switch. */
function requireDeployableDefinition({ world, lane }: Context, { taskDefinitionArn }: ServiceSpec): void {
  if (world.switches.inactiveTaskDefinition === "refused") requireActiveTaskDefinition(lane, taskDefinitionArn);
}

function noteCall(world: WorldState, service: Service): void {
  service.counters.updateServiceCalls += 1;
  count(world, "updateServiceCalls");
  touch(world, service);
}

function changedSpec({ lane, world }: Context, service: Service, input: UpdateServiceRequest): ServiceSpec {
  const old = service.spec;
  const strategy = input.capacityProviderStrategy;
  requireAssociated(service.cluster.capacityProviders, strategy);
  const place =
    strategy !== undefined && strategy.length > 0
      ? { launchType: null, capacityProviderStrategy: strategy }
      : { launchType: old.launchType, capacityProviderStrategy: old.capacityProviderStrategy };
  return {
    ...place,
    taskDefinitionArn: input.taskDefinition
      ? requireActiveTaskDefinition(lane, input.taskDefinition).arn
      : old.taskDefinitionArn,
    platformVersion: runsOnFargate(place) ? changedPlatformVersion(world, service, input) : null,
    networkConfiguration: input.networkConfiguration ?? old.networkConfiguration,
    loadBalancers: input.loadBalancers ?? old.loadBalancers,
    serviceRegistries: input.serviceRegistries ?? old.serviceRegistries,
    serviceConnectConfiguration: input.serviceConnectConfiguration ?? old.serviceConnectConfiguration,
    volumeConfigurations: input.volumeConfigurations ?? old.volumeConfigurations,
    vpcLatticeConfigurations: input.vpcLatticeConfigurations ?? old.vpcLatticeConfigurations,
  };
}

/** Whether an absent platformVersion keeps the old one is not documented without doubt: a switch. */
function changedPlatformVersion(world: WorldState, service: Service, input: UpdateServiceRequest): string {
  if (input.platformVersion !== undefined) return input.platformVersion;
  const kept = service.spec.platformVersion ?? "LATEST";
  const resets = world.switches.platformVersionWhenOmitted === "latest" && input.forceNewDeployment === true;
  return resets ? "LATEST" : kept;
}

/** The strategy alone starts nothing (documented); it waits for the next deployment. */
function startsDeployment(service: Service, spec: ServiceSpec): boolean {
  const comparable = ({ capacityProviderStrategy: _, launchType: __, ...rest }: ServiceSpec): string => canonical(rest);
  return comparable(service.spec) !== comparable(spec);
}

function changedConfiguration(
  service: Service,
  sent: DeploymentConfiguration | undefined,
): Service["deploymentConfiguration"] {
  const merged = { ...service.deploymentConfiguration, ...sent };
  if ((merged.minimumHealthyPercent ?? 0) < 0 || (merged.maximumPercent ?? 200) < (merged.minimumHealthyPercent ?? 0)) {
    throw invalidParameter("maximumPercent cannot be less than minimumHealthyPercent.");
  }
  return merged;
}

/** What is sent must fit the service; what is kept from before may belong to another strategy. */
function asSent(
  sent: DeploymentConfiguration = {},
  { strategy, minimumHealthyPercent }: DeploymentConfiguration,
): DeploymentConfiguration {
  return { ...sent, strategy, minimumHealthyPercent };
}

function changedSettings(service: Service, input: UpdateServiceRequest): ServiceSettings {
  const old = service.settings;
  return {
    healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds ?? old.healthCheckGracePeriodSeconds,
    enableExecuteCommand: input.enableExecuteCommand ?? old.enableExecuteCommand,
    enableECSManagedTags: input.enableECSManagedTags ?? old.enableECSManagedTags,
    propagateTags: input.propagateTags ?? old.propagateTags,
    availabilityZoneRebalancing: input.availabilityZoneRebalancing ?? old.availabilityZoneRebalancing,
    placementConstraints: input.placementConstraints ?? old.placementConstraints,
    placementStrategy: input.placementStrategy ?? old.placementStrategy,
  };
}

/** JSON with sorted member names, so that two ways of writing the same thing are equal. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
