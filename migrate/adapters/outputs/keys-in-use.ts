// The keys that outputs tell of, described or in use: what decides whether a single policy can only be one key's.

import { lastPart } from "../../../domain/arn";
import type { Outputs } from "../../core/offline/outputs";
import { isRecord } from "../../core/offline/raw";

/** Key ids, each once. */
export function keyIdsOf({ things }: Outputs): readonly string[] {
  const users = [...things.cluster.values(), ...things.service.values(), ...things.task.values()];
  const used = users.flatMap(({ wire }) => keysIn(wire));
  return [...new Set([...things.key.keys(), ...used.map(lastPart)])].toSorted();
}

const KEY_MEMBERS: readonly string[] = ["kmsKeyId", "fargateEphemeralStorageKmsKeyId"];

/** A wire value nests as deep as its shape, which is a few levels. */
function keysIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(keysIn);
  if (!isRecord(value) || value instanceof Date) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    KEY_MEMBERS.includes(name) && typeof member === "string" && member !== "" ? [member] : keysIn(member),
  );
}
