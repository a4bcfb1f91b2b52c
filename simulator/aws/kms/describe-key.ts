// DescribeKey, ListKeys, UpdateKeyDescription. Source: KMS API reference (documented).

import type { DescribeKeyRequest, ListKeysRequest, UpdateKeyDescriptionRequest } from "@aws-sdk/client-kms";
import { replaceKeyText } from "../../world/key";
import type { Context } from "../operation";
import { findKey } from "./find-key";
import { keyMetadata } from "./key-metadata";
import { kmsPage } from "./kms-page";

export function describeKey(context: Context, input: DescribeKeyRequest) {
  return { KeyMetadata: keyMetadata(findKey(context, input.KeyId, true)) };
}

export function listKeys({ lane }: Context, input: ListKeysRequest) {
  const keys = [...lane.keys.values()].map((key) => ({ KeyId: key.id, KeyArn: key.arn }));
  const { items, ...more } = kmsPage(keys, { ...input, standard: 100, most: 1000, question: "keys" });
  return { Keys: items, ...more };
}

export function updateKeyDescription(context: Context, input: UpdateKeyDescriptionRequest) {
  replaceKeyText(findKey(context, input.KeyId), input.Description ?? "");
  return {};
}
