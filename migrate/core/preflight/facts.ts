// What the questions look at: the plan and the fleet as it is now, put together by key, cluster and service.
//
// Invariants
//   only keys, clusters and services of the plan are here
//   a key is asked about for the clusters that still have it; one that no cluster has any more is not asked about
//   a service that is gone, or that somebody is deploying now, is passed over and counted: the run looks at it itself

import { parseArn } from "../../../domain/arn";
import type { Unknown } from "../../../domain/fact";
import type { ClusterRecord, Fleet, KeyRecord } from "../../../domain/fleet";
import { sameKey } from "../../../domain/kms-key";
import { isProblem } from "../../../domain/problem";
import { factsOf, type ServiceFacts } from "../classify/context";
import { type StartAnswer, startObstacles } from "../classify/start-obstacles";
import { surroundingsOf } from "../classify/surroundings";
import { unfinishedDeployment } from "../classify/unfinished-deployment";
import type { Plan, PlannedService } from "../model/plan";
import { type CapacityKind, capacityKindsOf } from "../plan/capacity";
import { FleetIndex } from "../plan/fleet-index";
import { type Surge, surgeOf } from "../plan/surge";
import type { ProbeAnswer } from "../probe/probe-answer";

/** Who asks. */
export interface PreflightCaller {
  readonly principalArn: string;
  /** When the credentials end, in milliseconds since the epoch; null when they name no end. */
  readonly credentialsExpireAtMs: number | null;
}

export interface PreflightRequest {
  readonly plan: Plan;
  /** The lane as it is now; of another lane when the credentials are for one, and then nothing else in it counts. */
  readonly now: Fleet;
  /** Keys, as clusters name them, of which AWS says that they do not exist. */
  readonly keysMissing: readonly string[];
  readonly caller: PreflightCaller;
  readonly nowMs: number;
  /** What a task of our own showed under each key; not asked for when left out. */
  readonly probe?: ProbeAnswer;
}

export interface PreflightFacts extends PreflightRequest {
  /** Of the fleet as it is now. */
  readonly index: FleetIndex;
  readonly targets: readonly TargetNow[];
  readonly keys: readonly KeyNow[];
  readonly services: readonly ServiceNow[];
  /** Planned services that may be there and could not be seen. */
  readonly unseen: readonly UnseenService[];
  readonly passedOver: { readonly gone: number; readonly inFlight: number };
}

/** A cluster of the plan; null when it is there no more. */
export interface TargetNow {
  readonly clusterName: string;
  readonly keyArn: string;
  readonly cluster: ClusterRecord | null;
}

export interface KeyNow {
  readonly arn: string;
  /** Why its record cannot be looked at: AWS knows no such key, or it would have to be asked in another Region. */
  readonly away: "missing" | "other-region" | null;
  readonly record: KeyRecord | null;
  /** Names of the plan's clusters that have it, or whose configuration was not seen. */
  readonly clusterNames: readonly string[];
}

/** A planned service, with all that it would be classified by now. */
export interface ServiceNow extends ServiceFacts {
  readonly planned: PlannedService;
  /** `cluster/service`. */
  readonly name: string;
  /** What keeps its tasks from starting again. */
  readonly start: StartAnswer;
  /** What its redeployment needs beyond what runs now. */
  readonly surge: Surge;
  /** Both for a strategy that mixes them: the next task may go to either. */
  readonly kinds: readonly CapacityKind[];
}

export interface UnseenService {
  readonly planned: PlannedService;
  readonly name: string;
  readonly why: Unknown;
}

export function preflightFacts(request: PreflightRequest): PreflightFacts {
  const { plan, now } = request;
  const index = new FleetIndex(now);
  const clusters = new Map(now.clusters.map((cluster) => [cluster.arn, cluster]));
  const targets = plan.targets.map(({ clusterArn, clusterName, keyArn }) => ({
    clusterName,
    keyArn,
    cluster: clusters.get(clusterArn) ?? null,
  }));
  return { ...request, index, targets, keys: keysOf(request, targets), ...servicesOf(request, index, clusters) };
}

export function plannedKeyIs(planned: string, actual: string): boolean {
  return planned === actual || sameKey(planned, actual);
}

function keysOf({ now, keysMissing }: PreflightRequest, targets: readonly TargetNow[]): readonly KeyNow[] {
  const records = new Map(now.keys.map((record) => [record.arn, record]));
  const names = new Map<string, string[]>();
  for (const { keyArn, clusterName, cluster } of targets)
    if (cluster !== null && mayHave(cluster, keyArn)) names.set(keyArn, [...(names.get(keyArn) ?? []), clusterName]);
  return [...names].map(([arn, clusterNames]) => {
    const away = isElsewhere(arn, now) ? "other-region" : keysMissing.includes(arn) ? "missing" : null;
    return { arn, away, record: records.get(arn) ?? null, clusterNames };
  });
}

function mayHave({ configuration }: ClusterRecord, keyArn: string): boolean {
  if (configuration.kind === "unknown") return true;
  const { fargateEphemeralStorageKmsKeyArn: actual } = configuration.value;
  return actual !== null && plannedKeyIs(keyArn, actual);
}

function isElsewhere(keyArn: string, { lane }: Fleet): boolean {
  const arn = parseArn(keyArn);
  return !isProblem(arn) && arn.region !== lane.region;
}

function servicesOf(
  { plan, now }: PreflightRequest,
  index: FleetIndex,
  clusters: ReadonlyMap<string, ClusterRecord>,
): Pick<PreflightFacts, "services" | "unseen" | "passedOver"> {
  const present = new Map(now.services.map((service) => [service.arn, service]));
  const services: ServiceNow[] = [];
  const unseen: UnseenService[] = [];
  const passedOver = { gone: 0, inFlight: 0 };
  for (const planned of plan.services) {
    const name = `${planned.clusterName}/${planned.name}`;
    const service = present.get(planned.arn);
    const cluster = clusters.get(planned.clusterArn);
    if (service === undefined || cluster === undefined || service.status !== "ACTIVE") {
      if (cluster?.services.kind === "unknown" && service === undefined)
        unseen.push({ planned, name, why: cluster.services });
      else passedOver.gone += 1;
      continue;
    }
    const seen = { service, cluster, tasks: index.tasksOf(service), taskDefinition: index.taskDefinition(service) };
    const facts = factsOf({ ...seen, surroundings: surroundingsOf(now), ...plan.options });
    if (unfinishedDeployment(facts) === null) services.push(serviceNow(facts, planned, name));
    else passedOver.inFlight += 1;
  }
  return { services, unseen, passedOver };
}

function serviceNow(facts: ServiceFacts, planned: PlannedService, name: string): ServiceNow {
  const kinds = capacityKindsOf(facts.service, facts.cluster);
  return { ...facts, planned, name, start: startObstacles(facts), surge: surgeOf(facts), kinds };
}
