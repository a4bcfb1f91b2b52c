// Looks at services on their way, many at once and as cheaply as AWS's batches allow, and records what changed. What is read, and in
// which order, is decided in core/machine/what-to-look-at.ts; here the same reads of many services are made together:
// service deployments and revisions 20 a call across clusters, services 10 and tasks 100 a call of a cluster.
//
// Invariants
//   a service is read after its service deployment, and its tasks after the service: counts are compared within one observation
//   what could not be read is looked at again; it is never taken for deleted

import type { ServiceRecord, TaskRecord } from "../../domain/fleet";
import { groupBy } from "../core/group-by";
import type { Command } from "../core/machine/command";
import { interpretLook } from "../core/machine/interpret-look";
import type { ServiceObservation } from "../core/machine/observation";
import {
  endedOtherwise,
  type FirstRead,
  firstRead,
  needsDeployment,
  needsRevision,
  needsService,
  needsTasks,
} from "../core/machine/what-to-look-at";
import type { ServiceDeploymentRecord, ServiceRevisionRecord } from "../ports/ecs-port";
import { LookReads } from "./look-reads";
import { oldTasksLeft } from "./old-tasks-left";
import { Forbearance } from "./passing-failure";
import { plannedOrFail, type RunContext, runOrFail } from "./run-context";
import type { TasksSeen } from "./tasks-of-services";
import { worthProving } from "./worth-proving";

type Looking = Pick<Extract<Command, { kind: "look" }>, "services" | "drainsMatter">;

export async function performLook(context: RunContext, looking: Looking): Promise<void> {
  const nowMs = context.clock.nowMs();
  for (const arn of looking.services) context.lastLookAtMs.set(arn, nowMs);
  const forbearance = new Forbearance();
  const look = await lookAt(context, looking, forbearance);
  for (const arn of look.all()) {
    await forbearance.attempt(() => conclude(context, arn, look));
    context.outage.sinceMs = null;
  }
  forbearance.throwFirst();
}

/** What a look has shown so far, by service. */
class Look {
  readonly services = new Map<string, ServiceRecord | null>();
  readonly deployments = new Map<string, ServiceDeploymentRecord | null>();
  readonly oldTasksLeft = new Map<string, readonly TaskRecord[]>();
  readonly tasks = new Map<string, TasksSeen>();
  readonly revisions = new Map<string, ServiceRevisionRecord>();

  /** Those of which anything was answered. */
  all(): readonly string[] {
    return [...new Set([this.services, this.deployments, this.oldTasksLeft].flatMap((seen) => [...seen.keys()]))];
  }

  drains(arn: string): boolean {
    return (this.oldTasksLeft.get(arn)?.length ?? 0) > 0;
  }

  isSuccessful(arn: string): boolean {
    return this.deployments.get(arn)?.status === "SUCCESSFUL";
  }
}

async function lookAt(context: RunContext, looking: Looking, forbearance: Forbearance): Promise<Look> {
  const { services: arns, drainsMatter } = looking;
  const look = new Look();
  const reads = new LookReads(context, forbearance);
  const run = (arn: string) => runOrFail(context.recorder.state, arn);
  const first = groupBy(arns, (arn): FirstRead => firstRead(run(arn), countsFailures(context, arn)));
  const begun = first.get("service-deployment") ?? [];
  const rolling = first.get("service") ?? [];

  addTo(look.deployments, await reads.deployments(begun));
  const toRead = begun.filter(
    (arn) => look.deployments.has(arn) && needsService(run(arn), look.deployments.get(arn) ?? null),
  );
  const untold = begun.filter(
    (arn) => !toRead.includes(arn) && needsRevision(run(arn), look.deployments.get(arn) ?? null),
  );
  addTo(look.revisions, await reads.revisions(untold.map((arn) => [arn, look.deployments.get(arn)] as const)));
  addTo(look.services, await reads.services([...rolling, ...toRead]));
  const changed = rolling.filter((arn) => needsDeployment(run(arn), look.services.get(arn) ?? null));
  addTo(look.deployments, await reads.deployments(changed, look.services));
  const ended = changed.filter((arn) => {
    const deployment = look.deployments.get(arn);
    return deployment != null && endedOtherwise(deployment);
  });
  await again(look, reads, ended);

  const drain = first.get("old-tasks") ?? [];
  const settled = arns.filter((arn) => drain.includes(arn) || (drainsMatter && look.isSuccessful(arn)));
  addTo(look.oldTasksLeft, await oldTasksLeft(context, settled, forbearance));
  const drained = settled.filter((arn) => look.oldTasksLeft.get(arn)?.length === 0);
  const provable = worthProving(context, drained);
  addTo(look.deployments, await reads.endedWell(provable.filter((arn) => !look.deployments.has(arn))));
  const proved = provable.filter((arn) => look.isSuccessful(arn));
  await again(look, reads, proved);

  const decided = arns.filter(
    (arn) =>
      !look.drains(arn) && needsTasks(run(arn), look.services.get(arn) ?? null, look.deployments.get(arn) ?? null),
  );
  const shown = proved.filter((arn) => look.services.get(arn)?.status === "ACTIVE");
  addTo(look.tasks, await reads.tasks([...new Set([...shown, ...decided])]));
  addTo(look.revisions, await reads.revisions(shown.map((arn) => [arn, look.deployments.get(arn)] as const)));
  return look;
}

/** Reads services after their service deployments; who cannot be read now is shown by no older read either. */
async function again(look: Look, reads: LookReads, arns: readonly string[]): Promise<void> {
  const services = await reads.services(arns);
  for (const arn of arns) {
    const service = services.get(arn);
    if (service === undefined) look.services.delete(arn);
    else look.services.set(arn, service);
  }
}

async function conclude(context: RunContext, arn: string, look: Look): Promise<void> {
  const run = runOrFail(context.recorder.state, arn);
  const planned = plannedOrFail(context.plan, arn);
  const service = look.services.get(arn);
  const left = look.oldTasksLeft.get(arn) ?? [];
  const all = look.tasks.get(arn);
  // Old tasks alone prove nothing, so they never come with a revision.
  const tasks = all ?? (look.oldTasksLeft.has(arn) ? { tasks: left, gone: [] } : undefined);
  const seen: ServiceObservation = {
    // The newest read, not the first: what drained until a moment ago was not proved then.
    atMs: context.clock.nowMs(),
    service: service ?? null,
    gone: service === null || (service !== undefined && service.status !== "ACTIVE"),
    serviceDeployment: look.deployments.get(arn) ?? null,
    revision: all === undefined && look.isSuccessful(arn) ? null : (look.revisions.get(arn) ?? null),
    tasks: tasks?.tasks ?? null,
    goneTasks: tasks?.gone ?? [],
  };
  for (const event of interpretLook({ run, planned, seen })) await context.recorder.record(event);
}

/** As it was when it was last seen; where that has changed, its service deployment says so, and the service is read all the same. */
function countsFailures({ fleet }: RunContext, arn: string): boolean {
  return fleet.services.find((service) => service.arn === arn)?.circuitBreaker.enable === true;
}

function addTo<T>(all: Map<string, T>, more: ReadonlyMap<string, T>): void {
  for (const [arn, one] of more) all.set(arn, one);
}
