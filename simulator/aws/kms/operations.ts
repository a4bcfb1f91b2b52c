// The modelled operations of AWS KMS.

import { type Operation, operation } from "../operation";
import { createAlias, deleteAlias, listAliases, updateAlias } from "./aliases";
import { createKey } from "./create-key";
import { describeKey, listKeys, updateKeyDescription } from "./describe-key";
import { listGrants } from "./grants";
import { deleteImportedKeyMaterial, getParametersForImport, importKeyMaterial } from "./import-key-material";
import { getKeyPolicy, listKeyPolicies, putKeyPolicy } from "./key-policies";
import { cancelKeyDeletion, disableKey, enableKey, scheduleKeyDeletion } from "./key-state-changes";
import { listResourceTags, tagResource, untagResource } from "./key-tags";
import { disableKeyRotation, enableKeyRotation, getKeyRotationStatus } from "./rotation";

export const kmsOperations: Readonly<Record<string, Operation>> = {
  CancelKeyDeletion: operation(cancelKeyDeletion),
  CreateAlias: operation(createAlias),
  CreateKey: operation(createKey),
  DeleteAlias: operation(deleteAlias),
  DeleteImportedKeyMaterial: operation(deleteImportedKeyMaterial),
  DescribeKey: operation(describeKey),
  DisableKey: operation(disableKey),
  DisableKeyRotation: operation(disableKeyRotation),
  EnableKey: operation(enableKey),
  EnableKeyRotation: operation(enableKeyRotation),
  GetKeyPolicy: operation(getKeyPolicy),
  GetKeyRotationStatus: operation(getKeyRotationStatus),
  GetParametersForImport: operation(getParametersForImport),
  ImportKeyMaterial: operation(importKeyMaterial),
  ListAliases: operation(listAliases),
  ListGrants: operation(listGrants),
  ListKeyPolicies: operation(listKeyPolicies),
  ListKeys: operation(listKeys),
  ListResourceTags: operation(listResourceTags),
  PutKeyPolicy: operation(putKeyPolicy),
  ScheduleKeyDeletion: operation(scheduleKeyDeletion),
  TagResource: operation(tagResource),
  UntagResource: operation(untagResource),
  UpdateAlias: operation(updateAlias),
  UpdateKeyDescription: operation(updateKeyDescription),
};
