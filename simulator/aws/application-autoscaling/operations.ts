// The modelled operations of Application Auto Scaling: the bounds of services, and no policies.

import { type Operation, operation } from "../operation";
import { deregisterScalableTarget, describeScalableTargets, registerScalableTarget } from "./scalable-targets";

export const applicationAutoScalingOperations: Readonly<Record<string, Operation>> = {
  DeregisterScalableTarget: operation(deregisterScalableTarget),
  DescribeScalableTargets: operation(describeScalableTargets),
  RegisterScalableTarget: operation(registerScalableTarget),
};
