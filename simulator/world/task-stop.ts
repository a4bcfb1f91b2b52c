// Stopping a task: the drain that DescribeTasks shows and the default ListTasks hides.
// Sources: "Task lifecycle", ECS developer guide (documented: DEACTIVATING, STOPPING, DEPROVISIONING, STOPPED);
// that the desired status turns STOPPED when the drain begins is reported, not documented.
// Invariants: a task is stopped once; address, vCPU and grant are given back only when it has really stopped.

import type { TaskStep } from "./happening";
import { retireGrant } from "./key-grants";
import { returnAddress } from "./subnet";
import { changeTask } from "./tally";
import { isLive, type Task } from "./task";
import { stopTimeoutMs } from "./task-definition";
import { definitionOf } from "./task-launch";
import { returnVcpu } from "./task-vcpu";
import { scheduleIn, type WorldState } from "./world-state";

/** STOPPED tasks are visible for at least an hour (DescribeTasks, documented). */
const VISIBLE_AFTER_STOP_MS = 3_600_000;

export interface StopCause {
  readonly code:
    | "TaskFailedToStart"
    | "EssentialContainerExited"
    | "UserInitiated"
    | "ServiceSchedulerInitiated"
    | "SpotInterruption"
    | "TerminationNotice";
  readonly reason: string;
}

/** Begins the drain: deregistration first when the task has targets, then SIGTERM and the stop timeout. */
export function drainTask(world: WorldState, task: Task, cause: StopCause): void {
  if (!isLive(task)) return;
  const wasRunning = task.lastStatus === "RUNNING";
  const service = task.unit?.service;
  const hasTargets = (task.unit?.revision.spec.loadBalancers.length ?? 0) > 0;
  const deregisterMs = wasRunning && hasTargets ? (service?.deregistrationDelayMs ?? 0) : 0;
  changeTask(world, task, {
    desiredStatus: "STOPPED",
    lastStatus: deregisterMs > 0 ? "DEACTIVATING" : "STOPPING",
    healthy: false,
    stoppingAtMs: world.nowMs,
    stopCode: cause.code,
    stoppedReason: cause.reason,
  });
  if (deregisterMs > 0) nextStep(world, task, { delayMs: deregisterMs, next: { kind: "deregistered" } });
  else beginExit(world, task, wasRunning);
}

export function beginExit(world: WorldState, task: Task, containersRun: boolean): void {
  changeTask(world, task, { lastStatus: "STOPPING" });
  const timeoutMs = stopTimeoutMs(definitionOf(task.cluster.lane, task.taskDefinitionArn));
  nextStep(world, task, {
    delayMs: containersRun ? world.durations.exitMs(timeoutMs) : 1_000,
    next: { kind: "exited" },
  });
}

/** The containers ended by themselves or never ran: no deregistration delay, no SIGTERM. */
export function failTask(world: WorldState, task: Task, cause: StopCause & { readonly exitCode?: number }): void {
  if (!isLive(task)) return;
  changeTask(world, task, {
    desiredStatus: "STOPPED",
    lastStatus: "DEPROVISIONING",
    healthy: false,
    stoppingAtMs: world.nowMs,
    executionStoppedAtMs: world.nowMs,
    stopCode: cause.code,
    stoppedReason: cause.reason,
    exitCode: cause.exitCode ?? null,
  });
  nextStep(world, task, { delayMs: world.durations.deprovisionMs(), next: { kind: "deprovisioned" } });
}

export function exited(world: WorldState, task: Task): void {
  changeTask(world, task, {
    lastStatus: "DEPROVISIONING",
    executionStoppedAtMs: world.nowMs,
    exitCode: task.startedAtMs === null ? null : 0,
  });
  nextStep(world, task, { delayMs: world.durations.deprovisionMs(), next: { kind: "deprovisioned" } });
}

export function deprovisioned(world: WorldState, task: Task): void {
  changeTask(world, task, { lastStatus: "STOPPED", stoppedAtMs: world.nowMs });
  const subnet = task.subnet === null ? undefined : task.cluster.lane.subnets.get(task.subnet);
  if (subnet !== undefined) returnAddress(subnet);
  returnVcpu(task, world.nowMs);
  retireGrant(world, task);
  scheduleForgetting(world, task);
}

export function scheduleForgetting(world: WorldState, task: Task): void {
  scheduleIn(world, VISIBLE_AFTER_STOP_MS, { kind: "task-forgotten", task });
}

export function forgetTask(task: Task): void {
  task.cluster.tasks.delete(task.id);
  task.unit?.service.tasks.delete(task.id);
}

/** Schedules what happens to the task next; whatever was scheduled before becomes stale. */
export function nextStep(
  world: WorldState,
  task: Task,
  { delayMs, next }: { readonly delayMs: number; readonly next: TaskStep },
): void {
  task.step += 1;
  scheduleIn(world, delayMs, { kind: "task-step", task, step: task.step, next });
}
