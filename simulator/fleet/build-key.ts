// A key record as DescribeKey and GetKeyPolicy would give it.

import { known } from "../../domain/fact";
import type { KeyRecord, Lane } from "../../domain/fleet";
import type { KeyDraft } from "./drafts";
import { uuidOf } from "./fleet-ids";
import { keyPolicyText } from "./key-policy-text";

export function buildKey({ name, clusters, policy, metadata }: KeyDraft, lane: Lane, at: string): KeyRecord {
  const keyId = uuidOf(`key ${lane.account} ${lane.region} ${name}`);
  return {
    arn: `arn:${lane.partition}:kms:${lane.region}:${lane.account}:key/${keyId}`,
    metadata: known(
      {
        keyId,
        keyManager: "CUSTOMER",
        keyState: "Enabled",
        keyUsage: "ENCRYPT_DECRYPT",
        keySpec: "SYMMETRIC_DEFAULT",
        origin: "AWS_KMS",
        multiRegion: false,
        deletionDate: null,
        validTo: null,
        ...metadata,
      },
      at,
    ),
    policy: known(keyPolicyText({ lane, clusters, variant: policy }), at),
    rotation: known({ enabled: true, periodDays: 365 }, at),
  };
}
