// The wire shape of a KMS key, mapped to ours.
// Invariant: what AWS leaves out is never taken for the good answer: an unnamed state, usage or spec stays blank, and the ids of
// multi-Region keys say so themselves.

import type { KeyMetadata as WireKeyMetadata } from "@aws-sdk/client-kms";
import type { KeyMetadata } from "../../../domain/fleet";
import { instantOrNull } from "./wire-values";

export function toKeyMetadata(key: WireKeyMetadata): KeyMetadata & { readonly arn: string } {
  return {
    arn: key.Arn ?? "",
    keyId: key.KeyId ?? "",
    keyManager: key.KeyManager ?? "AWS",
    keyState: key.KeyState ?? "",
    keyUsage: key.KeyUsage ?? "",
    keySpec: key.KeySpec ?? "",
    origin: key.Origin ?? "",
    multiRegion: key.MultiRegion ?? (key.KeyId ?? "").startsWith("mrk-"),
    deletionDate: instantOrNull(key.DeletionDate),
    validTo: instantOrNull(key.ValidTo),
  };
}
