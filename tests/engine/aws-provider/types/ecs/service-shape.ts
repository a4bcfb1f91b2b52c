// An ECS service between Pulumi's properties and the SDK's shapes.
// Invariant: an update holds what changed and nothing else, besides the names and `forceNewDeployment`.

import type {
  CreateServiceCommandInput,
  DeploymentConfiguration,
  Service,
  UpdateServiceCommandInput,
} from "@aws-sdk/client-ecs";
import { lastPart } from "../../../../../domain/arn";
import { isMap, type PropertyMap, type PropertyValue } from "../../property-values";
import { asProperty, compact, mapOf, mapsOf, numberOf, textMapOf, textOf, textsOf } from "../../state-values";
import { ecsTags } from "../../tags";
import { toDeploymentStrategy, toServiceConnect, toVolumes } from "./service-extras";
import {
  fromNetwork,
  fromRegistries,
  fromStrategy,
  toLoadBalancers,
  toNetwork,
  toRegistries,
  toStrategy,
} from "./service-parts";

export function toCreateService(planned: PropertyMap, clientToken: string): CreateServiceCommandInput {
  const controller = textOf(mapOf(planned.deploymentController)?.type);
  const daemon = planned.schedulingStrategy === "DAEMON";
  const some = <T>(items: T[]): T[] | undefined => (items.length === 0 ? undefined : items);
  return compact({
    serviceName: textOf(planned.name) ?? "",
    clientToken,
    cluster: textOf(planned.cluster),
    taskDefinition: textOf(planned.taskDefinition),
    desiredCount: daemon ? undefined : (numberOf(planned.desiredCount) ?? 0),
    schedulingStrategy: planned.schedulingStrategy as CreateServiceCommandInput["schedulingStrategy"],
    launchType: controller === "EXTERNAL" ? undefined : (textOf(planned.launchType) as "FARGATE" | undefined),
    capacityProviderStrategy: toStrategy(mapsOf(planned.capacityProviderStrategies)),
    platformVersion: textOf(planned.platformVersion),
    networkConfiguration: toNetwork(planned.networkConfiguration),
    deploymentController: controller === undefined ? undefined : { type: controller as "ECS" },
    deploymentConfiguration: toDeployment(planned, ALL),
    availabilityZoneRebalancing: textOf(planned.availabilityZoneRebalancing) as "ENABLED" | undefined,
    enableECSManagedTags: planned.enableEcsManagedTags === true ? true : undefined,
    enableExecuteCommand: planned.enableExecuteCommand === true ? true : undefined,
    healthCheckGracePeriodSeconds: numberOf(planned.healthCheckGracePeriodSeconds) || undefined,
    role: textOf(planned.iamRole),
    loadBalancers: some(toLoadBalancers(planned.loadBalancers)),
    placementConstraints: some(plain(planned.placementConstraints)),
    placementStrategy: some(plain(planned.orderedPlacementStrategies)),
    propagateTags: textOf(planned.propagateTags) as "SERVICE" | undefined,
    serviceConnectConfiguration: toServiceConnect(planned.serviceConnectConfiguration),
    serviceRegistries: some(toRegistries(planned.serviceRegistries)),
    volumeConfigurations: some(toVolumes(planned.volumeConfiguration)),
    vpcLatticeConfigurations: plain(planned.vpcLatticeConfigurations),
    tags: ecsTags(textMapOf(planned.tagsAll)),
  }) as CreateServiceCommandInput;
}

export function toUpdateService(news: PropertyMap, changed: ReadonlySet<string>): UpdateServiceCommandInput {
  const when = <T>(property: string, value: T): T | undefined => (changed.has(property) ? value : undefined);
  return compact({
    cluster: textOf(news.cluster),
    service: textOf(news.arn) ?? textOf(news.name) ?? "",
    forceNewDeployment: news.forceNewDeployment === true ? true : undefined,
    availabilityZoneRebalancing: when("availabilityZoneRebalancing", textOf(news.availabilityZoneRebalancing)),
    capacityProviderStrategy: when("capacityProviderStrategies", toStrategy(mapsOf(news.capacityProviderStrategies))),
    deploymentConfiguration: toDeployment(news, changed),
    desiredCount:
      news.schedulingStrategy === "DAEMON" ? undefined : when("desiredCount", numberOf(news.desiredCount) ?? 0),
    enableECSManagedTags: when("enableEcsManagedTags", news.enableEcsManagedTags === true),
    enableExecuteCommand: when("enableExecuteCommand", news.enableExecuteCommand === true),
    healthCheckGracePeriodSeconds: when(
      "healthCheckGracePeriodSeconds",
      numberOf(news.healthCheckGracePeriodSeconds) ?? 0,
    ),
    loadBalancers: when("loadBalancers", toLoadBalancers(news.loadBalancers)),
    networkConfiguration: when("networkConfiguration", toNetwork(news.networkConfiguration)),
    placementConstraints: when("placementConstraints", plain(news.placementConstraints)),
    placementStrategy: when("orderedPlacementStrategies", plain(news.orderedPlacementStrategies)),
    platformVersion: when("platformVersion", textOf(news.platformVersion)),
    propagateTags: when("propagateTags", textOf(news.propagateTags)),
    serviceConnectConfiguration: when(
      "serviceConnectConfiguration",
      toServiceConnect(news.serviceConnectConfiguration) ?? { enabled: false },
    ),
    serviceRegistries: when("serviceRegistries", toRegistries(news.serviceRegistries)),
    taskDefinition: when("taskDefinition", textOf(news.taskDefinition)),
    volumeConfigurations: when("volumeConfiguration", toVolumes(news.volumeConfiguration)),
    vpcLatticeConfigurations: when("vpcLatticeConfigurations", plain(news.vpcLatticeConfigurations)),
  }) as UpdateServiceCommandInput;
}

export function fromService(service: Service, old: PropertyMap): PropertyMap {
  const { deploymentConfiguration: deployment } = service;
  const definition = service.taskDefinition;
  return {
    arn: service.serviceArn ?? "",
    name: service.serviceName ?? "",
    cluster: sameFormat(old.cluster, service.clusterArn ?? ""),
    ...(definition === undefined || definition === ""
      ? {}
      : { taskDefinition: sameFormat(old.taskDefinition, definition) }),
    availabilityZoneRebalancing: service.availabilityZoneRebalancing ?? "",
    capacityProviderStrategies: fromStrategy(service.capacityProviderStrategy),
    deploymentController: { type: service.deploymentController?.type ?? "ECS" },
    ...(deployment === undefined ? {} : fromDeployment(deployment, old)),
    desiredCount: service.desiredCount ?? 0,
    enableEcsManagedTags: service.enableECSManagedTags ?? false,
    enableExecuteCommand: service.enableExecuteCommand ?? false,
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds ?? 0,
    launchType: service.launchType ?? "",
    loadBalancers: (service.loadBalancers ?? []).map(({ loadBalancerName, ...one }) =>
      asProperty({ ...one, ...(loadBalancerName === undefined ? {} : { elbName: loadBalancerName }) }),
    ),
    networkConfiguration: fromNetwork(service.networkConfiguration),
    orderedPlacementStrategies: asProperty(service.placementStrategy ?? []),
    placementConstraints: asProperty(service.placementConstraints ?? []),
    platformVersion: service.platformVersion ?? "",
    propagateTags: service.propagateTags ?? "NONE",
    schedulingStrategy: service.schedulingStrategy ?? "REPLICA",
    serviceRegistries: fromRegistries(service.serviceRegistries),
  };
}

const ALL: ReadonlySet<string> = new Set([
  "alarms",
  "deploymentCircuitBreaker",
  "deploymentConfiguration",
  "deploymentMaximumPercent",
  "deploymentMinimumHealthyPercent",
]);

function toDeployment(planned: PropertyMap, changed: ReadonlySet<string>): DeploymentConfiguration | undefined {
  const when = <T>(property: string, value: T): T | undefined => (changed.has(property) ? value : undefined);
  const percents = changed.has("deploymentMaximumPercent") || changed.has("deploymentMinimumHealthyPercent");
  const daemon = planned.schedulingStrategy === "DAEMON";
  const configuration = compact({
    alarms: when("alarms", toAlarms(mapOf(planned.alarms))),
    deploymentCircuitBreaker: when("deploymentCircuitBreaker", toBreaker(mapOf(planned.deploymentCircuitBreaker))),
    maximumPercent: percents && !daemon ? (numberOf(planned.deploymentMaximumPercent) ?? 200) : undefined,
    minimumHealthyPercent: percents ? (numberOf(planned.deploymentMinimumHealthyPercent) ?? 100) : undefined,
    ...(changed.has("deploymentConfiguration") ? toDeploymentStrategy(mapOf(planned.deploymentConfiguration)) : {}),
  });
  return Object.keys(configuration).length === 0 ? undefined : configuration;
}

function toAlarms(alarms: PropertyMap | undefined): DeploymentConfiguration["alarms"] {
  if (alarms === undefined) return undefined;
  return {
    alarmNames: textsOf(alarms.alarmNames),
    enable: alarms.enable === true,
    rollback: alarms.rollback === true,
  };
}

function toBreaker(breaker: PropertyMap | undefined): DeploymentConfiguration["deploymentCircuitBreaker"] {
  return breaker && { enable: breaker.enable === true, rollback: breaker.rollback === true };
}

/** Hooks, canary and linear settings are not read back: the state keeps what the program said. */
function fromDeployment(deployment: DeploymentConfiguration, old: PropertyMap): PropertyMap {
  const { strategy, bakeTimeInMinutes: minutes } = deployment;
  const bakes = minutes === undefined ? {} : { bakeTimeInMinutes: String(minutes) };
  return {
    deploymentMaximumPercent: deployment.maximumPercent ?? 200,
    deploymentMinimumHealthyPercent: deployment.minimumHealthyPercent ?? 100,
    alarms: asProperty(deployment.alarms),
    deploymentCircuitBreaker: asProperty(deployment.deploymentCircuitBreaker),
    ...(strategy === undefined
      ? {}
      : { deploymentConfiguration: { ...mapOf(old.deploymentConfiguration), strategy, ...bakes } }),
  };
}

/** An ARN where the program gives an ARN, and else what comes after its last slash. */
function sameFormat(old: PropertyValue | undefined, arn: string): string {
  return typeof old === "string" && old.startsWith("arn:") ? arn : lastPart(arn);
}

function plain<T>(value: PropertyValue | undefined): T[] {
  const without = (item: PropertyValue): PropertyValue => {
    if (!isMap(item)) return item;
    return Object.fromEntries(Object.entries(item).filter(([name]) => name !== "__defaults"));
  };
  return (Array.isArray(value) ? value.map(without) : []) as T[];
}
