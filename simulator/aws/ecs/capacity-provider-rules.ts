// Which capacity providers a strategy may name, and when a cluster may let one go.
// Source: CapacityProviderStrategyItem and PutClusterCapacityProviders, ECS API reference (documented: only associated ones can
// be used, and one that tasks use cannot be taken away); the texts are inferred.

import type { CapacityProviderStrategyItem } from "@aws-sdk/client-ecs";
import { AwsError, invalidParameter } from "../../world/aws-error";
import type { Cluster } from "../../world/cluster";

export function requireAssociated(
  associated: readonly string[],
  strategy: readonly CapacityProviderStrategyItem[] | undefined,
): void {
  const stranger = strategy?.find(({ capacityProvider }) => !associated.includes(capacityProvider ?? ""));
  if (stranger === undefined) return;
  throw invalidParameter(
    `The capacity provider ${stranger.capacityProvider} is not associated with the cluster. Associate it with ` +
      "PutClusterCapacityProviders and try again.",
  );
}

export function requireUnused(cluster: Cluster, remaining: readonly string[]): void {
  const using = [...cluster.tasks.values()].find(
    ({ lastStatus, capacityProviderName: used }) =>
      lastStatus !== "STOPPED" && used !== null && !remaining.includes(used),
  );
  if (using === undefined) return;
  throw new AwsError(
    "ResourceInUseException",
    `The capacity provider ${using.capacityProviderName} is in use by tasks of cluster ${cluster.name}.`,
  );
}
