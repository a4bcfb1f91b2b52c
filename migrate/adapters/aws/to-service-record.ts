// The wire shape of a service, mapped to ours.
//
// Invariants
//   members that AWS leaves out get the API's documented default where there is one, else null; odd values are kept as they are
//   of a service's events the five newest are kept, newest first

import type { DeploymentConfiguration, Service } from "@aws-sdk/client-ecs";
import type { ServiceRecord } from "../../../domain/fleet";
import { toDeploymentRecord, toTaskSetRecord } from "./to-deployment-record";
import { instant, instantOrNull, strategyOf, tagsOf, textOrNull } from "./wire-values";

const EVENTS_KEPT = 5;

export function toServiceRecord(service: Service): ServiceRecord {
  return {
    arn: service.serviceArn ?? "",
    name: service.serviceName ?? "",
    clusterArn: service.clusterArn ?? "",
    status: service.status ?? "",
    controller: service.deploymentController?.type ?? "ECS",
    schedulingStrategy: service.schedulingStrategy ?? "REPLICA",
    launchType: service.launchType ?? null,
    capacityProviderStrategy: strategyOf(service.capacityProviderStrategy),
    platformVersion: textOrNull(service.platformVersion),
    platformFamily: textOrNull(service.platformFamily),
    desiredCount: service.desiredCount ?? 0,
    runningCount: service.runningCount ?? 0,
    pendingCount: service.pendingCount ?? 0,
    ...deploymentRules(service),
    availabilityZoneRebalancing: service.availabilityZoneRebalancing ?? null,
    taskDefinitionArn: textOrNull(service.taskDefinition),
    subnets: service.networkConfiguration?.awsvpcConfiguration?.subnets ?? [],
    securityGroups: service.networkConfiguration?.awsvpcConfiguration?.securityGroups ?? [],
    assignsPublicIp: service.networkConfiguration?.awsvpcConfiguration?.assignPublicIp === "ENABLED",
    targetGroupArns: targetGroupsOf(service),
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds ?? 0,
    deployments: (service.deployments ?? []).map(toDeploymentRecord),
    taskSets: (service.taskSets ?? []).map(toTaskSetRecord),
    currentServiceDeployment: textOrNull(service.currentServiceDeployment),
    resourceManagementType: service.resourceManagementType ?? "CUSTOMER",
    createdAt: instantOrNull(service.createdAt),
    tags: tagsOf(service.tags),
    events: eventsOf(service),
  };
}

type DeploymentRules = Pick<
  ServiceRecord,
  | "strategy"
  | "minimumHealthyPercent"
  | "maximumPercent"
  | "circuitBreaker"
  | "alarms"
  | "pauseHooks"
  | "bakeTimeMinutes"
>;

function deploymentRules({ deploymentConfiguration = {}, schedulingStrategy }: Service): DeploymentRules {
  const { deploymentCircuitBreaker, alarms } = deploymentConfiguration;
  const isDaemon = schedulingStrategy === "DAEMON";
  return {
    strategy: deploymentConfiguration.strategy ?? "ROLLING",
    minimumHealthyPercent: deploymentConfiguration.minimumHealthyPercent ?? (isDaemon ? 0 : 100),
    maximumPercent: deploymentConfiguration.maximumPercent ?? (isDaemon ? 100 : 200),
    circuitBreaker: {
      enable: deploymentCircuitBreaker?.enable ?? false,
      rollback: deploymentCircuitBreaker?.rollback ?? false,
    },
    alarms: {
      enable: alarms?.enable ?? false,
      rollback: alarms?.rollback ?? false,
      names: alarms?.alarmNames ?? [],
    },
    pauseHooks: pauseHooksOf(deploymentConfiguration),
    bakeTimeMinutes: deploymentConfiguration.bakeTimeInMinutes ?? 0,
  };
}

function pauseHooksOf({ lifecycleHooks = [] }: DeploymentConfiguration): number {
  return lifecycleHooks.filter(({ targetType }) => targetType === "PAUSE").length;
}

/** Behind blue/green deployments the second target group stands in the advanced configuration: old and new meet in both. */
function targetGroupsOf({ loadBalancers = [] }: Service): readonly string[] {
  const arns = loadBalancers.flatMap(({ targetGroupArn, advancedConfiguration }) => [
    targetGroupArn,
    advancedConfiguration?.alternateTargetGroupArn,
  ]);
  return [...new Set(arns.filter((arn) => arn !== undefined && arn !== ""))] as string[];
}

function eventsOf({ events = [] }: Service): ServiceRecord["events"] {
  return events
    .map(({ createdAt, message = "" }) => ({ at: instant(createdAt), message }))
    .toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    .slice(0, EVENTS_KEPT);
}
