// Scheduling the deletion of a key: it can be used no more from now, and is gone after the window.
// Source: ScheduleKeyDeletion, KMS API reference (documented).

import type { Key } from "./key";
import { scheduleIn, type WorldState } from "./world-state";

const DAY_MS = 86_400_000;

export function scheduleKeyDeletionIn(world: WorldState, key: Key, days: number): void {
  const deletionAtMs = world.nowMs + days * DAY_MS;
  key.state = "PendingDeletion";
  key.deletionAtMs = deletionAtMs;
  scheduleIn(world, days * DAY_MS, { kind: "key-deleted", key, deletionAtMs });
}
