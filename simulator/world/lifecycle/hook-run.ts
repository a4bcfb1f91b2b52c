// Lifecycle hooks of a deployment: Lambda functions that answer after a while, and pauses that wait for a person.
// Sources: "Pause hooks for Amazon ECS service deployments" and "Lambda hooks …", ECS developer guide (documented: all hooks of
// a stage run side by side, all must succeed, any that fails rolls back; a pause waits 24 hours unless told, then rolls back or
// goes on; each run has an id of its own). That every Lambda function succeeds unless a fault says otherwise is ours.
// Invariant: a run that has ended never changes again.

import type {
  DeploymentLifecycleHook,
  DeploymentLifecycleHookAction,
  DeploymentLifecycleHookStatus,
} from "@aws-sdk/client-ecs";
import type { Service } from "../service";
import type { WorldState } from "../world-state";
import type { DeploymentLifecycle } from "./deployment-lifecycle";
import type { Stage } from "./planned-stages";

export interface HookRun {
  readonly id: string;
  readonly targetType: "AWS_LAMBDA" | "PAUSE";
  /** The function; null for a pause. */
  readonly targetArn: string | null;
  readonly expiresAtMs: number;
  readonly timeoutAction: DeploymentLifecycleHookAction;
  status: DeploymentLifecycleHookStatus;
  /** When it answers by itself, and what; null for a pause that nobody answers. */
  answer: { readonly atMs: number; readonly succeeds: boolean } | null;
}

/** Of a pause and of a Lambda hook alike (documented). */
const TIMEOUT_MINUTES_DEFAULT = 1_440;

/** The runs of all hooks that are configured for the stage. */
export function startHooks(
  world: WorldState,
  service: Service,
  { hooks, stage }: { readonly hooks: readonly DeploymentLifecycleHook[]; readonly stage: Stage },
): HookRun[] {
  return hooks
    .filter(({ lifecycleStages = [] }) => lifecycleStages.some((wanted) => wanted === stage))
    .map((hook) => startHook(world, service, hook));
}

function startHook(world: WorldState, service: Service, hook: DeploymentLifecycleHook): HookRun {
  const { timeoutInMinutes = TIMEOUT_MINUTES_DEFAULT, action = "ROLLBACK" } = hook.timeoutConfiguration ?? {};
  const pauses = hook.targetType === "PAUSE";
  const fails = service.hookFailures > 0;
  if (fails) service.hookFailures -= 1;
  return {
    id: pauses ? world.identifiers.pauseHookId() : world.identifiers.hookExecutionId(),
    targetType: pauses ? "PAUSE" : "AWS_LAMBDA",
    targetArn: pauses ? null : (hook.hookTargetArn ?? null),
    expiresAtMs: world.nowMs + timeoutInMinutes * 60_000,
    timeoutAction: action,
    status: pauses ? "AWAITING_ACTION" : "IN_PROGRESS",
    answer: pauses && !fails ? null : { atMs: world.nowMs + world.durations.hookMs(), succeeds: !fails },
  };
}

/** Lets answers arrive and waits run out; true when any run has ended by it. */
export function settleHooks({ nowMs }: WorldState, { hooks }: DeploymentLifecycle): boolean {
  const due = hooks.filter((run) => isOpen(run) && endsAtMs(run) <= nowMs);
  for (const run of due) {
    if (run.answer === null || run.answer.atMs > nowMs) run.status = "TIMED_OUT";
    else run.status = run.answer.succeeds ? "SUCCEEDED" : "FAILED";
  }
  return due.length > 0;
}

export function isOpen({ status }: HookRun): boolean {
  return status === "AWAITING_ACTION" || status === "IN_PROGRESS";
}

export function rollsBack({ status, timeoutAction }: HookRun): boolean {
  return status === "FAILED" || (status === "TIMED_OUT" && timeoutAction === "ROLLBACK");
}

/** When a run that is open ends by itself. */
export function endsAtMs({ answer, expiresAtMs }: HookRun): number {
  return Math.min(expiresAtMs, answer?.atMs ?? expiresAtMs);
}

/** The next hook fails: one that is open now, or else the first to start. Throws when the service has none. */
export function failNextHook(world: WorldState, service: Service): void {
  const lifecycle = service.deployments[0]?.lifecycle ?? null;
  const open = lifecycle?.hooks.find(isOpen);
  if (open !== undefined) {
    open.answer = { atMs: world.nowMs, succeeds: false };
    return;
  }
  if ((service.deploymentConfiguration.lifecycleHooks ?? []).length === 0) {
    throw new RangeError(`service ${service.name} has no lifecycle hooks that could fail; name one that has`);
  }
  service.hookFailures += 1;
}
