// The life of a task between its launch and its stop, step by step, and how it can fail on the way.
// Source: "Task lifecycle", ECS developer guide (documented); times are seeded.
// Invariants: a stale step does nothing; every failure of a service's task is told to its unit before the scheduler wakes.

import { createLogGroup } from "./container-log";
import type { Happening, TaskStep } from "./happening";
import { grantOnKey, waitForGrant } from "./key-grants";
import { keyRefusal } from "./launch-key-check";
import { wakeSoon } from "./scheduler-wake";
import { changeTask } from "./tally";
import { isLive, type Task } from "./task";
import { hasContainerHealthCheck, isWindows } from "./task-definition";
import { definitionOf } from "./task-launch";
import { cannotPull, containersOf, startOf } from "./task-start";
import { beginExit, deprovisioned, drainTask, exited, failTask, nextStep, scheduleForgetting } from "./task-stop";
import { recordVolumeKey } from "./trail-of-launch";
import { noteFailedTask, noteHealthyTask } from "./unit-failures";
import type { FailureMode } from "./world-fault";
import type { WorldState } from "./world-state";

export function stepTask(world: WorldState, happening: Extract<Happening, { kind: "task-step" }>): void {
  const { task, step, next } = happening;
  if (task.step !== step) return;
  perform(world, task, next);
  if (task.unit !== null) wakeSoon(world, task.unit.service);
}

/** Lets a task that came with a fleet go on from where it is. */
export function resumeTask(world: WorldState, task: Task): void {
  const { durations } = world;
  switch (task.lastStatus) {
    case "PROVISIONING":
      nextStep(world, task, { delayMs: durations.provisionMs(), next: { kind: "provisioned" } });
      return;
    case "PENDING":
      nextStep(world, task, { delayMs: durations.pullMs(), next: pull(world, task) });
      return;
    case "RUNNING":
      if (!isLive(task)) nextStep(world, task, { delayMs: durations.exitMs(30_000), next: { kind: "exited" } });
      return;
    case "DEACTIVATING":
      nextStep(world, task, { delayMs: task.unit?.service.deregistrationDelayMs ?? 0, next: { kind: "deregistered" } });
      return;
    case "STOPPING":
      nextStep(world, task, { delayMs: durations.exitMs(30_000), next: { kind: "exited" } });
      return;
    case "DEPROVISIONING":
      nextStep(world, task, { delayMs: durations.deprovisionMs(), next: { kind: "deprovisioned" } });
      return;
    case "STOPPED":
      scheduleForgetting(world, task);
      return;
  }
}

function perform(world: WorldState, task: Task, step: TaskStep): void {
  switch (step.kind) {
    case "provisioned":
      provisioned(world, task);
      return;
    case "volume-made":
      volumeMade(world, task);
      return;
    case "pulled":
      pulled(world, task);
      return;
    case "healthy":
      becameHealthy(world, task);
      return;
    case "exits":
      failTask(world, task, {
        code: "EssentialContainerExited",
        reason: "Essential container in task exited",
        ...step,
      });
      noteFailedTask(world, task, "after-start");
      return;
    case "fails-to-start":
      failTask(world, task, { code: "TaskFailedToStart", reason: step.reason });
      noteFailedTask(world, task, "before-start");
      return;
    case "unhealthy":
      becameUnhealthy(world, task);
      return;
    case "deregistered":
      beginExit(world, task, true);
      return;
    case "exited":
      exited(world, task);
      return;
    case "deprovisioned":
      deprovisioned(world, task);
      return;
  }
}

function provisioned(world: WorldState, task: Task): void {
  const waitMs = waitForGrant(world, task);
  if (waitMs > 0) nextStep(world, task, { delayMs: waitMs, next: { kind: "volume-made" } });
  else volumeMade(world, task);
}

/** The volume is made here, so this is where a key can keep a task from starting. */
function volumeMade(world: WorldState, task: Task): void {
  const refusal = keyRefusal(world, task);
  const reason = refusal?.reason ?? windowsRefusal(world, task);
  const grant = reason === null ? grantOnKey(world, task) : null;
  recordVolumeKey(world, task, { grant, refusal });
  if (reason !== null) {
    perform(world, task, { kind: "fails-to-start", reason });
    return;
  }
  changeTask(world, task, { lastStatus: "PENDING", pullStartedAtMs: world.nowMs });
  nextStep(world, task, { delayMs: world.durations.pullMs(), next: pull(world, task) });
}

function pull(world: WorldState, task: Task): TaskStep {
  const start = startOf(world, task);
  if (start.kind === "fails") return { kind: "fails-to-start", reason: start.reason };
  if (failureOf(world, task) === "image-missing") {
    return { kind: "fails-to-start", reason: cannotPull(containersOf(task)[0]?.image ?? "") };
  }
  changeTask(world, task, { imageDigests: start.imageDigests });
  return { kind: "pulled" };
}

function pulled(world: WorldState, task: Task): void {
  for (const container of containersOf(task)) createLogGroup(world, task.cluster.lane, container);
  changeTask(world, task, { lastStatus: "RUNNING", pullStoppedAtMs: world.nowMs, startedAtMs: world.nowMs });
  const how = failureOf(world, task);
  if (how === "exits") {
    nextStep(world, task, { delayMs: world.durations.crashMs(), next: { kind: "exits", exitCode: 1 } });
    return;
  }
  if (how === "unhealthy") {
    nextStep(world, task, { delayMs: world.durations.giveUpHealthMs(), next: { kind: "unhealthy" } });
    return;
  }
  nextStep(world, task, { delayMs: world.durations.healthMs(isChecked(task)), next: { kind: "healthy" } });
}

function becameHealthy(world: WorldState, task: Task): void {
  changeTask(world, task, { healthy: true, healthStatus: hasOwnCheck(task) ? "HEALTHY" : "UNKNOWN" });
  noteHealthyTask(task);
}

function becameUnhealthy(world: WorldState, task: Task): void {
  changeTask(world, task, { healthStatus: hasOwnCheck(task) ? "UNHEALTHY" : "UNKNOWN" });
  const reason = hasOwnCheck(task) ? "Task failed container health checks" : "Task failed ELB health checks";
  drainTask(world, task, { code: "ServiceSchedulerInitiated", reason });
  noteFailedTask(world, task, "after-start");
}

function windowsRefusal(world: WorldState, task: Task): string | null {
  if (task.kmsKeyArn === null || world.switches.windowsTaskWithKey === "ignore") return null;
  if (!isWindows(definitionOf(task.cluster.lane, task.taskDefinitionArn))) return null;
  return "ResourceInitializationError: AWS KMS keys for ephemeral storage are not supported on Windows";
}

/**
 * A revision pins its image digests (software version consistency, documented), so the last successful one goes on working
 * when what a tag points to went bad; only an image that is gone hits it too.
 */
function failureOf(world: WorldState, task: Task): FailureMode | null {
  const failure = task.unit?.service.failure ?? null;
  if (task.unit === null || failure === null || world.nowMs >= failure.untilMs) return null;
  const proven = task.unit.revision === task.unit.service.lastSuccessful?.revision;
  return proven && failure.how !== "image-missing" ? null : failure.how;
}

function isChecked(task: Task): boolean {
  return hasOwnCheck(task) || (task.unit?.revision.spec.loadBalancers.length ?? 0) > 0;
}

function hasOwnCheck(task: Task): boolean {
  return hasContainerHealthCheck(definitionOf(task.cluster.lane, task.taskDefinitionArn));
}
