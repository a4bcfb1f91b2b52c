// Looks at a service whose redeployment got no answer: by DescribeServices and by ListServiceDeployments, both.
// Invariant: what AWS dates before a service deployment that was known at the intent was there before it, and is no finding.

import { LIMITS } from "../core/limits";
import { goneEvent } from "../core/machine/gone-event";
import { interpretDoubt } from "../core/machine/interpret-doubt";
import { sinceKnown } from "../core/machine/since-known";
import { defer, plannedOrFail, type RunContext, runOrFail } from "./run-context";
import { servicesNow } from "./services-now";

export async function performDoubtLook(context: RunContext, arn: string): Promise<void> {
  const { clusterArn, name } = plannedOrFail(context.plan, arn);
  const run = runOrFail(context.recorder.state, arn);
  context.lastLookAtMs.set(arn, context.clock.nowMs());
  const { found } = await servicesNow(context.ecs, { clusterArn, services: [arn] });
  const service = found[0];
  if (service === undefined || service.status === "INACTIVE") {
    await context.recorder.record(goneEvent(arn));
    return;
  }
  const listed = await context.ecs.listServiceDeployments({ clusterArn, service: name });
  const serviceDeployments = sinceKnown(listed, run.knownServiceDeployments);
  const finding = interpretDoubt({ run, service, serviceDeployments });
  if (finding === "wait") {
    const reason = "AWS lists a service deployment of it that is not from before, and no deployment for it";
    defer(context, arn, { class: "in-doubt", reason, afterMs: LIMITS.doubtLooksApartMs });
    return;
  }
  context.deferred.delete(arn);
  await context.recorder.record(finding);
}
