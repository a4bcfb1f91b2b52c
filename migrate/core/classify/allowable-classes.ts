// The classes that an operator can allow: the service is then redeployed, with the risk and the reason noted.
// The other blocked ones cannot be: without a key of its cluster a redeployment changes nothing, and percents under which nothing
// moves hold it up for ever. A look can be wrong about a registry, so cannot-start is among them.

import type { PlanOptions } from "../model/plan";
import type { ServiceClass } from "../model/service-class";
import { shellCommand } from "../words/remedy-command";
import type { ServiceFacts } from "./context";

/** In the order in which they are asked. */
export const ALLOWABLE_CLASSES = [
  "cannot-start",
  "image-drift",
  "stateful",
  "protected",
  "paused-hooks",
  "rolls-with-downtime",
] as const satisfies readonly ServiceClass[];

export type AllowableClass = (typeof ALLOWABLE_CLASSES)[number];

export function isAllowable(one: ServiceClass): one is AllowableClass {
  return ALLOWABLE_CLASSES.some((allowable) => allowable === one);
}

/** The operator's entry that covers this class and service: by ARN, by `cluster/service`, or for all; null for other classes. */
export function allowanceFor(
  one: ServiceClass,
  { service, cluster, allow }: Pick<ServiceFacts, "service" | "cluster" | "allow">,
): PlanOptions["allow"][number] | null {
  if (!isAllowable(one)) return null;
  const names: readonly (string | null)[] = [null, service.arn, `${cluster.name}/${service.name}`];
  return allow.find((entry) => entry.class === one && names.includes(entry.service)) ?? null;
}

/** The command that plans with this one service allowed. */
export function allowCommand(
  one: AllowableClass,
  { service, cluster }: Pick<ServiceFacts, "service" | "cluster">,
): string {
  return shellCommand("fargate-cmk", "plan", "--allow", `${one}:${cluster.name}/${service.name}=REASON`);
}
