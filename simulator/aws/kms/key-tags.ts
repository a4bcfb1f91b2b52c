// Tags of keys. Source: KMS API reference (documented).

import type { ListResourceTagsRequest, TagResourceRequest, UntagResourceRequest } from "@aws-sdk/client-kms";
import type { Context } from "../operation";
import { findKey } from "./find-key";
import { kmsPage } from "./kms-page";

export function listResourceTags(context: Context, input: ListResourceTagsRequest) {
  const key = findKey(context, input.KeyId);
  const tags = Object.entries(key.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
  const { items, ...more } = kmsPage(tags, { ...input, standard: 50, most: 50, question: `tags of ${key.id}` });
  return { Tags: items, ...more };
}

export function tagResource(context: Context, input: TagResourceRequest) {
  const key = findKey(context, input.KeyId);
  for (const tag of input.Tags ?? []) key.tags[tag.TagKey ?? ""] = tag.TagValue ?? "";
  return {};
}

export function untagResource(context: Context, input: UntagResourceRequest) {
  const key = findKey(context, input.KeyId);
  for (const name of input.TagKeys ?? []) delete key.tags[name];
  return {};
}
