// Why a service that will be redeployed is in its wave, and its surge, time, calls and risks taken apart.

import type { Fleet, ServiceRecord } from "../../../../domain/fleet";
import { maximumTotal, minimumRunning } from "../../../../domain/rolling-deployment";
import { internalError } from "../../../errors";
import { LIMITS } from "../../limits";
import type { Plan, PlannedService } from "../../model/plan";
import { counted } from "../../words/counted";
import { callDuties } from "../api-calls-min";
import type { Candidate } from "../candidate";
import { estimateTerms } from "../estimate";
import type { PlanDraft } from "../make-plan";
import { mutexKey } from "../mutex";
import { inCaution, isSafeCanary, percent, type Wave } from "../waves";
import { admissionConditions } from "./admission-conditions";
import type { Exclusion, ExplainedRedeployment, ExplainedSurge, ExplainedWave } from "./explanation";

export function explainRedeployment(
  draft: PlanDraft,
  fleet: Fleet,
  service: ServiceRecord,
): ExplainedRedeployment | null {
  const planned = draft.plan.services.find(({ arn }) => arn === service.arn);
  if (planned === undefined) return null;
  const candidate = draft.candidates.find((one) => one.service.arn === service.arn);
  if (candidate === undefined) throw internalError(`${service.arn} is planned and was no candidate`);
  const { index, plan } = draft;
  const terms = estimateTerms({
    service,
    tasks: index.tasksOf(service),
    taskDefinition: index.taskDefinition(service),
  });
  const { score, level, findings } = candidate.risk;
  const { toSuccessMs, toCapacityFreeMs } = planned.estimate;
  return {
    targetKeyArn: planned.targetKeyArn,
    platformVersion: planned.platformVersion,
    wave: explainWave(draft, candidate, planned),
    risk: { level, score, findings },
    surge: explainSurge(candidate, planned, fleet),
    estimate: { terms, toSuccessMs, toCapacityFreeMs, deadlineMs: deadlineOf(planned) },
    calls: callDuties(fleet, plan.services).filter(({ services }) => services.includes(planned.arn)),
    risks: planned.risks,
    exclusions: exclusionsOf(planned, plan),
    admission: admissionConditions(planned, service, plan),
  };
}

function deadlineOf({ estimate }: PlannedService): number {
  return Math.max(LIMITS.deadlineFloorMs, LIMITS.deadlineFactor * estimate.toCapacityFreeMs);
}

function explainWave(
  { plan, candidates, waves }: PlanDraft,
  candidate: Candidate,
  planned: PlannedService,
): ExplainedWave {
  const wave = waves[planned.wave - 1];
  if (wave === undefined) throw internalError(`${planned.arn} is in wave ${planned.wave}, which there is not`);
  const rank = inCaution(candidates, plan.options).indexOf(candidate) + 1;
  return {
    number: planned.wave,
    of: plan.waves.length,
    name: wave.name,
    why: whyInWave(candidate, wave, { plan, all: candidates.length }),
    gate: gateOf(planned, plan),
    place: { rank, of: candidates.length },
  };
}

interface Whole {
  readonly plan: Plan;
  readonly all: number;
}

function whyInWave(candidate: Candidate, { kind }: Wave, whole: Whole): string {
  switch (kind) {
    case "canaries":
      return whyCanary(candidate);
    case "share":
      return whyInShare(whole);
    case "group":
      return whyInGroup(candidate, whole.plan);
  }
}

function whyCanary({ service, cluster, isFullySeen }: Candidate): string {
  const first = `the first of cluster ${cluster.name} to take its key`;
  if (isSafeCanary({ service }))
    return `${first}: of those with two tasks or more that are all kept running${isFullySeen ? ", and of which everything was seen" : ""}, it comes first; a bad key then costs nobody anything`;
  return `${first}: none has two tasks or more that are all kept running, and this one risks least`;
}

function whyInShare({ plan: { options }, all }: Whole): string {
  const share = Math.ceil(all * options.firstShare);
  return `after the canaries it is one of the first ${share} in order of caution, ${percent(options.firstShare)} % of ${all} rounded up`;
}

function whyInGroup({ service, risk }: Candidate, { options: { order } }: Plan): string {
  if (order === null) return `its risk is ${risk.level} (score ${risk.score}), and waves go by risk`;
  const value = service.tags[order.tag];
  if (value !== undefined && order.values.includes(value)) return `its tag ${order.tag} is ${value}`;
  return `its tag ${order.tag} is ${value ?? "not set"}, which --order does not name, so it comes last`;
}

function gateOf({ wave }: PlannedService, { waves }: Plan): string {
  const before = waves.find(({ number }) => number === wave - 1);
  if (before === undefined) return "it opens at once";
  const soak = before.soakMs === 0 ? "" : `, and ${before.soakMs / 60_000} min after that`;
  return `it opens when all of wave ${before.number} (${before.name}) is proved or decided${soak}`;
}

function explainSurge({ service, surge }: Candidate, planned: PlannedService, fleet: Fleet): ExplainedSurge {
  const free = new Map(fleet.subnets.map(({ id, availableIpAddresses }) => [id, availableIpAddresses]));
  const subnets = service.subnets.toSorted().map((id) => {
    const fact = free.get(id);
    return { id, freeAddresses: fact?.kind === "known" ? fact.value : null };
  });
  return {
    tasks: planned.surgeTasks,
    taskVcpu: surge.taskVcpu,
    vcpu: planned.surgeVcpu,
    addresses: planned.surgeTasks,
    why: whySurge(service),
    subnets,
  };
}

function whySurge(service: ServiceRecord): string {
  const { desiredCount, strategy } = service;
  if (desiredCount === 0) return "no task is wanted, so none starts";
  if (strategy !== "ROLLING") return `${strategy}: all ${counted(desiredCount, "task")} start beside the old ones`;
  const [least, most] = [minimumRunning(service), maximumTotal(service)];
  return `at most ${most} may run and ${least} must, so ${counted(most - least, "task")} may be under way at once, drains included, and never more than the ${desiredCount} wanted`;
}

function exclusionsOf(planned: PlannedService, { services }: Plan): readonly Exclusion[] {
  return (planned.mutexes ?? []).map((mutex) => ({
    mutex,
    others: services
      .filter((one) => one.arn !== planned.arn && (one.mutexes ?? []).some((its) => mutexKey(its) === mutexKey(mutex)))
      .map(({ arn, clusterName, name, wave }) => ({ arn, name: `${clusterName}/${name}`, wave })),
  }));
}
