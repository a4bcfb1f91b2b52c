// Imported key material that expires: KMS deletes it, and the key can be used no more until somebody imports it again.
// Source: "Importing key material" and "Key states of AWS KMS keys", KMS developer guide (documented: the key's state is then
// PendingImport); what waits for its deletion goes on waiting.
// Invariant: an expiry that was set before the material was deleted, or imported anew, does nothing.

import type { Key } from "./key";
import { scheduleIn, type WorldState } from "./world-state";

export function expireMaterial(key: Key): void {
  if (key.state !== "Enabled" && key.state !== "Disabled") return;
  key.state = "PendingImport";
  key.validToMs = null;
}

/** When the time of the expiry comes that was set for this instant. */
export function expireMaterialOf(key: Key, validToMs: number): void {
  if (key.validToMs === validToMs) expireMaterial(key);
}

/** Lets the material of a key expire when its time comes. */
export function scheduleMaterialExpiry(world: WorldState, key: Key): void {
  const { validToMs } = key;
  if (validToMs === null) return;
  scheduleIn(world, Math.max(0, validToMs - world.nowMs), { kind: "key-material-expires", key, validToMs });
}
