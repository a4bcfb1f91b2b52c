// Looks at services on their way, many at once and as cheaply as AWS's batches allow, and records what changed.
//
// Order of reads, each only where it is needed: service deployments whose ARN is known (20 a call, across clusters), services
// (10 a call, a cluster at a time), service deployments whose ARN the services tell, old tasks of those that have settled (100 a
// call), then all tasks and revisions of those that may be proved now, fail or are superseded.
//
// Invariants
//   a service is read after its service deployment: a deployment that was stopped by somebody's newer one is seen with that one
//   a service that could not be read is looked at again; it is never taken for deleted

import type { ServiceRecord, TaskRecord } from "../../domain/fleet";
import { findServiceDeployment } from "../core/machine/find-service-deployment";
import { interpretLook } from "../core/machine/interpret-look";
import { namesKms } from "../core/machine/key-trouble";
import type { ServiceObservation } from "../core/machine/observation";
import type { ServiceRun } from "../core/machine/run-state";
import type { PlannedService } from "../core/model/plan";
import type { ServiceDeploymentRecord } from "../ports/ecs-port";
import { byCluster } from "./by-cluster";
import { oldTasksLeft } from "./old-tasks-left";
import { Forbearance } from "./passing-failure";
import { plannedOrFail, type RunContext, runOrFail } from "./run-context";
import { servicesNow } from "./services-now";
import { type TasksSeen, tasksOfService } from "./tasks-of-service";

export async function performLook(context: RunContext, arns: readonly string[]): Promise<void> {
  const nowMs = context.clock.nowMs();
  for (const arn of arns) context.lastLookAtMs.set(arn, nowMs);
  const forbearance = new Forbearance();
  const recorded = await describeDeployments(context, recordedDeploymentArns(context, arns));
  const services = await describeServices(context, arns, forbearance);
  const found = await findDeploymentArns({ context, services, recorded }, forbearance);
  const deployments = new Map([...recorded, ...(await describeDeployments(context, found))]);
  const settled = [...services.keys()].filter((arn) => deployments.get(arn)?.status === "SUCCESSFUL");
  const oldTasks = await oldTasksLeft(context, settled, forbearance);
  for (const [arn, service] of services) {
    const half = {
      arn,
      service,
      serviceDeployment: deployments.get(arn) ?? null,
      oldTasksLeft: oldTasks.get(arn) ?? [],
    };
    await forbearance.attempt(async () => {
      await lookAtOne(context, half);
      context.outage.sinceMs = null;
    });
  }
  forbearance.throwFirst();
}

/** Services with their service deployment's ARN or its record. */
type ByService<T> = ReadonlyMap<string, T>;

interface Half {
  readonly arn: string;
  /** Null when AWS answered and does not know it. */
  readonly service: ServiceRecord | null;
  readonly serviceDeployment: ServiceDeploymentRecord | null;
  /** Old tasks that are known to run still; empty when none is, or when that was not asked. */
  readonly oldTasksLeft: readonly TaskRecord[];
}

async function lookAtOne(context: RunContext, half: Half): Promise<void> {
  const run = runOrFail(context.recorder.state, half.arn);
  const planned = plannedOrFail(context.plan, half.arn);
  const { service, serviceDeployment } = half;
  const drains = half.oldTasksLeft.length > 0;
  const tasks = drains ? { tasks: half.oldTasksLeft, gone: [] } : await tasksIfNeeded(context, half, { run, planned });
  const mayBeProved = serviceDeployment?.status === "SUCCESSFUL" && !drains;
  const needsRevision = mayBeProved && serviceDeployment.targetRevisionArn !== null;
  const revisions = needsRevision
    ? await context.ecs.describeServiceRevisions([serviceDeployment.targetRevisionArn ?? ""])
    : { found: [] };
  const seen: ServiceObservation = {
    // The newest read, not the first: what drained until a moment ago was not proved then.
    atMs: context.clock.nowMs(),
    service,
    gone: service === null || service.status !== "ACTIVE",
    serviceDeployment,
    revision: revisions.found[0] ?? null,
    tasks: tasks?.tasks ?? null,
    goneTasks: tasks?.gone ?? [],
  };
  for (const event of interpretLook({ run, planned, seen })) await context.recorder.record(event);
}

/** Tasks cost two lists and a describe a service: only where they decide something. */
function needsTasks(run: ServiceRun, { service, serviceDeployment }: Half): boolean {
  if (service === null || service.status !== "ACTIVE") return false;
  if (run.supersededBy !== null) return service.deployments.length === 1;
  if (run.phase === "settling" || serviceDeployment?.status === "SUCCESSFUL") return true;
  const ours = service.deployments.find(({ id }) => id === run.deploymentId);
  const failed = Math.max(serviceDeployment?.failedTasks ?? 0, ours?.failedTasks ?? 0);
  const ended = serviceDeployment?.status.startsWith("ROLLBACK") || serviceDeployment?.status === "STOPPED";
  const seen = run.progress?.startFailure ?? null;
  if (seen === null) return failed > 0 || ended === true;
  // What fails now may fail for another reason than the first one did, and a key's trouble is everyone's.
  return failed > (run.progress?.failedTasks ?? 0) && !namesKms(seen);
}

async function tasksIfNeeded(
  context: RunContext,
  half: Half,
  { run, planned }: { readonly run: ServiceRun; readonly planned: PlannedService },
): Promise<TasksSeen | null> {
  if (!needsTasks(run, half)) return null;
  const query = { clusterArn: planned.clusterArn, service: planned.name };
  return tasksOfService(context, { ...query, withStopped: true, alsoTasks: run.oldTasks });
}

/** Every service that was asked for and answered about; null where the answer is that there is none. */
async function describeServices(
  context: RunContext,
  arns: readonly string[],
  forbearance: Forbearance,
): Promise<ByService<ServiceRecord | null>> {
  const answered = new Map<string, ServiceRecord | null>();
  for (const [clusterArn, services] of byCluster(context, arns)) {
    const reply = await forbearance.attempt(() => servicesNow(context.ecs, { clusterArn, services }));
    if (reply === null) continue;
    for (const arn of services) answered.set(arn, reply.found.find((service) => service.arn === arn) ?? null);
  }
  return answered;
}

function recordedDeploymentArns(context: RunContext, arns: readonly string[]): ByService<string> {
  const runs = arns.map((arn) => runOrFail(context.recorder.state, arn));
  return new Map(
    runs.flatMap(({ arn, serviceDeploymentArn, supersededBy }) =>
      serviceDeploymentArn === null || supersededBy !== null ? [] : [[arn, serviceDeploymentArn]],
    ),
  );
}

async function describeDeployments(
  context: RunContext,
  arns: ByService<string>,
): Promise<ByService<ServiceDeploymentRecord>> {
  if (arns.size === 0) return new Map();
  const { found } = await context.ecs.describeServiceDeployments([...arns.values()]);
  const byArn = new Map(found.map((deployment) => [deployment.arn, deployment]));
  return new Map(
    [...arns].flatMap(([service, arn]) => {
      const deployment = byArn.get(arn);
      return deployment === undefined ? [] : [[service, deployment]];
    }),
  );
}

interface Search {
  readonly context: RunContext;
  readonly services: ByService<ServiceRecord | null>;
  readonly recorded: ByService<ServiceDeploymentRecord>;
}

/** For those whose replies left the ARN blank so far. */
async function findDeploymentArns(
  { context, services, recorded }: Search,
  forbearance: Forbearance,
): Promise<ByService<string>> {
  const result = new Map<string, string>();
  for (const [arn, service] of services) {
    const run = runOrFail(context.recorder.state, arn);
    if (
      recorded.has(arn) ||
      run.serviceDeploymentArn !== null ||
      run.supersededBy !== null ||
      service?.status !== "ACTIVE"
    )
      continue;
    const told = findServiceDeployment({ run, service, listed: [] });
    const found = told ?? (await forbearance.attempt(async () => findInList(context, run, service)));
    if (found !== null) result.set(arn, found);
  }
  return result;
}

async function findInList(context: RunContext, run: ServiceRun, service: ServiceRecord): Promise<string | null> {
  const { clusterArn, name } = plannedOrFail(context.plan, run.arn);
  const listed = await context.ecs.listServiceDeployments({ clusterArn, service: name });
  return findServiceDeployment({ run, service, listed });
}
