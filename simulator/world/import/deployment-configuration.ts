// The deployment configuration of a service, from the fields that a fleet keeps of it.

import type { DeploymentConfiguration } from "@aws-sdk/client-ecs";
import type { ServiceRecord } from "../../../domain/fleet";

export function deploymentConfigurationOf(record: ServiceRecord): DeploymentConfiguration {
  const { alarms, bakeTimeMinutes, circuitBreaker, controller, strategy } = record;
  return {
    minimumHealthyPercent: record.minimumHealthyPercent,
    maximumPercent: record.maximumPercent,
    ...(controller === "ECS" ? { strategy, deploymentCircuitBreaker: { ...circuitBreaker } } : {}),
    ...(alarms.names.length === 0
      ? {}
      : { alarms: { enable: alarms.enable, rollback: alarms.rollback, alarmNames: [...alarms.names] } }),
    ...(bakeTimeMinutes === 0 ? {} : { bakeTimeInMinutes: bakeTimeMinutes }),
  };
}
