// Rolls back a failing deployment of ours: StopServiceDeployment with rollback, between its two journal lines.
//
// Invariants
//   asked only for a service deployment that we started; what the stop did is seen by looking, not by its reply
//   a stop that AWS did not accept is asked again later, as long as looking shows the need

import { AwsFailure } from "../ports/aws-failure";
import type { RunContext } from "./run-context";

export interface Stop {
  readonly service: string;
  readonly serviceDeploymentArn: string;
  readonly why: string;
}

export async function performStop(context: RunContext, stop: Stop): Promise<void> {
  const { service, serviceDeploymentArn, why } = stop;
  await context.recorder.record({ kind: "stop-intended", service, serviceDeploymentArn, why });
  try {
    await context.ecs.rollBackServiceDeployment(serviceDeploymentArn);
    await context.recorder.record({ kind: "stop-answered", service, accepted: true, message: why });
  } catch (error) {
    if (!(error instanceof AwsFailure)) throw error;
    await context.recorder.record({ kind: "stop-answered", service, accepted: false, message: error.message });
    const { kind } = error;
    if (kind === "expired-credentials" || kind === "no-credentials" || kind === "clock-off") throw error;
  }
}
