// The vCPU quotas of a fleet and what uses them.
// Invariant: quotas that nobody told are several times what the fleet uses, so that only a fleet that is told to is short of room.

import { known } from "../../domain/fact";
import type { TaskRecord } from "../../domain/fleet";
import type { CapacityRecord, VcpuRecord } from "../../domain/fleet-surroundings";
import type { VcpuDraft } from "./drafts";

const ROOMY_VCPU = 4_000;
const ROOMY_TIMES = 10;

export function buildCapacity(draft: VcpuDraft, tasks: readonly TaskRecord[], at: string): CapacityRecord {
  const onFargate = tasks.filter(({ platformVersion }) => platformVersion !== null);
  const isSpot = ({ capacityProviderName }: TaskRecord): boolean => capacityProviderName === "FARGATE_SPOT";
  const onDemand = vcpuOf(onFargate.filter((task) => !isSpot(task))) + (draft.inUseElsewhere ?? 0);
  return {
    onDemand: recordOf(draft.onDemand, onDemand, at),
    spot: recordOf(draft.spot, vcpuOf(onFargate.filter(isSpot)), at),
  };
}

function vcpuOf(tasks: readonly TaskRecord[]): number {
  return tasks.reduce((sum, { cpuUnits }) => sum + (cpuUnits ?? 0), 0) / 1024;
}

function recordOf(told: number | undefined, inUse: number, at: string): VcpuRecord {
  return { quota: known(told ?? Math.max(ROOMY_VCPU, Math.ceil(inUse * ROOMY_TIMES)), at), inUse: known(inUse, at) };
}
