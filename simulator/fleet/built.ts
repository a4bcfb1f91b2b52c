// What the parts of the fleet builder hand to each other.

import type { Lane, ServiceRecord, TaskDefinitionRecord, TaskRecord } from "../../domain/fleet";

/** Where a service or task is built. */
export interface FleetPlace {
  readonly lane: Lane;
  readonly atMs: number;
  readonly clusterName: string;
  readonly clusterKeyArn: string | null;
  /** All subnets of the fleet: every service may use them all. */
  readonly subnets: readonly string[];
}

export interface BuiltService {
  /** Null for a task that belongs to no service. */
  readonly service: ServiceRecord | null;
  readonly taskDefinition: TaskDefinitionRecord;
  readonly tasks: readonly TaskRecord[];
}

export function ecsArnOf({ lane }: FleetPlace, resource: string): string {
  return `arn:${lane.partition}:ecs:${lane.region}:${lane.account}:${resource}`;
}

export function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
