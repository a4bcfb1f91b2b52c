// Looks at up to ten services of one cluster again and redeploys those that are still as planned.
//
// Invariants
//   the look before UpdateService is at most LIMITS.admissionLookAgeMaxMs old, else the service waits for the next turn
//   the intent is on disk before UpdateService is sent, and its answer after; one service at a time
//   a service that cannot be read for a moment does not keep the others of its batch waiting
//   which of its tasks are protected is looked at each time; not being allowed to look makes it unknown and fails nothing

import { type Fact, known, unknown } from "../../domain/fact";
import type { ClusterRecord, ProtectedTask, TaskRecord } from "../../domain/fleet";
import { LIMITS } from "../core/limits";
import { goneEvent } from "../core/machine/gone-event";
import { type Admission, interpretAdmission } from "../core/machine/interpret-admission";
import { isProtectionAsked } from "../core/scan/what-is-asked";
import { AwsFailure } from "../ports/aws-failure";
import { awsSaid, endsEverything } from "./aws-failure-error";
import { Forbearance } from "./passing-failure";
import { performRedeploy } from "./perform-redeploy";
import { defer, plannedOrFail, type RunContext, runOrFail } from "./run-context";
import { servicesNow } from "./services-now";
import { tasksOfService } from "./tasks-of-service";

export interface AdmissionBatch {
  readonly clusterArn: string;
  readonly services: readonly string[];
}

export async function performAdmission(context: RunContext, batch: AdmissionBatch): Promise<void> {
  let look = await clusterNow(context, batch.clusterArn);
  const forbearance = new Forbearance();
  for (const arn of batch.services) {
    if (context.recorder.state.status !== "running" || context.signal.aborted) return;
    await forbearance.attempt(async () => {
      if (context.clock.nowMs() - look.lookedAtMs > LIMITS.admissionLookAgeMaxMs)
        look = await clusterNow(context, batch.clusterArn);
      await actOn(context, arn, {
        ...(await lookOrGone(context, { arn, cluster: look.cluster })),
        clusterAtMs: look.lookedAtMs,
      });
      context.outage.sinceMs = null;
    });
  }
  forbearance.throwFirst();
}

async function actOn(
  context: RunContext,
  arn: string,
  { admission, lookedAtMs, clusterAtMs }: Answer & { readonly clusterAtMs: number },
): Promise<void> {
  if (admission.kind === "wait") {
    // Its team's own deployment is never pre-empted.
    const { class: className, reason } = admission;
    defer(context, arn, { class: className, reason, afterMs: LIMITS.inFlightRetryMs });
    return;
  }
  const notAfterMs = freshUntilMs(lookedAtMs, clusterAtMs);
  if (admission.kind === "go" && context.clock.nowMs() > notAfterMs) {
    const reason = "AWS answers so slowly that what was seen is too old to act on";
    defer(context, arn, { class: "slow", reason, afterMs: LIMITS.tickMs });
    return;
  }
  context.deferred.delete(arn);
  if (admission.kind === "decided") await context.recorder.record(admission.event);
  else await performRedeploy(context, admission.intent, notAfterMs);
}

/** After this instant what was seen is too old to act on. */
function freshUntilMs(serviceAtMs: number, clusterAtMs: number): number {
  return Math.min(serviceAtMs + LIMITS.admissionLookAgeMaxMs, clusterAtMs + LIMITS.clusterLookAgeMaxMs);
}

interface ClusterLook {
  /** Null when it does not exist any more. */
  readonly cluster: ClusterRecord | null;
  readonly lookedAtMs: number;
}

interface Question {
  readonly arn: string;
  readonly cluster: ClusterRecord | null;
}

interface Answer {
  readonly admission: Admission;
  /** When the service itself was asked for, the last of the reads. */
  readonly lookedAtMs: number;
}

/** A service that AWS does not know any more fails its own reads; the others of the run are not kept waiting by it. */
async function lookOrGone(context: RunContext, question: Question): Promise<Answer> {
  try {
    return await lookAgain(context, question);
  } catch (error) {
    if (!(error instanceof AwsFailure) || !(error.kind === "not-found" || error.kind === "rejected")) throw error;
    const { clusterArn } = plannedOrFail(context.plan, question.arn);
    const lookedAtMs = context.clock.nowMs();
    const { found } = await servicesNow(context.ecs, { clusterArn, services: [question.arn] });
    if (found[0]?.status === "ACTIVE") throw error;
    return { admission: { kind: "decided", event: goneEvent(question.arn) }, lookedAtMs };
  }
}

async function lookAgain(context: RunContext, { arn, cluster }: Question): Promise<Answer> {
  const planned = plannedOrFail(context.plan, arn);
  const run = runOrFail(context.recorder.state, arn);
  if (cluster === null)
    return { admission: { kind: "decided", event: goneEvent(arn, "its cluster") }, lookedAtMs: context.clock.nowMs() };
  const query = { clusterArn: planned.clusterArn, service: planned.name };
  const tasks = await tasksOfService(context, { ...query, withStopped: true, alsoTasks: [] });
  const protectedTasks = await protectionOf(context, planned.clusterArn, tasks.tasks);
  const listed = await context.ecs.listServiceDeployments(query);
  const lookedAtMs = context.clock.nowMs();
  const { found } = await context.ecs.describeServices({ clusterArn: planned.clusterArn, services: [arn] });
  const admission = interpretAdmission({
    plan: context.plan,
    fleet: context.fleet,
    run,
    planned,
    cluster: { ...cluster, protectedTasks },
    service: found[0] ?? null,
    tasks: tasks.tasks,
    serviceDeployments: listed,
    atMs: lookedAtMs,
  });
  return { admission, lookedAtMs };
}

async function protectionOf(
  { ecs, clock }: RunContext,
  clusterArn: string,
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

async function clusterNow(context: RunContext, clusterArn: string): Promise<ClusterLook> {
  const lookedAtMs = context.clock.nowMs();
  const { found } = await context.ecs.describeClusters([clusterArn]);
  const seen = found[0];
  if (seen === undefined || seen.status === "INACTIVE") return { cluster: null, lookedAtMs };
  const asOf = new Date(context.clock.nowMs()).toISOString();
  const protectedTasks = unknown("task protection is looked at service by service");
  return { cluster: { ...seen, services: known(0, asOf), tasks: known(0, asOf), protectedTasks }, lookedAtMs };
}
