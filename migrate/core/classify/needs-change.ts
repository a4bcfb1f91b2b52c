// no-cluster-key, cannot-roll, paused-hooks, rolls-with-downtime: a change of a setting, or somebody's yes, comes first.

import { canRoll } from "../../../domain/rolling-deployment";
import type { Classification } from "../model/service-class";
import { counted } from "../words/counted";
import { ecsServiceCommand, shellCommand } from "../words/remedy-command";
import { allowCommand } from "./allowable-classes";
import type { Family, ServiceFacts } from "./context";

export const noClusterKey: Family = ({ cluster, keyArn }) => (keyArn === null ? clusterWithoutKey(cluster.name) : null);

export function clusterWithoutKey(clusterName: string): Classification {
  const attach = `${shellCommand("fargate-cmk", "attach", clusterName)} KEY_ARN`;
  return {
    class: "no-cluster-key",
    reason: `cluster ${clusterName} has no fargateEphemeralStorageKmsKeyId`,
    remedy:
      "set configuration.managedStorageConfiguration.fargateEphemeralStorageKmsKeyId in the program that owns the cluster, " +
      `or attach a key and scan again: ${attach}`,
  };
}

export const cannotRoll: Family = (facts) => {
  const { service } = facts;
  if (service.strategy !== "ROLLING") return null;
  const roll = canRoll(service);
  if (roll.answer !== "cannot-roll") return null;
  return { class: "cannot-roll", reason: roll.reason, remedy: `${roll.change}: ${setPercents(facts)}` };
};

export const rollsWithDowntime: Family = (facts) => {
  const { service } = facts;
  if (service.strategy !== "ROLLING") return null;
  const roll = canRoll(service);
  if (roll.answer !== "rolls-with-downtime") return null;
  return {
    class: "rolls-with-downtime",
    reason: roll.reason,
    remedy: `${roll.change}, or allow rolls-with-downtime: ${setPercents(facts)}`,
  };
};

export const pausedHooks: Family = (facts) => {
  const { service } = facts;
  if (service.pauseHooks === 0) return null;
  return {
    class: "paused-hooks",
    reason: `${counted(service.pauseHooks, "deployment hook")} of kind PAUSE would hold each deployment until a person answers`,
    remedy:
      "take the hook out, or allow paused-hooks and have someone at hand to continue the deployment: " +
      allowCommand("paused-hooks", facts),
  };
};

/** The whole deployment configuration with percents that roll: what is left out of the call might fall back to a default. */
function setPercents({ service, cluster }: ServiceFacts): string {
  const { circuitBreaker, alarms } = service;
  const configuration = {
    maximumPercent: 200,
    minimumHealthyPercent: service.minimumHealthyPercent > 0 ? Math.min(100, service.minimumHealthyPercent) : 100,
    deploymentCircuitBreaker: { enable: circuitBreaker.enable, rollback: circuitBreaker.rollback },
    ...(alarms.names.length > 0
      ? { alarms: { alarmNames: alarms.names, enable: alarms.enable, rollback: alarms.rollback } }
      : {}),
  };
  const target = { clusterName: cluster.name, serviceName: service.name };
  return ecsServiceCommand("update-service", target, "--deployment-configuration", JSON.stringify(configuration));
}
