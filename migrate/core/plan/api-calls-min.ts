// The fewest API calls with which a run can do all of its duties, given how services and tasks lie in clusters.
//
// Duties: scan the lane; at admission look at each cluster's key, at each service, its tasks and their protection, and at what of its
// service deployments is unfinished or was there before; UpdateService; look once while its first task starts; see how its service
// deployment ended and which key its revision captured; prove service, new tasks and old ones, draining ones included; look at the
// whole lane at the end.
// Calls on services and tasks take one cluster each; those on clusters, service deployments and revisions take any (API reference,
// documented). Tasks are listed twice, since a list shows those that shall run or those that shall stop (documented).
// What stands around the services is looked at once, in batches as large as each API takes: `scan-calls-min.ts` counts it.
//
// Invariants
//   all services of a wave are taken to go through each duty together, which no run does: so this is a bound and no forecast
//   how often a service is looked at while it rolls is a matter of time and not counted, and neither is a read that is made twice

import { BATCH_LIMITS, PAGE_SIZES } from "../../../domain/api-quotas";
import type { Fleet, ServiceRecord } from "../../../domain/fleet";
import { batchCount } from "../batches-of";
import { groupBy } from "../group-by";
import { surroundingCallsMin } from "./scan-calls-min";

export interface PlannedCall {
  readonly arn?: string;
  readonly clusterArn: string;
  readonly wave: number;
  readonly tasks: number;
}

/** Calls of one operation that one duty takes, and for whom. */
export interface CallDuty {
  readonly duty: "scan" | "admission" | "redeploy" | "first look" | "follow" | "proof" | "final look";
  readonly operation: string;
  readonly calls: number;
  /** Null for what is done before or after all waves. */
  readonly wave: number | null;
  /** Null for what spans clusters. */
  readonly clusterArn: string | null;
  /** ARNs of the planned services that share these calls; none for those of the whole lane. */
  readonly services: readonly string[];
}

export function apiCallsMin(fleet: Fleet, planned: readonly PlannedCall[]): number {
  return sum(callDuties(fleet, planned).map(({ calls }) => calls));
}

/** In the order of a run; a duty without calls is left out. */
export function callDuties(fleet: Fleet, planned: readonly PlannedCall[]): readonly CallDuty[] {
  const lane = laneOf(fleet);
  const waves = [...groupBy(planned, (one) => one.wave)].toSorted(([a], [b]) => a - b);
  const all = [
    ...scanDuties(fleet, lane),
    ...waves.flatMap(([, wave], at) => waveDuties(wave, lane, waves[at - 1]?.[1] ?? null)),
    ...(planned.length === 0 ? [] : sweepDuties(fleet, planned, lane)),
  ];
  return all.filter(({ calls }) => calls > 0);
}

/** What a duty is counted from, found once. */
interface Lane {
  readonly services: ReadonlyMap<string, ServiceRecord>;
  /** By cluster. */
  readonly servicesIn: ReadonlyMap<string, number>;
  readonly tasksIn: ReadonlyMap<string, number>;
}

function laneOf({ services, tasks }: Fleet): Lane {
  const countIn = (all: readonly { readonly clusterArn: string }[]) =>
    new Map([...groupBy(all, ({ clusterArn }) => clusterArn)].map(([arn, its]) => [arn, its.length]));
  return {
    services: new Map(services.map((service) => [service.arn, service])),
    servicesIn: countIn(services),
    tasksIn: countIn(tasks),
  };
}

/** Who we are, clusters, all services and tasks cluster by cluster, definitions, keys, subnets, and what stands around them. */
function scanDuties(fleet: Fleet, lane: Lane): readonly CallDuty[] {
  const ofLane = (operation: string, calls: number): CallDuty => ({
    duty: "scan",
    operation,
    calls,
    wave: null,
    clusterArn: null,
    services: [],
  });
  return [
    ofLane("sts:GetCallerIdentity", 1),
    ofLane("ecs:ListClusters", pages(fleet.clusters.length, PAGE_SIZES.listClusters.most)),
    ofLane("ecs:DescribeClusters", batchCount(fleet.clusters.length, BATCH_LIMITS.describeClusters)),
    ...fleet.clusters.flatMap(({ arn }) => clusterDuties(lane, { duty: "scan", clusterArn: arn, services: [] })),
    ofLane("ecs:DescribeTaskDefinition", fleet.taskDefinitions.length),
    ofLane("kms:DescribeKey", fleet.keys.length),
    ofLane("kms:GetKeyPolicy", fleet.keys.length),
    ofLane("kms:GetKeyRotationStatus", fleet.keys.length),
    ofLane("ec2:DescribeSubnets", fleet.subnets.length > 0 ? 1 : 0),
    ...Object.entries(surroundingCallsMin(fleet)).map(([operation, calls]) => ofLane(operation, calls)),
  ];
}

type ClusterDuty = Pick<CallDuty, "duty" | "services"> & { readonly clusterArn: string };

/** A cluster without services has no task of a service that drains, so only those that shall run are listed there. */
function clusterDuties(lane: Lane, of: ClusterDuty): readonly CallDuty[] {
  const services = lane.servicesIn.get(of.clusterArn) ?? 0;
  const tasks = lane.tasksIn.get(of.clusterArn) ?? 0;
  const listed = pages(tasks, PAGE_SIZES.listTasks.most) + (services > 0 ? 1 : 0);
  const duty = { ...of, wave: null };
  return [
    { ...duty, operation: "ecs:ListServices", calls: pages(services, PAGE_SIZES.listServices.most) },
    { ...duty, operation: "ecs:DescribeServices", calls: batchCount(services, BATCH_LIMITS.describeServices) },
    { ...duty, operation: "ecs:ListTasks", calls: listed },
    { ...duty, operation: "ecs:DescribeTasks", calls: batchCount(tasks, BATCH_LIMITS.describeTasks) },
  ];
}

function waveDuties(
  wave: readonly PlannedCall[],
  lane: Lane,
  before: readonly PlannedCall[] | null,
): readonly CallDuty[] {
  const ofClusters = [...groupBy(wave, (one) => one.clusterArn).values()].map((own) => clusterWaveDuties(own, lane));
  const { clusters, named, firstLooks, deployments, revisions } = spanningDuties(wave, lane);
  return [
    // A wave without a task can be over while the look at its clusters is still young enough for the next one.
    ...(before === null || before.some(({ tasks }) => tasks > 0) ? [clusters] : []),
    named,
    ...ofClusters.flatMap(({ admission }) => admission),
    ...wave.map((one) => redeployDuty(one)),
    firstLooks,
    ...ofClusters.flatMap(({ firstLook }) => firstLook),
    deployments,
    revisions,
    ...ofClusters.flatMap(({ proof }) => proof),
  ];
}

/** What one call can tell of services of any clusters. */
function spanningDuties(wave: readonly PlannedCall[], lane: Lane) {
  const spanning = (duty: CallDuty["duty"], operation: string, services: readonly PlannedCall[], most: number) => ({
    duty,
    operation,
    calls: batchCount(operation === CLUSTERS ? clustersOf(services) : services.length, most),
    wave: wave[0]?.wave ?? null,
    clusterArn: null,
    services: arnsOf(services),
  });
  const named = wave.filter((one) => namesItsDeployment(one, lane));
  const counted = wave.filter((one) => one.tasks > 0 && countsFailures(one, lane));
  const { describeServiceDeployments, describeServiceRevisions, describeClusters } = BATCH_LIMITS;
  return {
    clusters: spanning("admission", CLUSTERS, wave, describeClusters),
    named: spanning("admission", DEPLOYMENTS, named, describeServiceDeployments),
    firstLooks: spanning("first look", DEPLOYMENTS, counted, describeServiceDeployments),
    deployments: spanning("follow", DEPLOYMENTS, wave, describeServiceDeployments),
    revisions: spanning("follow", "ecs:DescribeServiceRevisions", wave, describeServiceRevisions),
  };
}

const CLUSTERS = "ecs:DescribeClusters";
const DEPLOYMENTS = "ecs:DescribeServiceDeployments";

function clustersOf(services: readonly PlannedCall[]): number {
  return new Set(services.map(({ clusterArn }) => clusterArn)).size;
}

/** Then that one's state tells whether anything is unfinished; else the service's own list must be asked. */
function namesItsDeployment({ arn }: PlannedCall, { services }: Lane): boolean {
  const service = services.get(arn ?? "");
  return service === undefined || (service.strategy === "ROLLING" && service.currentServiceDeployment !== null);
}

/** Its circuit breaker does, and its service deployment tells; else failed tasks show at the service alone. */
function countsFailures({ arn }: PlannedCall, { services }: Lane): boolean {
  return services.get(arn ?? "")?.circuitBreaker.enable ?? true;
}

function redeployDuty(one: PlannedCall): CallDuty {
  const { wave, clusterArn } = one;
  return { duty: "redeploy", operation: "ecs:UpdateService", calls: 1, wave, clusterArn, services: arnsOf([one]) };
}

function clusterWaveDuties(services: readonly PlannedCall[], lane: Lane) {
  const [one] = services;
  const clusterArn = one?.clusterArn ?? "";
  const of = { wave: one?.wave ?? null, clusterArn, services: arnsOf(services) };
  const tasks = sum(services.map((own) => own.tasks));
  const described = batchCount(services.length, BATCH_LIMITS.describeServices);
  const unnamed = services.filter((own) => !namesItsDeployment(own, lane));
  const uncounted = services.filter((own) => own.tasks > 0 && !countsFailures(own, lane));
  const firstLooks = batchCount(uncounted.length, BATCH_LIMITS.describeServices);
  const admission = [
    { operation: "ecs:DescribeServices", calls: described },
    { operation: "ecs:DescribeTasks", calls: batchCount(tasks, BATCH_LIMITS.describeTasks) },
    { operation: "ecs:GetTaskProtection", calls: batchCount(tasks, BATCH_LIMITS.getTaskProtection) },
    { operation: "ecs:ListServiceDeployments", calls: unnamed.length },
  ];
  const proof = [
    { operation: "ecs:DescribeServices", calls: described },
    { operation: "ecs:ListTasks", calls: listsOf(services, lane) },
    // The new tasks and the old ones, by their ARNs.
    { operation: "ecs:DescribeTasks", calls: batchCount(2 * tasks, BATCH_LIMITS.describeTasks) },
  ];
  return {
    admission: admission.map((calls): CallDuty => ({ duty: "admission", ...calls, ...of })),
    firstLook: [{ duty: "first look", operation: "ecs:DescribeServices", calls: firstLooks, ...of } satisfies CallDuty],
    proof: proof.map((calls): CallDuty => ({ duty: "proof", ...calls, ...of })),
  };
}

/** Of those that shall run, and of those that shall stop: service by service or of the whole cluster, whichever takes fewer. */
function listsOf(services: readonly PlannedCall[], lane: Lane): number {
  const { most } = PAGE_SIZES.listTasks;
  const old = sum(services.map(({ tasks }) => tasks));
  const inCluster = Math.max(old, lane.tasksIn.get(services[0]?.clusterArn ?? "") ?? 0);
  const serviceWise = sum(services.map(({ tasks }) => pages(tasks, most)));
  return Math.min(serviceWise, pages(inCluster, most)) + Math.min(serviceWise, pages(old, most));
}

/** The whole lane, those clusters too in which nothing was to be done. */
function sweepDuties({ clusters }: Fleet, planned: readonly PlannedCall[], lane: Lane): readonly CallDuty[] {
  const inCluster = groupBy(planned, (one) => one.clusterArn);
  const duty = "final look";
  const calls = batchCount(clusters.length, BATCH_LIMITS.describeClusters);
  return [
    { duty, operation: CLUSTERS, calls, wave: null, clusterArn: null, services: [] },
    ...clusters.flatMap(({ arn }) =>
      clusterDuties(lane, { duty, clusterArn: arn, services: arnsOf(inCluster.get(arn) ?? []) }),
    ),
  ];
}

function arnsOf(planned: readonly PlannedCall[]): readonly string[] {
  return planned.flatMap(({ arn }) => arn ?? []).toSorted();
}

/** A listing costs a call even when it is empty; describing nothing costs none. */
function pages(items: number, size: number): number {
  return Math.max(1, batchCount(items, size));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
