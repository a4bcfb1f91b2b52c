// Whether and why the deployment under way has failed: the breaker, an alarm, a hook, or a stage without end.
// Sources: "Amazon ECS deployment failure detection" (documented: breaker and alarms side by side, the first one decides);
// "Amazon ECS linear deployments" (documented: a stage that reaches 24 hours fails the deployment and rolls it back).
// Invariant: only a primary deployment that is IN_PROGRESS and not yet told to be successful can fail.

import { failsByBreaker } from "../circuit-breaker";
import type { Deployment } from "../launch-unit";
import { wakeAt } from "../scheduler-wake";
import type { WorldState } from "../world-state";
import { lookAtAlarms } from "./alarm-watch";
import { type DeploymentLifecycle, isShifting, presentStage } from "./deployment-lifecycle";
import { rollsBack } from "./hook-run";

export type FailureCause = "circuit-breaker" | "alarms" | "hook" | "stage-timeout" | "stopped";

const STAGE_MAX_MS = 24 * 3_600_000;

export function failureOf(world: WorldState, deployment: Deployment): FailureCause | null {
  const { lifecycle, rolloutState, serviceDeployment } = deployment;
  if (rolloutState !== "IN_PROGRESS" || serviceDeployment?.status === "SUCCESSFUL") return null;
  if (failsByBreaker(deployment)) return "circuit-breaker";
  if (lifecycle === null) return null;
  lookAtAlarms(world, deployment);
  if ((lifecycle.alarms?.triggered ?? []).length > 0) return "alarms";
  if (lifecycle.hooks.some(rollsBack)) return "hook";
  return isOverdue(world, deployment, lifecycle) ? "stage-timeout" : null;
}

/** Hooks have time limits of their own, so that SCALE_UP is the only stage that would go on for ever. */
function isOverdue(world: WorldState, { service }: Deployment, lifecycle: DeploymentLifecycle): boolean {
  if (!isShifting(lifecycle.configuration) || presentStage(lifecycle)?.stage !== "SCALE_UP") return false;
  const endMs = lifecycle.enteredAtMs + STAGE_MAX_MS;
  if (world.nowMs >= endMs) return true;
  wakeAt(world, service, endMs);
  return false;
}
