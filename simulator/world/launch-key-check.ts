// Whether a task may start under a key, at the moment when its volume is made.
// Sources: "Managing AWS KMS keys for Fargate ephemeral storage", ECS developer guide (documented: the key must be enabled
// and let fargate.amazonaws.com make data keys and grants); the texts are inferred, AWS shows none.
// Invariants: null means the task may start; a key whose policy nobody could read is taken for a good one.

import { fargateKeyAccess } from "../../domain/fargate-key-access";
import { arnOrNull } from "./arns";
import type { Key } from "./key";
import type { Task } from "./task";
import type { WorldState } from "./world-state";

export function keyOfArn(world: WorldState, arn: string): Key | null {
  const parsed = arnOrNull(arn);
  if (parsed === null) return null;
  const lane = world.lanes.get(`${parsed.account}/${parsed.region}`);
  return lane?.keys.get(parsed.resource.slice("key/".length)) ?? null;
}

/** Why KMS keeps this task from starting, as a stopped reason; null when it does not. */
export function keyRefusal(world: WorldState, task: Task): string | null {
  if (task.kmsKeyArn === null) return null;
  const key = keyOfArn(world, task.kmsKeyArn);
  if (key === null) return reason(`NotFoundException: Key '${task.kmsKeyArn}' does not exist`);
  if (key.state === "Disabled") return reason(`DisabledException: ${key.arn} is disabled.`);
  if (key.state !== "Enabled") return reason(`KMSInvalidStateException: ${key.arn} is ${stateText(key)}.`);
  if (mayFargateUse(world, key, task)) return null;
  return reason(
    `AccessDeniedException: fargate.amazonaws.com is not authorized to perform ` +
      `kms:GenerateDataKeyWithoutPlaintext or kms:CreateGrant on resource ${key.arn} for cluster ${task.cluster.name}`,
  );
}

function mayFargateUse(world: WorldState, key: Key, task: Task): boolean {
  if (key.policy === null) return true;
  const { account, region } = task.cluster.lane;
  const cacheKey = `${account}/${region}/${task.cluster.name}`;
  const known = key.accessCache.get(cacheKey);
  if (known !== undefined) return known;
  const access = fargateKeyAccess({
    policy: key.policy,
    account,
    region,
    clusterName: task.cluster.name,
    keyArn: key.arn,
  });
  const allowed =
    access.verdict === "unknown" ? world.switches.undecidedKeyPolicy === "allow" : access.verdict === "pass";
  key.accessCache.set(cacheKey, allowed);
  return allowed;
}

function stateText(key: Key): string {
  return key.state === "PendingDeletion" ? "pending deletion" : key.state;
}

function reason(detail: string): string {
  return `ResourceInitializationError: failed to create the encrypted ephemeral storage with the AWS KMS key: ${detail}`;
}
