// Looks at up to ten services of one cluster again, together, and redeploys those that are still as planned, one after the other.
//
// Invariants
//   the look before UpdateService is at most LIMITS.admissionLookAgeMaxMs old: what is left of a batch that took its time is looked
//   at again with one call, whoever shows a change as a whole, and whoever then is too old still waits for the next turn
//   the intent is on disk before UpdateService is sent, and its answer after; one service at a time
//   a service that cannot be read for a moment does not keep the others of its batch waiting

import { LIMITS } from "../core/limits";
import { goneEvent } from "../core/machine/gone-event";
import type { Admission } from "../core/machine/interpret-admission";
import { rateWaitMs } from "../core/schedule/rate-wait";
import type { UnderWayQuestion } from "../core/schedule/under-way";
import { AwsFailure } from "../ports/aws-failure";
import { admissionOf, provesTooLittle } from "./admission-of";
import { type AdmissionReadOptions, type AdmissionSeen, looksTheSame, readForAdmission } from "./admission-reads";
import { endsEverything } from "./aws-failure-error";
import { type ClusterLook, clusterForAdmission } from "./clusters-now";
import { Forbearance } from "./passing-failure";
import { performRedeploy } from "./perform-redeploy";
import { defer, plannedOrFail, type RunContext } from "./run-context";
import { servicesNow } from "./services-now";

export interface AdmissionBatch {
  readonly clusterArn: string;
  readonly services: readonly string[];
}

export async function performAdmission(context: RunContext, batch: AdmissionBatch): Promise<void> {
  const { clusterArn, services } = batch;
  const forbearance = new Forbearance();
  let seen: Seen | null = null;
  for (const [index, arn] of services.entries()) {
    const waitMs = rateWaitMs(scheduleNow(context), arn);
    // Somebody else of this batch has taken longer than was foreseen: what is left comes with a later turn.
    if (waitMs > LIMITS.admissionLeadMs) return forbearance.throwFirst();
    if (waitMs > 0) await context.clock.sleep(waitMs, context.signal);
    if (context.recorder.state.status !== "running" || context.signal.aborted) return;
    const left = services.slice(index);
    await forbearance.attempt(async () => {
      const cluster = await clusterForAdmission(context, clusterArn);
      seen = await freshSeen(context, { cluster, left, seen });
      const one = seen.get(arn) ?? null;
      await actOn(context, arn, await decided(context, { arn, cluster, one }));
      context.outage.sinceMs = null;
    });
  }
  forbearance.throwFirst();
}

function scheduleNow({ recorder: { state }, schedule, clock }: RunContext): UnderWayQuestion {
  return { state, schedule, nowMs: clock.nowMs() };
}

interface Decided {
  readonly admission: Admission;
  /** After this instant what was seen is too old to act on. */
  readonly notAfterMs: number;
}

async function actOn(context: RunContext, arn: string, { admission, notAfterMs }: Decided): Promise<void> {
  if (admission.kind === "wait") {
    // Its team's own deployment is never pre-empted.
    const { class: className, reason } = admission;
    defer(context, arn, { class: className, reason, afterMs: LIMITS.inFlightRetryMs });
    return;
  }
  if (admission.kind === "go" && context.clock.nowMs() > notAfterMs) {
    const reason = "AWS answers so slowly that what was seen is too old to act on";
    defer(context, arn, { class: "slow", reason, afterMs: LIMITS.tickMs });
    return;
  }
  context.deferred.delete(arn);
  if (admission.kind === "decided") await context.recorder.record(admission.event);
  else await performRedeploy(context, admission.intent, notAfterMs);
}

interface Question {
  readonly arn: string;
  readonly cluster: ClusterLook;
  /** Null when it is to be read by itself. */
  readonly one: AdmissionSeen | null;
}

async function decided(context: RunContext, { arn, cluster, one }: Question): Promise<Decided> {
  if (cluster.cluster === null)
    return { admission: { kind: "decided", event: goneEvent(arn, "its cluster") }, notAfterMs: cluster.lookedAtMs };
  let seen = one ?? (await readAlone(context, arn, { lists: "where-counts-differ" }));
  let admission = seen === null ? null : admissionOf(context, { arn, cluster: cluster.cluster, seen });
  if (seen !== null && admission !== null && provesTooLittle(admission, seen)) {
    seen = await readAlone(context, arn, { lists: "always" });
    admission = seen === null ? null : admissionOf(context, { arn, cluster: cluster.cluster, seen });
  }
  if (seen === null || admission === null)
    return { admission: { kind: "decided", event: goneEvent(arn) }, notAfterMs: 0 };
  return { admission, notAfterMs: freshUntilMs(seen, cluster) };
}

function freshUntilMs({ lookedAtMs }: AdmissionSeen, cluster: ClusterLook): number {
  return Math.min(lookedAtMs + LIMITS.admissionLookAgeMaxMs, cluster.lookedAtMs + LIMITS.clusterLookAgeMaxMs);
}

interface Batch {
  readonly cluster: ClusterLook;
  /** What of the batch is still to come. */
  readonly left: readonly string[];
  /** What was read of it before; null at the beginning. */
  readonly seen: Seen | null;
}

/** By service. Who is not in it is read by itself when its turn comes. */
type Seen = ReadonlyMap<string, AdmissionSeen>;

async function freshSeen(context: RunContext, batch: Batch): Promise<Seen> {
  const { cluster, left, seen } = batch;
  if (cluster.cluster === null) return new Map();
  const one = seen?.get(left[0] ?? "");
  const nowMs = context.clock.nowMs();
  try {
    if (seen === null || (one !== undefined && nowMs - one.tasksReadAtMs > LIMITS.admissionTasksAgeMaxMs))
      return await readForAdmission(context, left, { lists: "where-counts-differ" });
    const isOld = one !== undefined && nowMs - one.lookedAtMs > LIMITS.admissionLookAgainMs;
    return isOld ? await lookedAtAgain(context, seen, left) : seen;
  } catch (error) {
    if (!(error instanceof AwsFailure) || endsEverything(error)) throw error;
    return new Map();
  }
}

/** Those of what is left that show no change. */
async function lookedAtAgain(context: RunContext, seen: Seen, left: readonly string[]): Promise<Seen> {
  const known = left.flatMap((arn) => seen.get(arn) ?? []);
  const [first] = known;
  if (first === undefined) return new Map();
  const { clusterArn } = plannedOrFail(context.plan, first.arn);
  const lookedAtMs = context.clock.nowMs();
  const { found } = await servicesNow(context.ecs, { clusterArn, services: known.map(({ arn }) => arn) });
  const again = new Map(found.map((service) => [service.arn, service]));
  return new Map(
    known.flatMap((before) => {
      const service = again.get(before.arn);
      const isSame = service !== undefined && looksTheSame(before, service);
      return isSame ? [[before.arn, { ...before, service, lookedAtMs }] as const] : [];
    }),
  );
}

/** Null when AWS does not know it any more: such a service fails its own reads, and the others of the run are not kept waiting by it. */
async function readAlone(
  context: RunContext,
  arn: string,
  options: AdmissionReadOptions,
): Promise<AdmissionSeen | null> {
  try {
    return (await readForAdmission(context, [arn], options)).get(arn) ?? null;
  } catch (error) {
    if (!(error instanceof AwsFailure) || !(error.kind === "not-found" || error.kind === "rejected")) throw error;
    const { clusterArn } = plannedOrFail(context.plan, arn);
    const { found } = await servicesNow(context.ecs, { clusterArn, services: [arn] });
    if (found[0]?.status === "ACTIVE") throw error;
    return null;
  }
}
