// What a keyed launch and the end of its volume leave in the event history.
// Source: "Managing AWS KMS keys for Fargate ephemeral storage", ECS developer guide, with its samples (documented: dry runs, then
// the calls of the volume about two seconds later, and RetireGrant when the task has stopped). That a refused call is recorded
// with its error, and that nothing follows it, is inferred from KMS's logging page.
// Invariant: a dry run is never older than its task.

import type { FargateCall } from "../../domain/fargate-kms-request";
import type { Grant } from "./key";
import type { Lane } from "./lane";
import { CALLS_OF_LAUNCH, type KeyRefusal, laneOfKey } from "./launch-key-check";
import type { Task } from "./task";
import type { EventError, VolumeKeyUse } from "./trail-event";
import type { WorldState } from "./world-state";

/** The samples' gap is two seconds; ours varies around it. */
const DRY_RUN_EARLIER_MS = { least: 1_500, spread: 1_000 };

export interface VolumeKeyOutcome {
  /** Null when the launch was refused. */
  readonly grant: Grant | null;
  readonly refusal: KeyRefusal | null;
}

/** Records the calls of a launch up to the one that was refused; all of them when none was, none when KMS was not asked. */
export function recordVolumeKey(world: WorldState, task: Task, { grant, refusal }: VolumeKeyOutcome): void {
  if (task.kmsKeyArn === null || (grant === null && refusal === null)) return;
  const use = useOf(task, task.kmsKeyArn, grant);
  const { least, spread } = DRY_RUN_EARLIER_MS;
  const dryAtMs = Math.max(task.createdAtMs, world.nowMs - least - world.trailChance.below(spread));
  const lanes = lanesOf(world, task);
  for (const call of CALLS_OF_LAUNCH) {
    const error = errorOf(call, refusal);
    const event = { call, use, error, atMs: call.mode === "dryRun" ? dryAtMs : world.nowMs };
    const nonce = world.trailChance.uint32();
    for (const lane of error === null ? lanes : [task.cluster.lane])
      lane.trailLog.add({ kind: "volume-key", ...event, nonce });
    if (error !== null) return;
  }
}

export function recordRetiredGrant(world: WorldState, keyArn: string, grantId: string): void {
  const event = { keyArn, grantId, atMs: world.nowMs, nonce: world.trailChance.uint32() };
  laneOfKey(world, keyArn)?.trailLog.add({ kind: "grant-retired", ...event });
}

function useOf({ cluster }: Task, keyArn: string, grant: Grant | null): VolumeKeyUse {
  const { account, region } = cluster.lane;
  const volumeId = grant?.encryptionContext["aws:ebs:id"] ?? null;
  return { keyArn, account, region, clusterName: cluster.name, volumeId, grantId: grant?.id ?? null };
}

function errorOf(call: FargateCall, refusal: KeyRefusal | null): EventError | null {
  if (refusal === null || refusal.call.operation !== call.operation || refusal.call.mode !== call.mode) return null;
  return { code: refusal.code, message: refusal.message };
}

/** Documented: a use across accounts is recorded in both, one that was refused in the caller's only. */
function lanesOf(world: WorldState, { cluster, kmsKeyArn }: Task): readonly Lane[] {
  const home = laneOfKey(world, kmsKeyArn ?? "");
  return home === undefined || home === cluster.lane ? [cluster.lane] : [cluster.lane, home];
}
