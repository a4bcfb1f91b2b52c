// aws:kms/getKey: DescribeKey and nothing else. A key that waits for its deletion is found like any other.

import { DescribeKeyCommand, type KeyMetadata, type MultiRegionKey } from "@aws-sdk/client-kms";
import { calling, isCode } from "../call-error";
import type { PropertyMap } from "../property-values";
import { asProperty, textOf, textsOf } from "../state-values";
import type { Invoke } from "./invoke";

export const getKey: Invoke = async (args, { clients, region }) => {
  const where = textOf(args.region) ?? region;
  const KeyId = textOf(args.keyId) ?? "";
  const GrantTokens = textsOf(args.grantTokens);
  const input = { KeyId, ...(GrantTokens.length === 0 ? {} : { GrantTokens }) };
  const doing = `reading KMS Key (${KeyId})`;
  try {
    const asked = clients.in(where).kms.send(new DescribeKeyCommand(input));
    const { KeyMetadata } = await calling(doing, "KMS: DescribeKey", asked);
    if (KeyMetadata === undefined) throw new Error(`${doing}: empty result`);
    return { ...args, ...shownKey(KeyMetadata), keyId: KeyId, region: where };
  } catch (error) {
    if (isCode(error, "NotFoundException")) throw new Error(`${doing}: couldn't find resource`, { cause: error });
    throw error;
  }
};

/** What AWS leaves out is "", 0 or an empty list. */
function shownKey(key: KeyMetadata): PropertyMap {
  return {
    arn: key.Arn ?? "",
    awsAccountId: key.AWSAccountId ?? "",
    cloudHsmClusterId: key.CloudHsmClusterId ?? "",
    creationDate: rfc3339(key.CreationDate),
    customKeyStoreId: key.CustomKeyStoreId ?? "",
    customerMasterKeySpec: key.CustomerMasterKeySpec ?? "",
    deletionDate: rfc3339(key.DeletionDate),
    description: key.Description ?? "",
    enabled: key.Enabled ?? false,
    expirationModel: key.ExpirationModel ?? "",
    id: key.KeyId ?? "",
    keyManager: key.KeyManager ?? "",
    keySpec: key.KeySpec ?? "",
    keyState: key.KeyState ?? "",
    keyUsage: key.KeyUsage ?? "",
    multiRegion: key.MultiRegion ?? false,
    multiRegionConfigurations: asProperty(multiRegionOf(key)),
    origin: key.Origin ?? "",
    pendingDeletionWindowInDays: key.PendingDeletionWindowInDays ?? 0,
    validTo: rfc3339(key.ValidTo),
    xksKeyConfigurations: asProperty(
      key.XksKeyConfiguration === undefined ? [] : [{ id: key.XksKeyConfiguration.Id ?? "" }],
    ),
  };
}

function multiRegionOf({ MultiRegionConfiguration: configuration }: KeyMetadata): readonly unknown[] {
  if (configuration === undefined) return [];
  const { MultiRegionKeyType: multiRegionKeyType, PrimaryKey, ReplicaKeys } = configuration;
  const primaryKeys = PrimaryKey === undefined ? [] : [placeOf(PrimaryKey)];
  return [{ multiRegionKeyType, primaryKeys, replicaKeys: (ReplicaKeys ?? []).map(placeOf) }];
}

function placeOf({ Arn, Region }: MultiRegionKey) {
  return { arn: Arn ?? "", region: Region ?? "" };
}

/** Without fractions of a second, as Go writes it. */
function rfc3339(instant: Date | undefined): string {
  return instant === undefined ? "" : instant.toISOString().replace(/\.\d+Z$/, "Z");
}
