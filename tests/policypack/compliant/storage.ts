// Compliant properties of the resource types that the rules in rules/storage/ judge or look up.

import type { Properties } from "../../../policypack/rules/look";
import { FILE_SYSTEM, NATIVE_FILE_SYSTEM } from "../../../policypack/rules/resource-types";

export const FILES_KEY_ARN = "arn:aws:kms:eu-central-1:111122223333:key/aaaabbbb-12ab-34cd-56ef-1234567890ab";

export const STORAGE_PROPERTIES: Readonly<Record<string, Properties>> = {
  [FILE_SYSTEM]: { encrypted: true, kmsKeyId: FILES_KEY_ARN },
  [NATIVE_FILE_SYSTEM]: { encrypted: true, kmsKeyId: FILES_KEY_ARN },
};

/** A volume of a task definition; `broken` replaces settings of the EFS block. */
export function efsVolume(broken: Properties = {}, name = "data"): Properties {
  const efsVolumeConfiguration = {
    fileSystemId: "fs-0123456789abcdef0",
    transitEncryption: "ENABLED",
    authorizationConfig: { iam: "ENABLED" },
    ...broken,
  };
  return { name, efsVolumeConfiguration };
}

/** A volume of a service; `broken` replaces settings of the EBS block. */
export function ebsVolume(broken: Properties = {}, name = "data"): Properties {
  const roleArn = "arn:aws:iam::111122223333:role/volumes";
  return { name, managedEbsVolume: { roleArn, sizeInGb: 20, encrypted: true, kmsKeyId: FILES_KEY_ARN, ...broken } };
}
