// The two kinds of Fargate capacity, which have service quotas of their own: which of them a service uses, and how much is free.
// Source: AWS Fargate service quotas (documented); developer guide, capacity provider strategies: tasks are spread by base and
// weight, and an item with neither gets none (documented).

import type { Fact } from "../../../domain/fact";
import type { ClusterRecord, ServiceRecord } from "../../../domain/fleet";
import type { CapacityRecord, VcpuRecord } from "../../../domain/fleet-surroundings";
import { strategyInForce } from "../../../domain/runs-on-fargate";

export type CapacityKind = keyof CapacityRecord;

/** Both for a strategy that names both: which of its tasks are Spot ones when a deployment is under way is not foreseen. */
export function capacityKindsOf(service: ServiceRecord, cluster: ClusterRecord): readonly CapacityKind[] {
  const used = strategyInForce(service, cluster)
    .filter(({ base, weight }) => base > 0 || weight > 0)
    .map(({ capacityProvider }) => capacityProvider);
  if (!used.includes("FARGATE_SPOT")) return ["onDemand"];
  return used.includes("FARGATE") ? ["onDemand", "spot"] : ["spot"];
}

/** More in use than the quota, after it was lowered, leaves nothing. */
export function freeVcpu({ quota, inUse }: VcpuRecord): Fact<number> {
  if (quota.kind === "unknown") return quota;
  return inUse.kind === "unknown" ? inUse : { ...inUse, value: Math.max(0, quota.value - inUse.value) };
}
