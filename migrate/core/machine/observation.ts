// What one look at a service brought back. Null means: not asked for in this look, or not answered; never "there is none".

import type { ServiceRecord, TaskRecord } from "../../../domain/fleet";
import type { ServiceDeploymentRecord, ServiceRevisionRecord } from "../../ports/ecs-port";
import type { PlannedService } from "../model/plan";
import type { ServiceRun } from "./run-state";

/** One look at one service of a run. */
export interface Look {
  readonly run: ServiceRun;
  readonly planned: PlannedService;
  readonly seen: ServiceObservation;
}

export interface ServiceObservation {
  /** When the newest of these reads was made. */
  readonly atMs: number;
  readonly service: ServiceRecord | null;
  /** DescribeServices answered and does not know the service any more, or calls it INACTIVE. */
  readonly gone: boolean;
  readonly serviceDeployment: ServiceDeploymentRecord | null;
  readonly revision: ServiceRevisionRecord | null;
  /** Running, draining, recently stopped and old tasks together. */
  readonly tasks: readonly TaskRecord[] | null;
  readonly goneTasks: readonly string[];
}
