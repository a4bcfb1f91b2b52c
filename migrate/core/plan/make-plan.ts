// Fleet and options → Plan. Nothing else goes in: no clock, no randomness; the order of the fleet's lists changes nothing.

import { lastPart } from "../../../domain/arn";
import type { Fleet, ServiceRecord } from "../../../domain/fleet";
import { judgeService } from "../classify/classify-service";
import { classifyTask } from "../classify/classify-task";
import { factsOf, type ServiceContext } from "../classify/context";
import { restartNote } from "../classify/restart-note";
import { surroundingsOf } from "../classify/surroundings";
import {
  type NotPlanned,
  PLAN_SCHEMA,
  type Plan,
  type PlannedService,
  type PlannedWave,
  type PlanOptions,
  type PlanTotals,
} from "../model/plan";
import { planIdOf } from "../model/plan-id";
import { CLASS_GROUP } from "../model/service-class";
import { apiCallsMin } from "./api-calls-min";
import type { Candidate } from "./candidate";
import { type CapacityKind, capacityKindsOf, freeVcpu } from "./capacity";
import { coverageOf } from "./coverage";
import { estimateOf } from "./estimate";
import { fingerprintOf } from "./fingerprint";
import { byArn, compareText, FleetIndex } from "./fleet-index";
import { mutexesOf, mutexKey } from "./mutex";
import { ownerOf } from "./owner";
import { peakVcpu } from "./peak-vcpu";
import { planWords } from "./plan-command";
import { riskOf } from "./risk";
import { sharedArns } from "./shared-arns";
import { shortestMs } from "./shortest-time";
import { surgeOf } from "./surge";
import { expectedWaveMs, type TimedService, type WaveRoom, waveLowerBoundMs } from "./wave-time";
import { makeWaves, type Wave } from "./waves";

export interface PlanRequest {
  readonly fleet: Fleet;
  /** Where the fleet file stands, relative to the plan's; `fleet.json` unless said otherwise. */
  readonly fleetFile?: string;
  /** SHA-256 of the fleet file's bytes. */
  readonly fleetSha256: string;
  readonly options: PlanOptions;
}

/** A plan and what it was made from, for whoever explains it. */
export interface PlanDraft {
  readonly plan: Plan;
  readonly index: FleetIndex;
  readonly candidates: readonly Candidate[];
  readonly waves: readonly Wave[];
}

export function makePlan(request: PlanRequest): Plan {
  return draftPlan(request).plan;
}

export function draftPlan({ fleet, fleetFile = "fleet.json", fleetSha256, options }: PlanRequest): PlanDraft {
  const index = new FleetIndex(fleet);
  const shared = sharedArns(fleet.services);
  const asked = { ...options, planWords: planWords({ fleet: { file: fleetFile }, options }) };
  const sorted = byArn(fleet.services).map((service) =>
    shared.has(service.arn) ? notToldApart(index, service) : sortOut(index, service, asked),
  );
  const candidates = sorted.filter((one) => "risk" in one);
  const waves = makeWaves(candidates, options);
  const services = waves.flatMap((wave, at) => wave.candidates.map((one) => plannedService(one, at + 1, options)));
  const room = roomOf(fleet, options);
  const plannedWaves = waves.map((wave, at) => plannedWave({ wave, number: at + 1, options, room }));
  const content: Omit<Plan, "planId"> = {
    schema: PLAN_SCHEMA,
    version: versionFor(options),
    fleet: { file: fleetFile, sha256: fleetSha256, readAt: fleet.readAt },
    lane: fleet.lane,
    options,
    targets: targetsOf(candidates),
    waves: plannedWaves,
    services: byArn(services),
    rest: byArn([...sorted.filter((one) => "kind" in one), ...restOfTasks(index)]),
    totals: totalsOf({ fleet, services, waves, plannedWaves, options }),
  };
  return { plan: { ...content, planId: planIdOf(content) }, index, candidates, waves };
}

function versionFor({ mutexTags, gate, waveFailuresMax }: PlanOptions): Plan["version"] {
  if (gate !== undefined || waveFailuresMax !== undefined) return 3;
  return mutexTags === undefined ? 1 : 2;
}

type Asked = Pick<ServiceContext, "allow" | "platformPin" | "planWords">;

function sortOut(index: FleetIndex, service: ServiceRecord, asked: Asked): Candidate | NotPlanned {
  const cluster = index.cluster(service.clusterArn);
  const seen = { service, tasks: index.tasksOf(service), taskDefinition: index.taskDefinition(service) };
  const context = { ...seen, cluster, surroundings: surroundingsOf(index.fleet), ...asked };
  const { classification, allowed, unseen } = judgeService(context);
  const running = seen.tasks.filter((task) => task.lastStatus !== "STOPPED" && task.desiredStatus !== "STOPPED");
  const owner = ownerOf(service, cluster);
  const keyArn =
    cluster.configuration.kind === "known" ? cluster.configuration.value.fargateEphemeralStorageKmsKeyArn : null;
  if (CLASS_GROUP[classification.class] !== "to-redeploy" || keyArn === null) {
    const place = { clusterArn: cluster.arn, clusterName: cluster.name };
    const restart = restartNote(factsOf(context), classification.class);
    return {
      kind: "service",
      arn: service.arn,
      name: service.name,
      ...place,
      classification,
      tasks: running.length,
      owner,
      ...(restart === null ? {} : { restart }),
    };
  }
  const risk = riskOf({ ...seen, serviceClass: classification.class, allowed, unseen });
  const times = { estimate: estimateOf(seen), shortestMs: shortestMs(seen) };
  const reckoned = { ...times, surge: surgeOf(seen), risk, isFullySeen: unseen.length === 0 };
  return { service, cluster, keyArn, classification, tasks: running.length, owner, ...reckoned };
}

/** What is proved of one would be taken for a proof of the other, so neither is touched. */
function notToldApart(index: FleetIndex, service: ServiceRecord): NotPlanned {
  const cluster = index.cluster(service.clusterArn);
  const tasks = index
    .tasksOf(service)
    .filter((task) => task.lastStatus !== "STOPPED" && task.desiredStatus !== "STOPPED");
  return {
    kind: "service",
    arn: service.arn,
    name: service.name,
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    classification: {
      class: "unknown",
      reason: "a service of another cluster has the same ARN, of the old format without the cluster's name",
      remedy: "create it anew, which gives it an ARN of its own, or redeploy it by hand; then scan again",
    },
    tasks: tasks.length,
    owner: ownerOf(service, cluster),
  };
}

function restOfTasks(index: FleetIndex): readonly NotPlanned[] {
  return index.tasksOfNoService.map((task) => {
    const cluster = index.cluster(task.clusterArn);
    return {
      kind: "task",
      arn: task.arn,
      name: task.group?.replace(/^family:/, "") ?? lastPart(task.arn),
      clusterArn: cluster.arn,
      clusterName: cluster.name,
      classification: classifyTask({ task, cluster }),
      tasks: 1,
      owner: ownerOf(null, cluster),
    };
  });
}

function plannedService(candidate: Candidate, wave: number, options: PlanOptions): PlannedService {
  const { service, cluster, classification, surge, risk } = candidate;
  const sizeUnseen = surge.sizeSeen ? [] : ["the size of its tasks was not seen: its extra vCPU counts as 0 here"];
  return {
    arn: service.arn,
    name: service.name,
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    classification,
    wave,
    targetKeyArn: candidate.keyArn,
    platformVersion: classification.class === "redeploy-platform-version" ? options.platformPin : null,
    tasks: candidate.tasks,
    surgeTasks: surge.tasks,
    surgeVcpu: surge.vcpu,
    estimate: candidate.estimate,
    fingerprint: fingerprintOf(service),
    risks: [...risk.sentences, ...sizeUnseen],
    owner: candidate.owner,
    ...(options.mutexTags === undefined ? {} : { mutexes: mutexesOf(service, options) }),
  };
}

interface WaveParts {
  readonly wave: Wave;
  readonly number: number;
  readonly options: PlanOptions;
  readonly room: WaveRoom;
}

function plannedWave({ wave: { name, soakMs, candidates }, number, options, room }: WaveParts): PlannedWave {
  const timed = candidates.map((one) => timedService(one, options));
  return {
    number,
    name,
    services: candidates.map(({ service }) => service.arn).toSorted(),
    soakMs,
    tasks: candidates.reduce((sum, one) => sum + one.tasks, 0),
    extraVcpu: peakVcpu(candidates, options),
    expectedMs: expectedWaveMs(timed, room),
  };
}

function timedService({ service, cluster, estimate, surge }: Candidate, options: PlanOptions): TimedService {
  const mutexes = mutexesOf(service, options).map(mutexKey);
  const capacity = capacityKindsOf(service, cluster);
  const { toCapacityFreeMs: durationMs, toSuccessMs: placeMs } = estimate;
  return { launches: service.desiredCount, capacity, durationMs, placeMs, vcpu: surge.vcpu, mutexes };
}

/** What no run is quicker than: of the room, free vCPU is left out, for more of it may come free while a run goes on. */
function boundOf({ candidates }: Wave, options: PlanOptions): number {
  const timed = candidates.map((one): TimedService => {
    const { shortestMs: durationMs } = one;
    return { ...timedService(one, options), durationMs, placeMs: durationMs };
  });
  return waveLowerBoundMs(timed, { inFlightMax: options.inFlightMax });
}

function roomOf(fleet: Fleet, { inFlightMax }: PlanOptions): Required<WaveRoom> {
  return { inFlightMax, freeVcpu: { onDemand: freeOf("onDemand", fleet), spot: freeOf("spot", fleet) } };
}

function targetsOf(candidates: readonly Candidate[]): Plan["targets"] {
  const targets = new Map(
    candidates.map(({ cluster, keyArn }) => [
      cluster.arn,
      { clusterArn: cluster.arn, clusterName: cluster.name, keyArn },
    ]),
  );
  return [...targets.values()].toSorted((a, b) => compareText(a.clusterArn, b.clusterArn));
}

interface TotalsParts {
  readonly fleet: Fleet;
  readonly services: readonly PlannedService[];
  readonly waves: readonly Wave[];
  readonly plannedWaves: readonly PlannedWave[];
  readonly options: PlanOptions;
}

function totalsOf({ fleet, services, waves, plannedWaves, options }: TotalsParts): PlanTotals {
  const room = roomOf(fleet, options);
  const soaksMs = sum(waves.map((wave) => wave.soakMs));
  const bounds = waves.map((wave) => boundOf(wave, options));
  return {
    clusters: fleet.clusters.length,
    services: fleet.services.length,
    ...coverageOf(fleet),
    expectedMs: sum(plannedWaves.map((wave) => wave.expectedMs)) + soaksMs,
    stagedLowerBoundMs: sum(bounds) + soaksMs,
    apiCallsMin: apiCallsMin(fleet, services),
    peakExtraVcpu: Math.max(0, ...plannedWaves.map((wave) => wave.extraVcpu)),
    peakVcpu: { onDemand: peakOf("onDemand", waves, options), spot: peakOf("spot", waves, options) },
    freeVcpu: room.freeVcpu,
  };
}

/** What a service may launch as either kind counts for both. */
function peakOf(kind: CapacityKind, waves: readonly Wave[], options: PlanOptions): number {
  const peaks = waves.map(({ candidates }) => {
    const ofKind = candidates.filter(({ service, cluster }) => capacityKindsOf(service, cluster).includes(kind));
    return peakVcpu(ofKind, options);
  });
  return Math.max(0, ...peaks);
}

function freeOf(kind: CapacityKind, { capacity }: Fleet): number | null {
  const free = freeVcpu(capacity[kind]);
  return free.kind === "known" ? free.value : null;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
