// Whether Fargate has vCPU for old and new tasks side by side, and for autoscaling beside them.
//
// Invariants
//   what is needed is reckoned on the services as they are now; what is free is what quota and use show
//   a run keeps within what is free, so only a service that alone needs more is in the way of one
//   when one alone does, whether autoscaling fits beside the run is not asked

import { RESOURCE_QUOTAS } from "../../../../domain/api-quotas";
import type { PreflightFinding } from "../../model/preflight";
import { type CapacityKind, capacityKindsOf, freeVcpu } from "../../plan/capacity";
import { surgeOf } from "../../plan/surge";
import { listed } from "../../words/listed";
import { shellCommand } from "../../words/remedy-command";
import { passedOver } from "../ask-services";
import type { PreflightFacts, ServiceNow } from "../facts";
import { type Asked, asked, fails, notApplicable, notSeen, type Question } from "../question";
import { peakVcpuOf, type WavePeak } from "../wave-surge";

const QUOTA_PAGE = { page: "AmazonECS/latest/developerguide/service-quotas", standing: "documented" } as const;
const KIND_WORDS: Readonly<Record<CapacityKind, string>> = { onDemand: "On-Demand", spot: "Spot" };
const LIMITS = ["limit", "limits"] as const;

export const VCPU: readonly Question[] = [
  vcpuQuestion("onDemand", "vcpu-headroom-on-demand"),
  vcpuQuestion("spot", "vcpu-headroom-spot"),
  {
    id: "autoscaling-headroom",
    level: "advises",
    title: "there is room for autoscaling beside the run",
    asks:
      "if Application Auto Scaling took every service of these clusters to its maximum during the run, vCPU would still do; not asked " +
      "of a kind of capacity of which one service alone needs more than is free",
    source: { page: "autoscaling/application/userguide/services-that-can-integrate-ecs", standing: "documented" },
    subjects: LIMITS,
    ask: askAutoscaling,
  },
];

function vcpuQuestion(kind: CapacityKind, id: string): Question {
  const words = KIND_WORDS[kind];
  return {
    id,
    level: "stops",
    title: `there is Fargate ${words} vCPU for the new tasks`,
    asks:
      `what each planned service alone needs of ${words} beyond today's fits between the quota and what is in use, tasks and pods of ` +
      "the whole Region included; what they need together may be more, for the run keeps within what the scan saw free",
    source: QUOTA_PAGE,
    subjects: LIMITS,
    ask(facts) {
      const services = facts.services.filter(({ kinds }) => kinds.includes(kind));
      if (services.length === 0)
        return notApplicable(`no planned service that is there uses ${words}${passedOver(facts)}`);
      const { wave, amount } = peakVcpuOf(facts, kind, services);
      const free = freeVcpu(facts.now.capacity[kind]);
      if (free.kind === "unknown") return asked("", [notSeen(subjectOf(kind, facts), free), ...unsized(services)]);
      const findings = tooLargeFinding({ facts, kind, free: free.value, services });
      return asked(`${togetherWords({ wave, amount, free: free.value })}${passedOver(facts)}`, [
        ...findings,
        ...unsized(services),
      ]);
    },
  };
}

function togetherWords({ wave, amount, free }: WavePeak & { readonly free: number }): string {
  return amount > free
    ? `wave ${wave} could use ${shown(amount)} vCPU more at once, ${freeWords(free)}: the run keeps within that and takes longer`
    : `wave ${wave} needs up to ${shown(amount)} vCPU more at once, ${freeWords(free)}`;
}

interface Headroom {
  readonly facts: PreflightFacts;
  readonly kind: CapacityKind;
  readonly free: number;
  readonly services: readonly ServiceNow[];
}

/** Nothing that a run does makes room for a service that alone needs more than there is. */
function tooLargeFinding({ facts, kind, free, services }: Headroom): readonly PreflightFinding[] {
  const tooLarge = services.filter(({ surge }) => surge.vcpu > free);
  if (tooLarge.length === 0) return [];
  const most = Math.max(...tooLarge.map(({ surge }) => surge.vcpu));
  const names = listed(tooLarge.map(({ name }) => name));
  const need = tooLarge.length === 1 ? `alone needs ${shown(most)}` : `each alone need up to ${shown(most)}`;
  const reason = `${names} ${need} vCPU more, ${freeWords(free)}`;
  const remedy = `lower the maximumPercent of ${names}, or ${moreVcpu(kind, facts, most)}`;
  return [fails(subjectOf(kind, facts), reason, remedy)];
}

function subjectOf(kind: CapacityKind, { now: { lane } }: PreflightFacts): string {
  return `Fargate ${KIND_WORDS[kind]} vCPU in ${lane.region}`;
}

function moreVcpu(kind: CapacityKind, { now }: PreflightFacts, amount: number): string {
  const { inUse } = now.capacity[kind];
  const wanted = Math.ceil(amount + (inUse.kind === "known" ? inUse.value : 0));
  const { quotaCode } = kind === "spot" ? RESOURCE_QUOTAS.fargateSpotVcpu : RESOURCE_QUOTAS.fargateOnDemandVcpu;
  const ask = [
    "service-quotas",
    "request-service-quota-increase",
    "--service-code",
    "fargate",
    "--quota-code",
    quotaCode ?? "",
  ];
  const command = shellCommand("aws", ...ask, "--desired-value", String(wanted));
  return `ask for a higher quota, which can take days: ${command}`;
}

/** Services whose need is reckoned too small, since nobody saw how large their tasks are. */
function unsized(services: readonly ServiceNow[]): readonly PreflightFinding[] {
  return services
    .filter(({ surge }) => !surge.sizeSeen && surge.tasks > 0)
    .map(({ name }) => notSeen(name, { why: "the size of its tasks was not seen, so it counts as 0 vCPU here" }));
}

function askAutoscaling(facts: PreflightFacts): Asked {
  const { scaling } = facts.now;
  if (scaling.kind === "unknown") return asked("", [notSeen("Application Auto Scaling", scaling)]);
  const growing = growthOf(facts);
  if (growing.length === 0) return notApplicable("no service of these clusters can be scaled out");
  const findings = (["onDemand", "spot"] as const).flatMap((kind): readonly PreflightFinding[] => {
    const growth = growing.filter(({ kinds }) => kinds.includes(kind)).reduce((sum, { vcpu }) => sum + vcpu, 0);
    if (growth === 0) return [];
    const free = freeVcpu(facts.now.capacity[kind]);
    if (free.kind === "unknown") return [notSeen(subjectOf(kind, facts), free)];
    if (facts.services.some(({ kinds, surge }) => kinds.includes(kind) && surge.vcpu > free.value)) return [];
    const amount = Math.min(peakVcpuOf(facts, kind, facts.services).amount, free.value);
    if (amount + growth <= free.value) return [];
    const reason = `autoscaling could add ${shown(growth)} vCPU to the ${shown(amount)} of the run, ${freeWords(free.value)}`;
    return [fails(subjectOf(kind, facts), reason, "run while load is low, or with a smaller --in-flight")];
  });
  const names = listed(growing.map(({ name }) => name));
  return asked(`there is room for all of it beside the run (${names})`, findings);
}

interface Growth {
  readonly name: string;
  readonly vcpu: number;
  readonly kinds: readonly CapacityKind[];
}

/** What each service of the plan's clusters could grow by, planned or not. */
function growthOf({ now, index }: PreflightFacts): readonly Growth[] {
  const targets = now.scaling.kind === "known" ? now.scaling.value : [];
  const maxima = new Map(
    targets.map(({ clusterName, serviceName, maxCapacity }) => [`${clusterName}/${serviceName}`, maxCapacity]),
  );
  return now.services.flatMap((service) => {
    const cluster = index.cluster(service.clusterArn);
    const name = `${cluster.name}/${service.name}`;
    const more = (maxima.get(name) ?? 0) - service.desiredCount;
    if (more <= 0) return [];
    const { taskVcpu } = surgeOf({
      service,
      tasks: index.tasksOf(service),
      taskDefinition: index.taskDefinition(service),
    });
    return [{ name, vcpu: more * taskVcpu, kinds: capacityKindsOf(service, cluster) }];
  });
}

function shown(vcpu: number): string {
  return String(Math.ceil(vcpu * 10) / 10);
}

/** Rounded down, so that room never looks greater than it is. */
function freeWords(vcpu: number): string {
  const rounded = Math.floor(vcpu * 10) / 10;
  return rounded === 1 ? "1 is free" : `${rounded} are free`;
}
