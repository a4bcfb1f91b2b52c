// Whether there are addresses and targets for old and new tasks side by side.
// Invariant: what is needed is reckoned on the services as they are now; what others use beside them is said to be unknown.

import type { Fact } from "../../../../domain/fact";
import type { PreflightFinding } from "../../model/preflight";
import { counted } from "../../words/counted";
import { passedOver } from "../ask-services";
import type { PreflightFacts } from "../facts";
import { type Asked, asked, fails, notApplicable, notSeen, type Question } from "../question";
import { peakTasksOf } from "../wave-surge";

export const ROOM: readonly Question[] = [
  {
    id: "subnet-addresses",
    level: "stops",
    title: "the subnets have addresses for the new tasks",
    asks:
      "for each set of subnets that a planned service has: the tasks that a wave can add at once, of services that can land nowhere " +
      "else, against the free addresses of these subnets together; each task takes one",
    source: { page: "AmazonECS/latest/developerguide/fargate-task-networking", standing: "documented" },
    subjects: ["set of subnets", "sets of subnets"],
    ask: askSubnets,
  },
  {
    id: "target-group-room",
    level: "advises",
    title: "the target groups have room for old and new tasks",
    asks:
      "the tasks of the planned services on a target group and their surge stay within 1,000 targets, the default; targets that " +
      "others register are not known",
    source: { page: "elasticloadbalancing/latest/application/load-balancer-limits", standing: "documented" },
    subjects: ["target group", "target groups"],
    ask: askTargetGroups,
  },
];

/** Targets of one target group, by default (Elastic Load Balancing, quotas of Application Load Balancers, documented). */
const TARGETS_MAX = 1_000;

function askSubnets(facts: PreflightFacts): Asked {
  const services = facts.services.filter(({ service }) => service.subnets.length > 0);
  const sets = new Map(
    services.map(({ service }) => [service.subnets.toSorted().join(", "), new Set(service.subnets)]),
  );
  if (sets.size === 0) return notApplicable(`no planned service that is there names subnets${passedOver(facts)}`);
  const free = new Map(facts.now.subnets.map(({ id, availableIpAddresses }) => [id, availableIpAddresses]));
  const findings = [...sets].flatMap(([name, subnets]): readonly PreflightFinding[] => {
    const bound = services.filter(({ service }) => service.subnets.every((id) => subnets.has(id)));
    const { wave, amount } = peakTasksOf(facts, bound);
    if (amount === 0) return [];
    const seen = sumOf([...subnets].map((id) => free.get(id) ?? NOT_READ));
    if (seen.kind === "unknown") return [notSeen(name, seen)];
    if (amount <= seen.value) return [];
    const reason = `wave ${wave} needs up to ${counted(amount, "address", "addresses")} more at once, ${seen.value} are free`;
    return [fails(name, reason, "plan with a smaller --in-flight, or give the services another subnet")];
  });
  return asked(`addresses suffice in ${counted(sets.size, "set")} of subnets${passedOver(facts)}`, findings);
}

const NOT_READ: Fact<number> = { kind: "unknown", why: "it was not looked at" };

function sumOf(facts: readonly Fact<number>[]): Fact<number> {
  const unseen = facts.find(({ kind }) => kind === "unknown");
  if (unseen !== undefined) return unseen;
  const value = facts.reduce((sum, fact) => sum + (fact.kind === "known" ? fact.value : 0), 0);
  return { kind: "known", value, asOf: facts[0]?.kind === "known" ? facts[0].asOf : "" };
}

function askTargetGroups(facts: PreflightFacts): Asked {
  const targets = new Map<string, number>();
  for (const { service, surge } of facts.services)
    for (const arn of service.targetGroupArns)
      targets.set(arn, (targets.get(arn) ?? 0) + service.desiredCount + surge.tasks);
  if (targets.size === 0)
    return notApplicable(`no planned service that is there has a target group${passedOver(facts)}`);
  const findings = [...targets]
    .filter(([, count]) => count > TARGETS_MAX)
    .map(([arn, count]) => {
      const remedy = "look up the quota of targets per target group, and have it raised where it is the default";
      return fails(arn, `${count} targets at once, ${TARGETS_MAX} by default`, remedy);
    });
  const most = Math.max(...targets.values());
  return asked(
    `at most ${most} of ${TARGETS_MAX} targets at once; those of others are not known${passedOver(facts)}`,
    findings,
  );
}
