// What a redeployment leaves as it is, before and after: task definition, percents, network, controller and the count of tasks.
// Invariant: a count that Application Auto Scaling may move is not compared; whatever differs is told, whoever changed it.

import type { ServiceRecord } from "../../../domain/fleet";

export interface Untouched {
  readonly before: ServiceRecord;
  readonly after: ServiceRecord;
  /** Whether something scales the service by itself; null when that was not seen. */
  readonly isScaled: boolean | null;
}

/** In words; none when nothing changed. */
export function compareUntouched({ before, after, isScaled }: Untouched): readonly string[] {
  return [
    ...change("task definition", before.taskDefinitionArn, after.taskDefinitionArn),
    ...change("minimumHealthyPercent", before.minimumHealthyPercent, after.minimumHealthyPercent),
    ...change("maximumPercent", before.maximumPercent, after.maximumPercent),
    ...change("subnets", listOf(before.subnets), listOf(after.subnets)),
    ...change("security groups", listOf(before.securityGroups), listOf(after.securityGroups)),
    ...change("target groups", listOf(before.targetGroupArns), listOf(after.targetGroupArns)),
    ...change("deployment controller", before.controller, after.controller),
    ...change("deployment strategy", before.strategy, after.strategy),
    ...(isScaled === false ? change("desiredCount", before.desiredCount, after.desiredCount) : []),
  ];
}

function listOf(names: readonly string[]): string {
  return names.toSorted().join(", ");
}

function change(what: string, before: string | number | null, after: string | number | null): readonly string[] {
  return before === after ? [] : [`${what} was ${before ?? "none"}, is ${after ?? "none"}`];
}
