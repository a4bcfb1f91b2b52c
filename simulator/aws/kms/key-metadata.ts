// KeyMetadata as KMS shows it. Source: KeyMetadata, KMS API reference (documented).

import type { KeyMetadata } from "@aws-sdk/client-kms";
import { arnOrNull } from "../../world/arns";
import type { Key } from "../../world/key";
import { instant, instantOrNothing } from "../instant";
import { withoutUndefined } from "../operation";

export function keyMetadata(key: Key): KeyMetadata {
  const symmetric = key.spec === "SYMMETRIC_DEFAULT" && key.usage === "ENCRYPT_DECRYPT";
  return withoutUndefined({
    AWSAccountId: key.account,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: instant(key.createdAtMs),
    Enabled: key.state === "Enabled",
    Description: key.description,
    KeyUsage: key.usage as NonNullable<KeyMetadata["KeyUsage"]>,
    KeyState: key.state,
    DeletionDate: instantOrNothing(key.deletionAtMs),
    ...materialOf(key),
    Origin: key.origin as NonNullable<KeyMetadata["Origin"]>,
    KeyManager: key.manager,
    CustomerMasterKeySpec: key.spec as NonNullable<KeyMetadata["CustomerMasterKeySpec"]>,
    KeySpec: key.spec as NonNullable<KeyMetadata["KeySpec"]>,
    EncryptionAlgorithms: symmetric ? (["SYMMETRIC_DEFAULT"] as const).slice() : undefined,
    MultiRegion: key.multiRegion,
    MultiRegionConfiguration: key.multiRegion ? primaryOf(key) : undefined,
  });
}

/** Documented: there is nothing to say of the expiry of material that KMS made, or that is gone. */
function materialOf(key: Key): Pick<KeyMetadata, "ExpirationModel" | "ValidTo"> {
  if (key.origin !== "EXTERNAL" || key.state === "PendingImport") return {};
  if (key.validToMs === null) return { ExpirationModel: "KEY_MATERIAL_DOES_NOT_EXPIRE" };
  return { ExpirationModel: "KEY_MATERIAL_EXPIRES", ValidTo: instant(key.validToMs) };
}

/** Replicas are not modelled: every multi-Region key is the primary one, alone. */
function primaryOf(key: Key): NonNullable<KeyMetadata["MultiRegionConfiguration"]> {
  const region = arnOrNull(key.arn)?.region ?? "";
  return { MultiRegionKeyType: "PRIMARY", PrimaryKey: { Arn: key.arn, Region: region }, ReplicaKeys: [] };
}
