// The deployment configuration of a service, from the fields that a fleet keeps of it.

import type { DeploymentConfiguration, DeploymentLifecycleHook } from "@aws-sdk/client-ecs";
import type { ServiceRecord } from "../../../domain/fleet";

export function deploymentConfigurationOf(record: ServiceRecord): DeploymentConfiguration {
  const { alarms, bakeTimeMinutes, circuitBreaker, controller, pauseHooks, strategy } = record;
  return {
    minimumHealthyPercent: record.minimumHealthyPercent,
    maximumPercent: record.maximumPercent,
    ...(controller === "ECS" ? { strategy, deploymentCircuitBreaker: { ...circuitBreaker } } : {}),
    ...(alarms.names.length === 0
      ? {}
      : { alarms: { enable: alarms.enable, rollback: alarms.rollback, alarmNames: [...alarms.names] } }),
    ...(pauseHooks === 0 ? {} : { lifecycleHooks: Array.from({ length: pauseHooks }, pauseHook) }),
    ...(bakeTimeMinutes === 0 ? {} : { bakeTimeInMinutes: bakeTimeMinutes }),
  };
}

/** A fleet counts the hooks and does not tell their stages: each waits before production traffic moves. */
function pauseHook(): DeploymentLifecycleHook {
  return { targetType: "PAUSE", lifecycleStages: ["PRE_PRODUCTION_TRAFFIC_SHIFT"] };
}
