// Faults of keys: what their administrators do to them while others rely on them.
// Invariant: what an administrator did is in the event history, under another name than the caller's.

import type { Key } from "./key";
import { scheduleKeyDeletionIn } from "./key-deletion";
import { expireMaterial } from "./key-material";
import { replacePolicy } from "./key-policy-in-force";
import { laneOfKey } from "./launch-key-check";
import { recordCall, rivalIn } from "./trail-of-calls";
import type { WorldFault } from "./world-fault";
import type { WorldState } from "./world-state";

type KeyFault = Extract<
  WorldFault,
  {
    kind: "key-disabled" | "key-enabled" | "key-policy-replaced" | "key-deletion-scheduled" | "key-material-expires";
  }
>;

/** The longest window that KMS knows, and its default (ScheduleKeyDeletion, documented). */
const DELETION_WINDOW_DAYS = 30;

export function changeKey(world: WorldState, key: Key, fault: KeyFault): void {
  switch (fault.kind) {
    case "key-disabled":
      key.state = "Disabled";
      record(world, key, "DisableKey");
      return;
    case "key-enabled":
      key.state = "Enabled";
      record(world, key, "EnableKey");
      return;
    case "key-policy-replaced":
      replacePolicy(world, key, fault.policy);
      record(world, key, "PutKeyPolicy", { PolicyName: "default", Policy: fault.policy });
      return;
    case "key-deletion-scheduled": {
      const days = fault.windowDays ?? DELETION_WINDOW_DAYS;
      scheduleKeyDeletionIn(world, key, days);
      record(world, key, "ScheduleKeyDeletion", { PendingWindowInDays: days });
      return;
    }
    case "key-material-expires":
      if (key.origin !== "EXTERNAL")
        throw new RangeError(`the material of key ${key.id} was not imported and cannot expire`);
      expireMaterial(key);
      return;
  }
}

function record(world: WorldState, key: Key, operation: string, more: Readonly<Record<string, unknown>> = {}): void {
  const lane = laneOfKey(world, key.arn);
  if (lane === undefined) return;
  const call = { service: "kms", operation, input: { KeyId: key.arn, ...more }, caller: rivalIn(lane) } as const;
  recordCall(world, call, { kind: "ok", output: {} });
}
