// The deployment circuit breaker: when a deployment counts as failed.
// Source: DeploymentCircuitBreaker, ECS API reference (documented: half of desired, between 3 and 200, rounded up;
// thresholdConfiguration).
// Invariant: without a breaker a deployment never fails by its tasks, it goes on for ever.

import { breakerThreshold } from "./breaker-threshold";
import type { Deployment } from "./launch-unit";

export function failsByBreaker({ service, failedTasks }: Deployment): boolean {
  const breaker = service.deploymentConfiguration.deploymentCircuitBreaker;
  return breaker?.enable === true && failedTasks >= breakerThreshold(service);
}
