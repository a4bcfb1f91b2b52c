// Imported key material that expires: KMS deletes it, and the key can be used no more until somebody imports it again.
// Source: "Importing key material" and "Key states of AWS KMS keys", KMS developer guide (documented: the key's state is then
// PendingImport); what waits for its deletion goes on waiting.

import type { Key } from "./key";
import { scheduleIn, type WorldState } from "./world-state";

export function expireMaterial(key: Key): void {
  if (key.state === "Enabled" || key.state === "Disabled") key.state = "PendingImport";
}

/** Lets the material of a key that came with a fleet expire when its time comes. */
export function scheduleMaterialExpiry(world: WorldState, key: Key): void {
  if (key.validToMs === null) return;
  scheduleIn(world, Math.max(0, key.validToMs - world.nowMs), { kind: "key-material-expires", key });
}
