// The deployment configuration of a service, from the fields that a fleet keeps of it.

import type { DeploymentConfiguration, DeploymentLifecycleHook } from "@aws-sdk/client-ecs";
import type { ServiceRecord } from "../../../domain/fleet";
import { deploymentConfigurationProblem } from "../lifecycle/deployment-rules";
import type { UntoldDeployment } from "./simulator-extra";

/** `untold` is what a fleet says of it to the simulator alone. Throws RangeError for what AWS would have refused. */
export function deploymentConfigurationOf(
  record: ServiceRecord,
  untold: UntoldDeployment["configuration"],
): DeploymentConfiguration {
  const configuration = { ...toldConfiguration(record), ...untold };
  const problem = Object.keys(untold).length === 0 ? null : deploymentConfigurationProblem(configuration);
  if (problem === null) return configuration;
  throw new RangeError(`extra.simulator.deployments, service ${record.name}: ${problem}`);
}

function toldConfiguration(record: ServiceRecord): DeploymentConfiguration {
  const { alarms, bakeTimeMinutes, circuitBreaker, controller, pauseHooks, strategy } = record;
  return {
    minimumHealthyPercent: record.minimumHealthyPercent,
    maximumPercent: record.maximumPercent,
    ...(controller === "ECS" ? { strategy, deploymentCircuitBreaker: { ...circuitBreaker } } : {}),
    ...(alarms.names.length === 0
      ? {}
      : { alarms: { enable: alarms.enable, rollback: alarms.rollback, alarmNames: [...alarms.names] } }),
    ...(pauseHooks === 0 ? {} : { lifecycleHooks: Array.from({ length: pauseHooks }, () => pauseHook(record)) }),
    ...(bakeTimeMinutes === 0 ? {} : { bakeTimeInMinutes: bakeTimeMinutes }),
  };
}

/** A fleet counts the hooks and does not tell their stages: each waits before traffic moves, or before anything starts. */
function pauseHook({ strategy }: ServiceRecord): DeploymentLifecycleHook {
  const stage = strategy === "ROLLING" ? "PRE_SCALE_UP" : "PRE_PRODUCTION_TRAFFIC_SHIFT";
  return { targetType: "PAUSE", lifecycleStages: [stage] };
}
