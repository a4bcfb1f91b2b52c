// The grants that volumes hold on their keys: one from the start of a task to its end.
// Sources: "Managing AWS KMS keys for Fargate ephemeral storage", ECS developer guide (documented); KMS request quotas (documented:
// 50 CreateGrant a second, dry runs included). That a launch above the rate waits is inferred.

import type { Grant } from "./key";
import { keyOfArn } from "./launch-key-check";
import type { Task } from "./task";
import { recordRetiredGrant } from "./trail-of-launch";
import type { WorldState } from "./world-state";

/** The dry run and the real call. */
const CREATE_GRANTS_OF_LAUNCH = 2;

/** How long the account's rate of CreateGrant makes a launch wait; its calls are taken from the rate. */
export function waitForGrant(world: WorldState, task: Task): number {
  if (task.kmsKeyArn === null) return 0;
  return task.cluster.lane.createGrants.reserve(world.nowMs, CREATE_GRANTS_OF_LAUNCH);
}

/** Null for a task without a key. */
export function grantOnKey(world: WorldState, task: Task): Grant | null {
  if (task.kmsKeyArn === null) return null;
  const grant: Grant = {
    id: world.identifiers.grantId(),
    createdAtMs: world.nowMs,
    encryptionContext: {
      "aws:ecs:clusterAccount": task.cluster.lane.account,
      "aws:ecs:clusterName": task.cluster.name,
      "aws:ebs:id": world.identifiers.volumeId(),
    },
  };
  keyOfArn(world, task.kmsKeyArn)?.grants.set(task.id, grant);
  return grant;
}

export function retireGrant(world: WorldState, task: Task): void {
  if (task.kmsKeyArn === null) return;
  const grants = keyOfArn(world, task.kmsKeyArn)?.grants;
  const grant = grants?.get(task.id);
  if (grant === undefined) return;
  grants?.delete(task.id);
  recordRetiredGrant(world, task.kmsKeyArn, grant.id);
}
