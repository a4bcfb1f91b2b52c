// The reads of a KMS key that Key and KeyPolicy share: the whole key, and its policy until it reads as written.

import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KeyMetadata,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
} from "@aws-sdk/client-kms";
import { calling, isCode } from "../../call-error";
import type { ResourceContext } from "../../resource-type";
import { normalizedJson, sameJson } from "../../same-json";
import { readsThatAgree } from "../../waits";

const PAGES_MAX = 10;

export interface KeyReading {
  readonly metadata: KeyMetadata;
  readonly policy: string;
  readonly rotation: { readonly enabled: boolean; readonly periodInDays: number | undefined };
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * DescribeKey, GetKeyPolicy, GetKeyRotationStatus, ListResourceTags; null when the key is gone or waits for its deletion.
 * `kind` is what the resource calls its keys: the official provider's errors say it, and then what they all share.
 */
export async function readKey(
  context: ResourceContext,
  KeyId: string,
  kind: KeyKind = "KMS Key",
): Promise<KeyReading | null> {
  const outer = `reading ${kind} (${KeyId}): `;
  const doing = `${outer}reading KMS Key (${KeyId})`;
  const { kms } = context.aws;
  const metadata = await describedKey(context, KeyId, outer);
  if (metadata === null || isPendingDeletion(metadata)) return null;
  const asked = kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" }));
  const { Policy = "" } = await calling(`${doing} policy`, "KMS: GetKeyPolicy", asked);
  const rotation = { enabled: false, periodInDays: undefined as number | undefined };
  if (metadata.Origin === "AWS_KMS") {
    const status = kms.send(new GetKeyRotationStatusCommand({ KeyId }));
    const answer = await calling(`${doing} rotation enabled`, "KMS: GetKeyRotationStatus", status);
    Object.assign(rotation, { enabled: answer.KeyRotationEnabled, periodInDays: answer.RotationPeriodInDays });
  }
  return { metadata, policy: normalizedJson(Policy), rotation, tags: await keyTags(context, KeyId, outer) };
}

export type KeyKind = "KMS Key" | "KMS External Key";

/** Null when there is none. */
export async function describedKey({ aws }: ResourceContext, KeyId: string, outer = ""): Promise<KeyMetadata | null> {
  try {
    const asked = aws.kms.send(new DescribeKeyCommand({ KeyId }));
    return (await calling(`${outer}reading KMS Key (${KeyId})`, "KMS: DescribeKey", asked)).KeyMetadata ?? null;
  } catch (error) {
    if (isCode(error, "NotFoundException")) return null;
    throw error;
  }
}

export function isPendingDeletion({ KeyState }: KeyMetadata): boolean {
  return KeyState === "PendingDeletion" || KeyState === "PendingReplicaDeletion";
}

export async function keyTags({ aws }: ResourceContext, KeyId: string, outer = ""): Promise<Record<string, string>> {
  const tags: Record<string, string> = {};
  let Marker: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const asked = aws.kms.send(new ListResourceTagsCommand({ KeyId, ...(Marker === undefined ? {} : { Marker }) }));
    const answer = await calling(`${outer}listing tags for KMS Key (${KeyId})`, "KMS: ListResourceTags", asked);
    for (const { TagKey = "", TagValue = "" } of answer.Tags ?? []) tags[TagKey] = TagValue;
    Marker = answer.NextMarker;
    if (Marker === undefined) break;
  }
  return tags;
}

export interface KeyPolicyWrite {
  readonly keyId: string;
  readonly policy: string;
  readonly bypass: boolean;
  /** E.g. `attaching KMS Key policy (id)`. */
  readonly doing: string;
}

export async function writeKeyPolicy(context: ResourceContext, write: KeyPolicyWrite): Promise<void> {
  const { keyId, policy, bypass, doing } = write;
  const asked = context.aws.kms.send(
    new PutKeyPolicyCommand({
      KeyId: keyId,
      PolicyName: "default",
      Policy: normalizedJson(policy),
      ...(bypass ? { BypassPolicyLockoutSafetyCheck: true } : {}),
    }),
  );
  await calling(doing, "KMS: PutKeyPolicy", asked);
  await policyReadsBack(context, keyId, policy);
}

/** GetKeyPolicy, five times in agreement with what was written. */
export function policyReadsBack(context: ResourceContext, KeyId: string, policy: string): Promise<void> {
  const what = `KMS Key (${KeyId}) policy update`;
  return readsThatAgree(context, {
    times: 5,
    what,
    read: async () => {
      const asked = context.aws.kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" }));
      const { Policy = "" } = await calling(`waiting for ${what}`, "KMS: GetKeyPolicy", asked);
      return sameJson(Policy, policy);
    },
  });
}
