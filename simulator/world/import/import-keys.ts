// Keys of a fleet, and those that it only names: a key that nobody could read is taken for a good one.

import type { Fleet, KeyRecord } from "../../../domain/fleet";
import { arnOrNull } from "../arns";
import { type Key, type KeyState, settledPolicy } from "../key";
import { scheduleMaterialExpiry } from "../key-material";
import { laneOf, type WorldState } from "../world-state";

export function importKeys(world: WorldState, fleet: Fleet): void {
  for (const record of fleet.keys) addKey(world, record);
  for (const arn of namedKeys(fleet)) {
    addKey(world, {
      arn,
      metadata: { kind: "unknown", why: "not read" },
      policy: { kind: "unknown", why: "not read" },
      rotation: { kind: "unknown", why: "not read" },
    });
  }
}

function addKey(world: WorldState, record: KeyRecord): void {
  const parsed = arnOrNull(record.arn);
  if (parsed === null || !parsed.resource.startsWith("key/")) return;
  const { keys } = laneOf(world, parsed.account, parsed.region);
  const id = parsed.resource.slice("key/".length);
  if (keys.has(id)) return;
  const key = keyOf(world, record, { id, account: parsed.account });
  keys.set(id, key);
  scheduleMaterialExpiry(world, key);
}

function keyOf(world: WorldState, record: KeyRecord, { id, account }: { id: string; account: string }): Key {
  const metadata = record.metadata.kind === "known" ? record.metadata.value : null;
  return {
    id,
    arn: record.arn,
    account,
    createdAtMs: world.startedAtMs,
    manager: metadata?.keyManager ?? "CUSTOMER",
    usage: metadata?.keyUsage ?? "ENCRYPT_DECRYPT",
    spec: metadata?.keySpec ?? "SYMMETRIC_DEFAULT",
    origin: metadata?.origin ?? "AWS_KMS",
    multiRegion: metadata?.multiRegion ?? false,
    validToMs: metadata?.validTo ? Date.parse(metadata.validTo) : null,
    description: "",
    state: (metadata?.keyState ?? "Enabled") as KeyState,
    ...settledPolicy(record.policy.kind === "known" ? record.policy.value : null),
    deletionAtMs: metadata?.deletionDate ? Date.parse(metadata.deletionDate) : null,
    rotationPeriodDays: rotationPeriodDaysOf(record),
    tags: {},
    grants: new Map(),
  };
}

/** AWS's default where a scan was not told the period. */
const ROTATION_PERIOD_DAYS = 365;

function rotationPeriodDaysOf({ rotation }: KeyRecord): number | null {
  if (rotation.kind === "unknown" || !rotation.value.enabled) return null;
  return rotation.value.periodDays ?? ROTATION_PERIOD_DAYS;
}

function namedKeys(fleet: Fleet): ReadonlySet<string> {
  const clusters = fleet.clusters.map(({ configuration }) =>
    configuration.kind === "known" ? configuration.value.fargateEphemeralStorageKmsKeyArn : null,
  );
  const units = fleet.services.flatMap(({ deployments, taskSets }) => [...deployments, ...taskSets]);
  const named = [...clusters, ...units.map((unit) => unit.kmsKeyArn), ...fleet.tasks.map((task) => task.kmsKeyArn)];
  return new Set(named.filter((arn) => arn !== null));
}
