// The bounds within which Application Auto Scaling may move a service's desired count. No policy acts on them here:
// autoscaling happens to a service through the fault `somebody-scales`.

export interface ScalableTarget {
  readonly sequence: number;
  readonly arn: string;
  /** `service/CLUSTER/SERVICE`. */
  readonly resourceId: string;
  minCapacity: number;
  maxCapacity: number;
  readonly createdAtMs: number;
  suspendedState: SuspendedState;
}

export interface SuspendedState {
  readonly DynamicScalingInSuspended: boolean;
  readonly DynamicScalingOutSuspended: boolean;
  readonly ScheduledScalingSuspended: boolean;
}

export const NOTHING_SUSPENDED: SuspendedState = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
};

export function resourceIdOf(clusterName: string, serviceName: string): string {
  return `service/${clusterName}/${serviceName}`;
}
