// ARNs of one lane, written and read.
// Invariant: every ARN that the simulator writes is in the new format, with the cluster's name in it.

import { type Arn, formatArn, parseArn } from "../../domain/arn";
import { isProblem } from "../../domain/problem";

export interface ArnPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

export function ecsArn(place: ArnPlace, resource: string): string {
  return arnIn(place, "ecs", resource);
}

export function kmsArn(place: ArnPlace, resource: string): string {
  return arnIn(place, "kms", resource);
}

export function logsArn(place: ArnPlace, resource: string): string {
  return arnIn(place, "logs", resource);
}

export function cloudwatchArn(place: ArnPlace, resource: string): string {
  return arnIn(place, "cloudwatch", resource);
}

export function cloudtrailArn(place: ArnPlace, resource: string): string {
  return arnIn(place, "cloudtrail", resource);
}

export function applicationAutoScalingArn(place: ArnPlace, resource: string): string {
  return arnIn(place, "application-autoscaling", resource);
}

/** The parts of an ARN; null when the text is none: callers then have their own AWS error to give. */
export function arnOrNull(text: string): Arn | null {
  const parsed = parseArn(text);
  return isProblem(parsed) ? null : parsed;
}

/** The ARN of a resource of any Regional service. */
export function arnIn({ partition, region, account }: ArnPlace, service: string, resource: string): string {
  return formatArn({ partition, service, region, account, resource });
}
