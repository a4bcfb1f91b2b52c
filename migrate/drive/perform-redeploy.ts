// The one effect that a run has on a service: UpdateService with forceNewDeployment, between its two journal lines.
//
// Invariants
//   the call is sent once; only what certainly did nothing sends the service back to the queue
//   a reply that names no new primary deployment is no answer: the service stays in doubt
//   a denial before anything was ever started is the caller's lack of permission, not the service's: the run pauses

import type { ServiceRecord } from "../../domain/fleet";
import { LIMITS } from "../core/limits";
import type { JournalEvent, RedeployAnswer } from "../core/model/journal-event";
import { AwsFailure } from "../ports/aws-failure";
import { defer, plannedOrFail, type RunContext } from "./run-context";

type Intent = Extract<JournalEvent, { kind: "redeploy-intended" }>;

/**
 * Sends nothing after `notAfterMs`, when the look that the intent rests on is too old.
 * @throws AwsFailure when no other service would fare better: the run pauses, the service is back in the queue
 */
export async function performRedeploy(context: RunContext, intent: Intent, notAfterMs: number): Promise<void> {
  const { recorder, ecs } = context;
  const planned = plannedOrFail(context.plan, intent.service);
  await recorder.record(intent);
  try {
    const started = await ecs.forceNewDeployment({
      clusterArn: planned.clusterArn,
      service: planned.arn,
      notAfterMs,
      ...(planned.platformVersion === null ? {} : { platformVersion: planned.platformVersion }),
    });
    await record(context, intent, answerFrom(started.service, intent));
    context.lastLookAtMs.set(intent.service, context.clock.nowMs());
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    const { code, message } = error;
    const isEveryonesFailure = failsForAll(context, error);
    const answer = isEveryonesFailure ? ({ kind: "not-sent", code, message } as const) : answerFromFailure(error);
    await record(context, intent, answer);
    if (isEveryonesFailure) throw error;
    if (error.kind === "throttled")
      defer(context, intent.service, { class: "throttled", reason: message, afterMs: LIMITS.throttledRetryMs });
  }
}

function failsForAll({ recorder }: RunContext, { kind }: AwsFailure): boolean {
  if (kind === "expired-credentials" || kind === "no-credentials" || kind === "clock-off") return true;
  return kind === "denied" && ![...recorder.state.services.values()].some((run) => run.deploymentId !== null);
}

/** Journaled, and counted against this process's limit unless AWS certainly did nothing. */
async function record(context: RunContext, intent: Intent, answer: RedeployAnswer): Promise<void> {
  if (answer.kind === "started" || answer.kind === "in-doubt") context.memory.begun += 1;
  await context.recorder.record(answered(intent, answer));
}

function answered(intent: Intent, answer: RedeployAnswer): JournalEvent {
  return { kind: "redeploy-answered", service: intent.service, answer };
}

function answerFrom(service: ServiceRecord, intent: Intent): RedeployAnswer {
  const primary = service.deployments.find(({ status }) => status === "PRIMARY");
  if (primary === undefined || intent.knownDeployments.includes(primary.id))
    return { kind: "in-doubt", code: "NoNewDeployment", message: "the reply names no new primary deployment" };
  const arn = service.currentServiceDeployment;
  const isNew = arn !== null && !intent.knownServiceDeployments.includes(arn);
  return { kind: "started", deploymentId: primary.id, serviceDeploymentArn: isNew ? arn : null };
}

function answerFromFailure(failure: AwsFailure): RedeployAnswer {
  const { code, message } = failure;
  if (failure.mayHaveActed) return { kind: "in-doubt", code, message };
  switch (failure.kind) {
    case "denied":
    case "not-found":
    case "rejected":
      return { kind: "refused", code, message };
    default:
      return { kind: "not-sent", code, message };
  }
}
