// The reads before services are redeployed, for a batch of one cluster in a few calls: the tasks that the scan saw (100 a call),
// their protection (100), the services (10) and their current service deployments (20).
//
// Why the tasks need no list as long as the counts agree: DescribeTasks shows which of the scan's tasks run, the service says how many
// run and that none is pending; when both numbers are the same, no other task runs. Where they differ, where more than one deployment
// is there, or where somebody asks for it, running and stopped tasks are listed, and described in a second round. What drains is in
// no count: a proof therefore always lists (see `isListed`), and so does the proof of whatever comes of this look.
//
// Why the current service deployment can stand for ListServiceDeployments, which takes one service a call:
//   is anything unfinished? A service has one service deployment under way at a time: a newer one stops the one before (developer
//   guide, service-deployment, documented), and `currentServiceDeployment` names the newest (API reference, documented). For a rolling
//   service it is a second witness only: its deployments and their rollout states in DescribeServices say the same. It is read after
//   the service, so a service that named an older one is shown with an end that came no later than that look.
//   which existed before? The current one, and all that AWS dates before it: `sinceKnown` finds them when a doubt has to be resolved.
//   The list is asked all the same where the service names none, or one that AWS does not know (before October 2024 there were none;
//   right after an update it can be blank, reported), and where it does not roll (blue/green, linear, canary): there the list is the
//   only place where something unfinished shows.
//
// Invariants
//   the service is read after its tasks, and `lookedAtMs` is the instant before that read
//   being denied to look at task protection, or failing to, makes it unknown and fails nothing

import { type Fact, known, unknown } from "../../domain/fact";
import type { ProtectedTask, ServiceRecord, TaskRecord } from "../../domain/fleet";
import type { ListedServiceDeployment } from "../core/machine/interpret-doubt";
import { isProtectionAsked } from "../core/scan/what-is-asked";
import { stillRuns } from "../core/verify/verify-task";
import { AwsFailure } from "../ports/aws-failure";
import { awsSaid, endsEverything } from "./aws-failure-error";
import { scannedTasksOf } from "./known-tasks";
import { plannedOrFail, type RunContext } from "./run-context";
import { tasksOfServices } from "./tasks-of-services";

export interface AdmissionSeen {
  readonly arn: string;
  /** Null when AWS does not know it any more. */
  readonly service: ServiceRecord | null;
  /** When the service itself was asked for, the last of the reads about it. */
  readonly lookedAtMs: number;
  readonly tasks: readonly TaskRecord[];
  readonly tasksReadAtMs: number;
  /** Whether its tasks were listed, draining ones too; else they are those of the scan, and no other runs. */
  readonly isListed: boolean;
  readonly protectedTasks: Fact<readonly ProtectedTask[]>;
  /** What was known of its service deployments: all of them, or the current one alone. */
  readonly serviceDeployments: readonly ListedServiceDeployment[];
}

export interface AdmissionReadOptions {
  readonly lists: "always" | "where-counts-differ";
}

/** Services of one cluster. */
export async function readForAdmission(
  context: RunContext,
  services: readonly string[],
  { lists }: AdmissionReadOptions,
): Promise<ReadonlyMap<string, AdmissionSeen>> {
  const [first] = services;
  if (first === undefined) return new Map();
  const batch = { context, services, clusterArn: plannedOrFail(context.plan, first).clusterArn };
  const seen = await tasksAndServices(batch, lists);
  const protectedTasks = await protectionOf(batch, [...seen.tasks.values()].flat());
  const deployments = await serviceDeploymentsOf(batch, [...seen.services.values()]);
  const { lookedAtMs, tasksReadAtMs } = seen;
  return new Map(
    services.map((arn) => {
      const service = seen.services.get(arn) ?? null;
      const tasks = seen.tasks.get(arn) ?? [];
      const serviceDeployments = deployments.get(arn) ?? [];
      const isListed = seen.listed.has(arn);
      return [arn, { arn, service, lookedAtMs, tasks, tasksReadAtMs, isListed, protectedTasks, serviceDeployments }];
    }),
  );
}

/** Whether nothing of it has changed that an admission looks at. One that does not roll is never the same: see above. */
export function looksTheSame({ service: before }: AdmissionSeen, now: ServiceRecord): boolean {
  if (before === null || now.strategy !== "ROLLING" || now.controller !== "ECS") return false;
  return JSON.stringify({ ...before, events: [] }) === JSON.stringify({ ...now, events: [] });
}

/** Whether these are all of its tasks that run. */
export function accountsFor(service: ServiceRecord, tasks: readonly TaskRecord[]): boolean {
  if (service.status !== "ACTIVE" || service.pendingCount > 0 || service.deployments.length !== 1) return false;
  const wanted = tasks.filter((task) => stillRuns(task) && task.desiredStatus !== "STOPPED");
  const isRunning = wanted.every(({ lastStatus }) => lastStatus === "RUNNING");
  return isRunning && wanted.length === service.runningCount;
}

interface Batch {
  readonly context: RunContext;
  readonly clusterArn: string;
  readonly services: readonly string[];
}

type ByService<T> = ReadonlyMap<string, T>;

interface TasksAndServices {
  readonly tasks: ByService<readonly TaskRecord[]>;
  readonly tasksReadAtMs: number;
  /** Those whose tasks were listed. */
  readonly listed: ReadonlySet<string>;
  readonly services: ByService<ServiceRecord>;
  readonly lookedAtMs: number;
}

async function tasksAndServices(batch: Batch, lists: AdmissionReadOptions["lists"]): Promise<TasksAndServices> {
  const tasksReadAtMs = batch.context.clock.nowMs();
  if (lists === "always") {
    const tasks = await listedTasks(batch, batch.services);
    return { tasks, tasksReadAtMs, listed: new Set(batch.services), ...(await servicesOf(batch)) };
  }
  const scanned = await scannedTasks(batch);
  const seen = await servicesOf(batch);
  const short = batch.services.filter((arn) => {
    const service = seen.services.get(arn);
    return service !== undefined && !accountsFor(service, scanned.get(arn) ?? []);
  });
  if (short.length === 0) return { tasks: scanned, tasksReadAtMs, listed: new Set(), ...seen };
  const tasks = new Map([...scanned, ...(await listedTasks(batch, short))]);
  return { tasks, tasksReadAtMs, listed: new Set(short), ...(await servicesOf(batch)) };
}

async function scannedTasks({ context, clusterArn, services }: Batch): Promise<ByService<readonly TaskRecord[]>> {
  const scanned = new Map(services.map((arn) => [arn, new Set(scannedTasksOf(context, arn))]));
  const tasks = [...scanned.values()].flatMap((its) => [...its]);
  const { found } = tasks.length === 0 ? { found: [] } : await context.ecs.describeTasks({ clusterArn, tasks });
  return new Map([...scanned].map(([arn, its]) => [arn, found.filter((task) => its.has(task.arn))]));
}

async function listedTasks(
  { context, clusterArn }: Batch,
  services: readonly string[],
): Promise<ByService<readonly TaskRecord[]>> {
  const seen = await tasksOfServices(context, { clusterArn, services, alsoTasks: () => [] });
  return new Map([...seen].map(([arn, { tasks }]) => [arn, tasks]));
}

async function servicesOf({ context, clusterArn, services }: Batch) {
  const lookedAtMs = context.clock.nowMs();
  const { found } = await context.ecs.describeServices({ clusterArn, services });
  return { lookedAtMs, services: new Map(found.map((service) => [service.arn, service])) };
}

async function protectionOf(
  { context: { ecs, clock }, clusterArn }: Batch,
  tasks: readonly TaskRecord[],
): Promise<Fact<readonly ProtectedTask[]>> {
  const asked = tasks.filter(isProtectionAsked).map(({ arn }) => arn);
  try {
    const held = asked.length === 0 ? [] : await ecs.protectedTasks({ clusterArn, tasks: asked });
    return known(held, new Date(clock.nowMs()).toISOString());
  } catch (error) {
    if (!(error instanceof AwsFailure) || endsEverything(error)) throw error;
    const denied = error.kind === "denied" ? error.operation : undefined;
    return unknown(`task protection could not be read: ${awsSaid(error)}`, denied);
  }
}

async function serviceDeploymentsOf(
  { context: { ecs }, clusterArn }: Batch,
  services: readonly ServiceRecord[],
): Promise<ByService<readonly ListedServiceDeployment[]>> {
  const named = new Map(
    services.flatMap(({ arn, strategy, currentServiceDeployment: current }) =>
      strategy === "ROLLING" && current !== null ? [[current, arn] as const] : [],
    ),
  );
  const { found } = named.size === 0 ? { found: [] } : await ecs.describeServiceDeployments([...named.keys()]);
  const result = new Map<string, readonly ListedServiceDeployment[]>();
  for (const deployment of found) {
    const service = named.get(deployment.arn);
    if (service !== undefined) result.set(service, [deployment]);
  }
  for (const { arn, name } of services)
    if (!result.has(arn)) result.set(arn, await ecs.listServiceDeployments({ clusterArn, service: name }));
  return result;
}
