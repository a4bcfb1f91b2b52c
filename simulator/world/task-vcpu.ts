// The vCPU that a Fargate task holds from its launch until it has stopped.
// Invariant: whoever makes a task takes its vCPU once, and only its stop gives it back.

import type { Lane } from "./lane";
import type { Task } from "./task";
import { cpuUnitsOf, type VcpuRoom } from "./vcpu-room";

export function takeVcpu(task: Task, nowMs: number): void {
  if (holdsVcpu(task)) roomFor(task.cluster.lane, task.capacityProviderName).take(cpuUnitsOf(task.cpu), nowMs);
}

export function returnVcpu(task: Task, nowMs: number): void {
  if (task.platformVersion === null) return;
  roomFor(task.cluster.lane, task.capacityProviderName).take(-cpuUnitsOf(task.cpu), nowMs);
}

/** Spot for the provider of that name; every other way onto Fargate is On-Demand. */
export function roomFor(lane: Lane, capacityProvider: string | null): VcpuRoom {
  return capacityProvider === "FARGATE_SPOT" ? lane.vcpu.spot : lane.vcpu.onDemand;
}

function holdsVcpu(task: Task): boolean {
  return task.platformVersion !== null && task.lastStatus !== "STOPPED";
}
