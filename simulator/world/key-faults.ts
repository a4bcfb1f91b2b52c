// Faults of keys: what their administrators do to them while others rely on them.

import { type Key, replacePolicy } from "./key";
import { scheduleKeyDeletionIn } from "./key-deletion";
import type { WorldFault } from "./world-fault";
import type { WorldState } from "./world-state";

type KeyFault = Extract<
  WorldFault,
  { kind: "key-disabled" | "key-enabled" | "key-policy-replaced" | "key-deletion-scheduled" }
>;

/** The longest window that KMS knows, and its default (ScheduleKeyDeletion, documented). */
const DELETION_WINDOW_DAYS = 30;

export function changeKey(world: WorldState, key: Key, fault: KeyFault): void {
  switch (fault.kind) {
    case "key-disabled":
      key.state = "Disabled";
      return;
    case "key-enabled":
      key.state = "Enabled";
      return;
    case "key-policy-replaced":
      replacePolicy(key, fault.policy);
      return;
    case "key-deletion-scheduled":
      scheduleKeyDeletionIn(world, key, fault.windowDays ?? DELETION_WINDOW_DAYS);
      return;
  }
}
