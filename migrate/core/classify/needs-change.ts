// no-cluster-key, cannot-roll, paused-hooks, rolls-with-downtime: a change of a setting, or somebody's yes, comes first.

import type { ServiceRecord } from "../../../domain/fleet";
import { canRoll } from "../../../domain/rolling-deployment";
import type { Classification } from "../model/service-class";
import { counted } from "../words/counted";
import { ecsServiceCommand, shellCommand } from "../words/remedy-command";
import { allowCommand, allowRemedy, allowWords } from "./allowable-classes";
import type { Family, ServiceFacts } from "./context";
import { stopFirstWords, writesAlone } from "./single-writer";

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
  const remedy = writesAlone(facts) ? stopFirst(facts) : `${roll.change}: ${setPercents(facts, ROLLING)}`;
  return { class: "cannot-roll", reason: roll.reason, remedy };
};

/** With room above, two tasks of a service whose only task writes would write side by side: the old one is to stop first. */
function stopFirst(facts: ServiceFacts): string {
  return `${stopFirstWords(facts.service)}, then allow rolls-with-downtime: ${setPercents(facts, STOP_FIRST)}`;
}

export const rollsWithDowntime: Family = (facts) => {
  const { service } = facts;
  if (service.strategy !== "ROLLING") return null;
  const roll = canRoll(service);
  if (roll.answer !== "rolls-with-downtime") return null;
  const remedy = writesAlone(facts)
    ? `its only task writes to Amazon EFS, and stopping it first keeps a second writer away: ${allowRemedy("rolls-with-downtime", facts)}`
    : `${roll.change}, or allow rolls-with-downtime: ${setPercents(facts, ROLLING)}`;
  return { class: "rolls-with-downtime", reason: roll.reason, remedy };
};

export const pausedHooks: Family = (facts) => {
  const { service } = facts;
  if (service.pauseHooks === 0) return null;
  return {
    class: "paused-hooks",
    reason: `${counted(service.pauseHooks, "deployment hook")} of kind PAUSE would hold each deployment until a person answers`,
    remedy:
      `take the hook out, or ${allowWords("paused-hooks", facts)} and have someone at hand to continue the deployment: ` +
      allowCommand("paused-hooks", facts),
  };
};

type Percents = (service: ServiceRecord) => Pick<ServiceRecord, "maximumPercent" | "minimumHealthyPercent">;

const ROLLING: Percents = ({ minimumHealthyPercent: least }) => ({
  maximumPercent: 200,
  minimumHealthyPercent: least > 0 ? Math.min(100, least) : 100,
});

const STOP_FIRST: Percents = () => ({ maximumPercent: 100, minimumHealthyPercent: 0 });

/** The whole deployment configuration with other percents: what is left out of the call might fall back to a default. */
function setPercents({ service, cluster }: ServiceFacts, percents: Percents): string {
  const { circuitBreaker, alarms } = service;
  const wanted = percents(service);
  const configuration = {
    ...wanted,
    deploymentCircuitBreaker: { enable: circuitBreaker.enable, rollback: circuitBreaker.rollback },
    ...(alarms.names.length > 0
      ? { alarms: { alarmNames: alarms.names, enable: alarms.enable, rollback: alarms.rollback } }
      : {}),
  };
  const target = { clusterName: cluster.name, serviceName: service.name };
  const rebalancing =
    wanted.maximumPercent <= 100 && service.availabilityZoneRebalancing === "ENABLED"
      ? ["--availability-zone-rebalancing", "DISABLED"]
      : [];
  const sent = JSON.stringify(configuration);
  return ecsServiceCommand("update-service", target, ...rebalancing, "--deployment-configuration", sent);
}
