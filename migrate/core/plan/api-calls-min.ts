// The fewest API calls with which a run can do all of its duties, given how services and tasks lie in clusters.
//
// Duties: scan the lane; at admission look at each service; UpdateService; look at the first new task; see each service
// deployment and its revision once; prove the new tasks and that the old ones are gone; sweep the clusters at the end.
// Calls on services and tasks take one cluster each; those on service deployments and revisions take any (API reference, documented).
// What stands around the services is looked at once, in batches as large as each API takes: `scan-calls-min.ts` counts it.

import { BATCH_LIMITS, PAGE_SIZES } from "../../../domain/api-quotas";
import type { Fleet } from "../../../domain/fleet";
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
  const waves = [...groupBy(planned, (one) => one.wave)].toSorted(([a], [b]) => a - b);
  const all = [...scanDuties(fleet), ...waves.flatMap(([, wave]) => waveDuties(wave)), ...sweepDuties(fleet, planned)];
  return all.filter(({ calls }) => calls > 0);
}

/** Who we are, clusters, all services and tasks cluster by cluster, definitions, keys, subnets, and what stands around them. */
function scanDuties(fleet: Fleet): readonly CallDuty[] {
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
    ...fleet.clusters.flatMap(({ arn }) => clusterDuties(fleet, { duty: "scan", clusterArn: arn, services: [] })),
    ofLane("ecs:DescribeTaskDefinition", fleet.taskDefinitions.length),
    ofLane("kms:DescribeKey", fleet.keys.length),
    ofLane("kms:GetKeyPolicy", fleet.keys.length),
    ofLane("kms:GetKeyRotationStatus", fleet.keys.length),
    ofLane("ec2:DescribeSubnets", fleet.subnets.length > 0 ? 1 : 0),
    ...Object.entries(surroundingCallsMin(fleet)).map(([operation, calls]) => ofLane(operation, calls)),
  ];
}

type ClusterDuty = Pick<CallDuty, "duty" | "services"> & { readonly clusterArn: string };

function clusterDuties(fleet: Fleet, of: ClusterDuty): readonly CallDuty[] {
  const services = fleet.services.filter(({ clusterArn }) => clusterArn === of.clusterArn).length;
  const tasks = fleet.tasks.filter(({ clusterArn }) => clusterArn === of.clusterArn).length;
  const duty = { ...of, wave: null };
  return [
    { ...duty, operation: "ecs:ListServices", calls: pages(services, PAGE_SIZES.listServices.most) },
    { ...duty, operation: "ecs:DescribeServices", calls: batchCount(services, BATCH_LIMITS.describeServices) },
    { ...duty, operation: "ecs:ListTasks", calls: pages(tasks, PAGE_SIZES.listTasks.most) },
    { ...duty, operation: "ecs:DescribeTasks", calls: batchCount(tasks, BATCH_LIMITS.describeTasks) },
  ];
}

function waveDuties(wave: readonly PlannedCall[]): readonly CallDuty[] {
  const number = wave[0]?.wave ?? null;
  const spanning = { wave: number, clusterArn: null, services: arnsOf(wave) };
  const deployments = batchCount(wave.length, BATCH_LIMITS.describeServiceDeployments);
  const revisions = batchCount(wave.length, BATCH_LIMITS.describeServiceRevisions);
  const ofClusters = [...groupBy(wave, (one) => one.clusterArn).values()].flatMap(clusterWaveDuties);
  const isAdmission = ({ duty }: CallDuty) => duty === "admission";
  return [
    ...ofClusters.filter(isAdmission),
    ...wave.map((one) => redeployDuty(one)),
    ...ofClusters.filter((duty) => !isAdmission(duty)),
    { duty: "follow", operation: "ecs:DescribeServiceDeployments", calls: deployments, ...spanning },
    { duty: "follow", operation: "ecs:DescribeServiceRevisions", calls: revisions, ...spanning },
  ];
}

function redeployDuty(one: PlannedCall): CallDuty {
  const { wave, clusterArn } = one;
  return { duty: "redeploy", operation: "ecs:UpdateService", calls: 1, wave, clusterArn, services: arnsOf([one]) };
}

function clusterWaveDuties(services: readonly PlannedCall[]): readonly CallDuty[] {
  const tasks = sum(services.map((one) => one.tasks));
  const first = tasks === 0 ? 0 : 1;
  const listed = pages(tasks, PAGE_SIZES.listTasks.most);
  // The new tasks, and then the old ones, by their ARNs.
  const described = 2 * batchCount(tasks, BATCH_LIMITS.describeTasks);
  const admitted = batchCount(services.length, BATCH_LIMITS.describeServices);
  const protection = batchCount(tasks, BATCH_LIMITS.getTaskProtection);
  const [one] = services;
  const of = { wave: one?.wave ?? null, clusterArn: one?.clusterArn ?? null, services: arnsOf(services) };
  return [
    { duty: "admission", operation: "ecs:DescribeServices", calls: admitted, ...of },
    { duty: "admission", operation: "ecs:GetTaskProtection", calls: protection, ...of },
    { duty: "first look", operation: "ecs:ListTasks", calls: first, ...of },
    { duty: "first look", operation: "ecs:DescribeTasks", calls: first, ...of },
    { duty: "proof", operation: "ecs:ListTasks", calls: listed, ...of },
    { duty: "proof", operation: "ecs:DescribeTasks", calls: described, ...of },
  ];
}

function sweepDuties(fleet: Fleet, planned: readonly PlannedCall[]): readonly CallDuty[] {
  return [...groupBy(planned, (one) => one.clusterArn)].flatMap(([clusterArn, services]) =>
    clusterDuties(fleet, { duty: "final look", clusterArn, services: arnsOf(services) }),
  );
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
