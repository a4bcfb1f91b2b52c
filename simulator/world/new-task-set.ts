// A task set that has launched nothing yet; the key is captured here.

import type { Scale } from "@aws-sdk/client-ecs";
import { ecsArn } from "./arns";
import type { TaskSet } from "./launch-unit";
import type { ServiceSpec } from "./revision";
import type { Service } from "./service";
import { newRevision } from "./start-deployment";
import type { WorldState } from "./world-state";

export interface TaskSetSeed {
  readonly service: Service;
  readonly spec: ServiceSpec;
  readonly scale: Scale;
  readonly externalId: string | null;
  readonly clientToken: string | null;
  readonly tags: Record<string, string>;
}

export function newTaskSet(world: WorldState, { service, spec, ...seed }: TaskSetSeed): TaskSet {
  const id = world.identifiers.deploymentId();
  const { lane, name } = service.cluster;
  return {
    kind: "task-set",
    service,
    id,
    arn: ecsArn(lane, `task-set/${name}/${service.name}/${id}`),
    revision: newRevision(world, service, spec),
    createdAtMs: world.nowMs,
    updatedAtMs: world.nowMs,
    tasks: new Set(),
    counts: { pending: 0, running: 0, healthy: 0 },
    failedTasks: 0,
    startFailures: 0,
    status: "ACTIVE",
    stabilityStatus: "STABILIZING",
    stabilityStatusAtMs: world.nowMs,
    ...seed,
  };
}
