// stateful: a redeployment would delete data, or let two tasks write where one alone may.
// Sources: developer guide, "Use Amazon EBS volumes with Amazon ECS" (a volume of a service's task is deleted when the task stops;
// documented). That a service of one task with a writable file system is meant to have one writer is inferred.

import type { EfsVolumeRecord } from "../../../domain/fleet-surroundings";
import { surgeTasks } from "../../../domain/rolling-deployment";
import { counted } from "../words/counted";
import { listed } from "../words/listed";
import { allowRemedy } from "./allowable-classes";
import type { Family, ServiceFacts } from "./context";
import { stopFirstWords, writtenAlone } from "./single-writer";

export const stateful: Family = (facts) => {
  const findings = [ownVolumes(facts), secondWriter(facts)].filter((one) => one !== null);
  if (findings.length === 0) return null;
  const steps = findings.map(({ step }) => step).join("; ");
  return {
    class: "stateful",
    reason: findings.map(({ reason }) => reason).join("; "),
    remedy: `${steps}, or ${allowRemedy("stateful", facts)}`,
  };
};

interface Finding {
  readonly reason: string;
  readonly step: string;
}

function ownVolumes({ service, tasks }: ServiceFacts): Finding | null {
  const primary = service.deployments.find(({ status }) => status === "PRIMARY");
  const volumes = primary?.ebsVolumes ?? [];
  if (volumes.length === 0 || (service.desiredCount === 0 && tasks.length === 0)) return null;
  const which = `${volumes.length === 1 ? "an Amazon EBS volume" : counted(volumes.length, "Amazon EBS volume")} of its own`;
  return {
    reason: `each task has ${which} (${listed(volumes.toSorted())}), deleted with the task: its data would be lost`,
    step: "let its owner save what the volumes hold, or confirm that nothing on them is needed",
  };
}

function secondWriter(facts: ServiceFacts): Finding | null {
  const { service } = facts;
  const volumes = writtenAlone(facts);
  const isSideBySide = service.strategy !== "ROLLING" || surgeTasks(service) > 0;
  if (volumes.length === 0 || !isSideBySide) return null;
  const why =
    service.strategy === "ROLLING" ? `maximumPercent ${service.maximumPercent}` : `strategy ${service.strategy}`;
  return {
    reason: `its only task writes to Amazon EFS (${listed(volumes.map(nameOf))}), and ${why} lets the old and the new one write side by side for a while`,
    step: `${stopFirstWords(service)} (then allow rolls-with-downtime)`,
  };
}

function nameOf({ name, fileSystemId }: EfsVolumeRecord): string {
  return `${name} on ${fileSystemId}`;
}
