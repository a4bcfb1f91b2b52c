// After how many failed tasks in a row the circuit breaker fails a deployment.
// Source: DeploymentCircuitBreaker.thresholdConfiguration, ECS API reference (documented): half of the desired count unless
// given, rounded up, and bounded to 3…200 unless the type is COUNT or UNBOUNDED_PERCENT.

import type { Service } from "./service";

const BOUND_LOW = 3;
const BOUND_HIGH = 200;
const PERCENT_DEFAULT = 50;

export function breakerThreshold(service: Service): number {
  const config = service.deploymentConfiguration.deploymentCircuitBreaker?.thresholdConfiguration;
  const value = config?.value ?? PERCENT_DEFAULT;
  const share = Math.ceil((service.desiredCount * value) / 100);
  if (config?.type === "COUNT") return value;
  if (config?.type === "UNBOUNDED_PERCENT") return Math.max(1, share);
  return Math.min(BOUND_HIGH, Math.max(BOUND_LOW, share));
}
