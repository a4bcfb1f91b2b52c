// Whether there are addresses and targets for old and new tasks side by side.
//
// Invariants
//   what is needed is reckoned on the services as they are now; what others use beside them is said to be unknown
//   a run keeps within what is free, so only a service that alone needs more is in the way of one

import type { Fact } from "../../../../domain/fact";
import type { PreflightFinding } from "../../model/preflight";
import { TARGETS_MAX, targetRooms } from "../../schedule/target-rooms";
import { counted } from "../../words/counted";
import { listed } from "../../words/listed";
import { passedOver } from "../ask-services";
import type { PreflightFacts, ServiceNow } from "../facts";
import { type Asked, asked, fails, notApplicable, notSeen, type Question } from "../question";
import { peakTasksOf, type WavePeak } from "../wave-surge";

export const ROOM: readonly Question[] = [
  {
    id: "subnet-addresses",
    level: "stops",
    title: "the subnets have addresses for the new tasks",
    asks:
      "for each planned service: the tasks that its redeployment adds at once, against the free addresses of its subnets together; each " +
      "task takes one; what services need together may be more, for the run keeps within what the scan saw free",
    source: { page: "AmazonECS/latest/developerguide/fargate-task-networking", standing: "documented" },
    subjects: ["set of subnets", "sets of subnets"],
    ask: askSubnets,
  },
  {
    id: "target-group-room",
    level: "advises",
    title: "the target groups have room for old and new tasks",
    asks:
      "the tasks of the services on a target group and the surge of each planned one alone stay within 1,000 targets, the default; " +
      "the run begins no more of them at once; targets that others register are not known",
    source: { page: "elasticloadbalancing/latest/application/load-balancer-limits", standing: "documented" },
    subjects: ["target group", "target groups"],
    ask: askTargetGroups,
  },
];

function askSubnets(facts: PreflightFacts): Asked {
  const services = facts.services.filter(({ service }) => service.subnets.length > 0);
  const sets = new Map(
    services.map(({ service }) => [service.subnets.toSorted().join(", "), new Set(service.subnets)]),
  );
  if (sets.size === 0) return notApplicable(`no planned service that is there names subnets${passedOver(facts)}`);
  const free = new Map(facts.now.subnets.map(({ id, availableIpAddresses }) => [id, availableIpAddresses]));
  const seenSets = [...sets].map(([name, subnets]) => {
    const bound = services.filter(({ service }) => service.subnets.every((id) => subnets.has(id)));
    const own = bound.filter(({ service }) => new Set(service.subnets).size === subnets.size);
    const seen = sumOf([...subnets].map((id) => free.get(id) ?? NOT_READ));
    return { name, own, seen, peak: peakTasksOf(facts, bound) };
  });
  const short = seenSets.find(({ seen, peak }) => seen.kind === "known" && peak.amount > seen.value);
  const words = short === undefined ? `addresses suffice in ${counted(sets.size, "set")} of subnets` : keptWords(short);
  return asked(`${words}${passedOver(facts)}`, seenSets.flatMap(subnetFindings));
}

interface SubnetSet {
  readonly name: string;
  /** Services that have just these subnets. */
  readonly own: readonly ServiceNow[];
  /** Free addresses of all of them. */
  readonly seen: Fact<number>;
  /** Of all services that can land nowhere else. */
  readonly peak: WavePeak;
}

function keptWords({ name, seen, peak }: SubnetSet): string {
  const free = freeWords(seen.kind === "known" ? seen.value : 0);
  const amount = counted(peak.amount, "address", "addresses");
  return `wave ${peak.wave} could use ${amount} more at once in ${name}, ${free}: the run keeps within that and takes longer`;
}

function subnetFindings({ name, own, seen, peak }: SubnetSet): readonly PreflightFinding[] {
  if (peak.amount === 0) return [];
  if (seen.kind === "unknown") return [notSeen(name, seen)];
  const tooLarge = own.filter(({ surge }) => surge.tasks > seen.value);
  if (tooLarge.length === 0) return [];
  const most = counted(Math.max(...tooLarge.map(({ surge }) => surge.tasks)), "address", "addresses");
  const names = listed(tooLarge.map((one) => one.name));
  const need = tooLarge.length === 1 ? `alone needs ${most}` : `each alone need up to ${most}`;
  const remedy = `give ${names} another subnet, or lower the maximumPercent`;
  return [fails(name, `${names} ${need} more at once, ${freeWords(seen.value)}`, remedy)];
}

const NOT_READ: Fact<number> = { kind: "unknown", why: "it was not looked at" };

function sumOf(facts: readonly Fact<number>[]): Fact<number> {
  const unseen = facts.find(({ kind }) => kind === "unknown");
  if (unseen !== undefined) return unseen;
  const value = facts.reduce((sum, fact) => sum + (fact.kind === "known" ? fact.value : 0), 0);
  return { kind: "known", value, asOf: facts[0]?.kind === "known" ? facts[0].asOf : "" };
}

function freeWords(addresses: number): string {
  return addresses === 1 ? "1 is free" : `${addresses} are free`;
}

function askTargetGroups(facts: PreflightFacts): Asked {
  const rooms = targetRooms(facts.now.services);
  const greatest = new Map<string, number>();
  for (const { service, surge } of facts.services)
    for (const arn of service.targetGroupArns) greatest.set(arn, Math.max(greatest.get(arn) ?? 0, surge.tasks));
  if (greatest.size === 0)
    return notApplicable(`no planned service that is there has a target group${passedOver(facts)}`);
  const counts = [...greatest].map(([arn, surge]) => ({ arn, count: TARGETS_MAX - (rooms.get(arn) ?? 0) + surge }));
  const findings = counts
    .filter(({ count }) => count > TARGETS_MAX)
    .map(({ arn, count }) => {
      const remedy = "look up the quota of targets per target group, and have it raised where it is the default";
      return fails(arn, `${count} targets at once, ${TARGETS_MAX} by default`, remedy);
    });
  const most = Math.max(...counts.map(({ count }) => count));
  return asked(
    `at most ${most} of ${TARGETS_MAX} targets while one service rolls; those of others are not known${passedOver(facts)}`,
    findings,
  );
}
