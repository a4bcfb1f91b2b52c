// The classes that an operator can allow: the service is then redeployed, with the risk and the reason noted.
// The other blocked ones cannot be: without a key of its cluster a redeployment changes nothing, and percents under which nothing
// moves hold it up for ever. A look can be wrong about a registry, so cannot-start is among them.

import type { PlanOptions } from "../model/plan";
import type { ServiceClass } from "../model/service-class";
import { listed } from "../words/listed";
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

/** In words and as a command, the last part of a remedy. */
export function allowRemedy(one: AllowableClass, facts: AllowQuestion): string {
  return `${allowWords(one, facts)}: ${allowCommand(one, facts)}`;
}

export type AllowQuestion = Pick<ServiceFacts, "service" | "cluster" | "allow" | "planWords" | "behind">;

/** `allow image-drift and stateful`: this class, and those that stand behind it. */
export function allowWords(one: AllowableClass, { behind = [] }: AllowQuestion): string {
  return `allow ${listed([one, ...behind], ALLOWABLE_CLASSES.length)}`;
}

/**
 * The plan once more, with this service allowed as well. What is typed takes the place of what a settings file says, so what was
 * allowed before is said again: else following one remedy would undo another. Where that is too much to say, it is no command.
 */
export function allowCommand(one: AllowableClass, { service, cluster, ...facts }: AllowQuestion): string {
  const { planWords = ["plan"], allow, behind = [] } = facts;
  const name = `${cluster.name}/${service.name}`;
  const needed = flagsOf([one, ...behind].map((needs) => ({ class: needs, service: name, reason: "REASON" })));
  if (allow.length > REPEATED_MAX)
    return `the command of this plan with its ${allow.length} allowances, and besides ${shellCommand(...needed)}`;
  return shellCommand("fargate-cmk", ...planWords, ...flagsOf(allow), ...needed);
}

function flagsOf(entries: PlanOptions["allow"]): readonly string[] {
  return entries.flatMap((entry) => ["--allow", allowanceWord(entry)]);
}

/** As `--allow` takes it. */
function allowanceWord(entry: PlanOptions["allow"][number]): string {
  return `${entry.class}${entry.service === null ? "" : `:${entry.service}`}=${entry.reason}`;
}

/** More than that in each remedy would bury what it says, and a plan would grow with the square of them. */
const REPEATED_MAX = 20;
