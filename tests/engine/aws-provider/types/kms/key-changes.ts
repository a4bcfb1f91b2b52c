// The changes of a KMS key, each followed by the official provider's reads of what it changed.

import {
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  GetKeyRotationStatusCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateKeyDescriptionCommand,
} from "@aws-sdk/client-kms";
import { calling } from "../../call-error";
import type { PropertyMap } from "../../property-values";
import type { ResourceContext, ResourceUpdate } from "../../resource-type";
import { numberOf, textMapOf } from "../../state-values";
import { kmsTags, type Tags, tagChange } from "../../tags";
import { readsThatAgree } from "../../waits";
import { describedKey, type KeyKind, keyTags } from "./key-calls";

export interface EnabledChange {
  readonly kind: KeyKind;
  readonly KeyId: string;
  readonly enabled: boolean;
}

export async function setKeyEnabled(context: ResourceContext, { kind, KeyId, enabled }: EnabledChange): Promise<void> {
  const { kms } = context.aws;
  const doing = `${enabled ? "enabling" : "disabling"} ${kind} (${KeyId})`;
  if (enabled) await calling(doing, "KMS: EnableKey", kms.send(new EnableKeyCommand({ KeyId })));
  else await calling(doing, "KMS: DisableKey", kms.send(new DisableKeyCommand({ KeyId })));
  await readsThatAgree(context, {
    times: 15,
    what: `${kind} (${KeyId}) update (enabled = ${enabled})`,
    read: async () => (await describedKey(context, KeyId))?.Enabled === enabled,
  });
}

export async function setKeyRotation(context: ResourceContext, KeyId: string, planned: PropertyMap): Promise<void> {
  const { kms } = context.aws;
  const enabled = planned.enableKeyRotation === true;
  const days = numberOf(planned.rotationPeriodInDays) || undefined;
  const doing = `${enabled ? "enabling" : "disabling"} KMS Key (${KeyId}) rotation`;
  if (enabled) {
    const input = { KeyId, ...(days === undefined ? {} : { RotationPeriodInDays: days }) };
    await calling(doing, "KMS: EnableKeyRotation", kms.send(new EnableKeyRotationCommand(input)));
  } else await calling(doing, "KMS: DisableKeyRotation", kms.send(new DisableKeyRotationCommand({ KeyId })));
  await readsThatAgree(context, {
    times: 5,
    what: `KMS Key (${KeyId}) rotation update`,
    read: async () => {
      const asked = kms.send(new GetKeyRotationStatusCommand({ KeyId }));
      const status = await calling(doing, "KMS: GetKeyRotationStatus", asked);
      return status.KeyRotationEnabled === enabled && (days === undefined || status.RotationPeriodInDays === days);
    },
  });
}

export interface DescriptionChange {
  readonly kind: KeyKind;
  readonly KeyId: string;
  readonly Description: string;
}

export async function changeKeyDescription(
  context: ResourceContext,
  { kind, KeyId, Description }: DescriptionChange,
): Promise<void> {
  const asked = context.aws.kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description }));
  await calling(`updating ${kind} (${KeyId}) description`, "KMS: UpdateKeyDescription", asked);
  await readsThatAgree(context, {
    times: 5,
    what: `${kind} (${KeyId}) description update`,
    read: async () => (await describedKey(context, KeyId))?.Description === Description,
  });
}

export async function changeKeyTags(
  context: ResourceContext,
  { id, olds, news }: Omit<ResourceUpdate, "changed">,
  kind: KeyKind = "KMS Key",
): Promise<void> {
  const { kms } = context.aws;
  const { added, removed } = tagChange(olds, news);
  const doing = `updating tags for ${kind} (${id})`;
  if (removed.length > 0) {
    const asked = kms.send(new UntagResourceCommand({ KeyId: id, TagKeys: [...removed] }));
    await calling(doing, "KMS: UntagResource", asked);
  }
  const Tags = kmsTags(added);
  if (Tags !== undefined) {
    await calling(doing, "KMS: TagResource", kms.send(new TagResourceCommand({ KeyId: id, Tags })));
  }
  if (removed.length > 0 || Tags !== undefined) await tagsReadBack(context, id, textMapOf(news.tagsAll));
}

/** ListResourceTags, five times with these tags and no others. */
export function tagsReadBack(context: ResourceContext, id: string, tags: Tags): Promise<void> {
  const written = (of: Tags): string => JSON.stringify(Object.entries(of).toSorted());
  return readsThatAgree(context, {
    times: 5,
    what: `KMS Key (${id}) tag update`,
    read: async () => written(await keyTags(context, id)) === written(tags),
  });
}
