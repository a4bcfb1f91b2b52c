// Compliant properties of the resource types that the rules in rules/key/ judge or look up.

import { fargateKeyPolicyStatements, minimalKeyPolicy } from "../../../domain/fargate-key-policy";
import type { Properties } from "../../../policypack/rules/look";
import {
  EXTERNAL_KEY,
  KEY,
  KEY_POLICY,
  NATIVE_KEY,
  NATIVE_REPLICA_KEY,
  REPLICA_EXTERNAL_KEY,
  REPLICA_KEY,
} from "../../../policypack/rules/resource-types";

export const ACCOUNT = "111122223333";
const KEY_ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
const ARN = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/${KEY_ID}`;

/** Lets Fargate use the key for cluster "web", and the account administer it. */
export const POLICY = minimalKeyPolicy({ account: ACCOUNT, clusterNames: ["web"] });
export const POLICY_TEXT = JSON.stringify(POLICY);

/** A policy as text: the account's administration, and these statements. */
export function policyWith(...statements: readonly Properties[]): string {
  return JSON.stringify({ ...POLICY, Statement: [POLICY.Statement[0], ...statements] });
}

/** Fargate's statements for a cluster of this name, with some elements replaced. */
export function fargateStatements(clusterName: string, broken: Properties = {}): readonly Properties[] {
  return fargateKeyPolicyStatements({ account: ACCOUNT, clusterNames: [clusterName] }).map((one) => ({
    ...one,
    ...broken,
  }));
}

const KIND = { arn: ARN, keyUsage: "ENCRYPT_DECRYPT" } as const;
const AWS = { ...KIND, policy: POLICY_TEXT, deletionWindowInDays: 30 } as const;
const NATIVE = { ...KIND, keyPolicy: POLICY, enabled: true, pendingWindowInDays: 30 } as const;

export const KEY_PROPERTIES: Readonly<Record<string, Properties>> = {
  [KEY]: {
    ...AWS,
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    enableKeyRotation: true,
    isEnabled: true,
    multiRegion: false,
  },
  [NATIVE_KEY]: { ...NATIVE, keySpec: "SYMMETRIC_DEFAULT", enableKeyRotation: true, multiRegion: false },
  [EXTERNAL_KEY]: { ...AWS, keySpec: "SYMMETRIC_DEFAULT", enabled: true, multiRegion: false },
  [REPLICA_KEY]: { ...AWS, keySpec: "SYMMETRIC_DEFAULT", enabled: true },
  [REPLICA_EXTERNAL_KEY]: { ...AWS, keySpec: "SYMMETRIC_DEFAULT", enabled: true },
  [NATIVE_REPLICA_KEY]: NATIVE,
  [KEY_POLICY]: { keyId: KEY_ID, policy: POLICY_TEXT },
};
