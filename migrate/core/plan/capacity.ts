// The two kinds of Fargate capacity, which have service quotas of their own: which of them a service uses, and how much is free.
// Source: AWS Fargate service quotas (documented); developer guide, capacity provider strategies: tasks are spread by base and
// weight, and an item with neither gets none (documented).

import type { ClusterRecord, ServiceRecord } from "../../../domain/fleet";
import type { CapacityRecord, VcpuRecord } from "../../../domain/fleet-surroundings";

/** Both for a strategy that names both: which of its tasks are Spot ones when a deployment is under way is not foreseen. */
export function capacityKindsOf(
  { capacityProviderStrategy, launchType }: Pick<ServiceRecord, "capacityProviderStrategy" | "launchType">,
  { defaultCapacityProviderStrategy }: Pick<ClusterRecord, "defaultCapacityProviderStrategy">,
): readonly (keyof CapacityRecord)[] {
  const isByDefault = capacityProviderStrategy.length === 0 && launchType === null;
  const strategy = isByDefault ? defaultCapacityProviderStrategy : capacityProviderStrategy;
  const used = strategy
    .filter(({ base, weight }) => base > 0 || weight > 0)
    .map(({ capacityProvider }) => capacityProvider);
  if (!used.includes("FARGATE_SPOT")) return ["onDemand"];
  return used.includes("FARGATE") ? ["onDemand", "spot"] : ["spot"];
}

/** Null when the quota or what is in use was not seen. More in use than the quota, after it was lowered, leaves nothing. */
export function freeVcpu({ quota, inUse }: VcpuRecord): number | null {
  if (quota.kind === "unknown" || inUse.kind === "unknown") return null;
  return Math.max(0, quota.value - inUse.value);
}
