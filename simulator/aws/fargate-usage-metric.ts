// The name of the metric by which CloudWatch counts the vCPU that an account runs on Fargate.
// Source: "AWS Fargate usage metrics", ECS developer guide (documented: namespace, name and all four dimensions).

import type { FargateCapacity } from "../world/vcpu-room";

export const USAGE_NAMESPACE = "AWS/Usage";
export const USAGE_METRIC_NAME = "ResourceCount";

export function usageDimensions(capacity: FargateCapacity): Readonly<Record<string, string>> {
  return { Service: "Fargate", Type: "Resource", Resource: "vCPU", Class: CLASSES[capacity] };
}

const CLASSES: Readonly<Record<FargateCapacity, string>> = { onDemand: "Standard/OnDemand", spot: "Standard/Spot" };
