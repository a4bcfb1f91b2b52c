// A service whose only task writes to a file system: it is taken to be meant to write alone (inferred), so a redeployment either lets
// two tasks write side by side for a while, or stops the old one first.

import type { ServiceRecord } from "../../../domain/fleet";
import type { EfsVolumeRecord } from "../../../domain/fleet-surroundings";
import type { ServiceFacts } from "./context";

type WriterQuestion = Pick<ServiceFacts, "service" | "taskDefinition">;

export function writesAlone(question: WriterQuestion): boolean {
  return writtenAlone(question).length > 0;
}

/** What the only task writes to; none when there are more tasks, or the task definition was not seen. */
export function writtenAlone({ service, taskDefinition }: WriterQuestion): readonly EfsVolumeRecord[] {
  if (service.desiredCount !== 1 || taskDefinition?.kind !== "known") return [];
  return taskDefinition.value.efsVolumes.filter(({ writable }) => writable);
}

/** As a step of a remedy. ECS refuses maximumPercent 100 beside availability zone rebalancing (reported). */
export function stopFirstWords({ strategy, availabilityZoneRebalancing }: ServiceRecord): string {
  const settings = [
    ...(strategy === "ROLLING" ? [] : ["deployment strategy ROLLING"]),
    ...(availabilityZoneRebalancing === "ENABLED" ? ["availabilityZoneRebalancing DISABLED"] : []),
    "maximumPercent 100 and minimumHealthyPercent 0",
  ];
  return `set ${settings.join(", ")}, which stops the old task first at the price of downtime`;
}
