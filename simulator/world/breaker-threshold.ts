// After how many failed tasks in a row the circuit breaker fails a deployment.
// Source: DeploymentCircuitBreaker.thresholdConfiguration, ECS API reference (documented): a bounded percentage of the desired
// count, unless the type is COUNT or UNBOUNDED_PERCENT.

import { circuitBreakerThreshold } from "../../domain/rolling-deployment";
import type { Service } from "./service";

export function breakerThreshold(service: Service): number {
  const config = service.deploymentConfiguration.deploymentCircuitBreaker?.thresholdConfiguration;
  const { value = PERCENT_DEFAULT, type } = config ?? {};
  if (type === "COUNT") return value;
  if (type === "UNBOUNDED_PERCENT") return Math.max(1, Math.ceil((service.desiredCount * value) / 100));
  return circuitBreakerThreshold(service.desiredCount, value);
}

const PERCENT_DEFAULT = 50;
