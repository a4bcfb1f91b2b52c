// aws:kms/key:Key. CreateKey, then what the inputs ask besides, each read back as often as the official provider reads it.

import { CreateKeyCommand, type CreateKeyCommandInput } from "@aws-sdk/client-kms";
import { calling } from "../../call-error";
import { boolean, json, number, REGION, string, TAGS } from "../../input-schema";
import type { PropertyMap } from "../../property-values";
import type { ResourceContext, ResourceType } from "../../resource-type";
import { normalizedJson, sameJson } from "../../same-json";
import { compact, textMapOf, textOf } from "../../state-values";
import { kmsTags, tagState } from "../../tags";
import { type KeyReading, policyReadsBack, readKey, writeKeyPolicy } from "./key-calls";
import { changeKeyDescription, changeKeyTags, setKeyEnabled, setKeyRotation, tagsReadBack } from "./key-changes";
import { deleteKey } from "./key-deletion";

const REPLACES = { replaces: true } as const;

export const key: ResourceType = {
  token: "aws:kms/key:Key",
  inputs: {
    bypassPolicyLockoutSafetyCheck: { type: boolean(), standard: false },
    customKeyStoreId: { type: string(), ...REPLACES },
    customerMasterKeySpec: { type: string(), standard: "SYMMETRIC_DEFAULT", ...REPLACES },
    deletionWindowInDays: { type: number(7, 30) },
    description: { type: string(), computed: true },
    enableKeyRotation: { type: boolean(), standard: false },
    isEnabled: { type: boolean(), standard: true },
    keyUsage: {
      type: string("ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"),
      standard: "ENCRYPT_DECRYPT",
      ...REPLACES,
    },
    multiRegion: { type: boolean(), computed: true, ...REPLACES },
    policy: { type: json(), computed: true },
    region: REGION,
    rotationPeriodInDays: { type: number(90, 2560), computed: true },
    tags: TAGS,
    xksKeyId: { type: string(), ...REPLACES },
  },
  outputs: ["arn", "keyId"],

  async create(context, planned) {
    const asked = context.aws.kms.send(new CreateKeyCommand(createInput(planned)));
    const { KeyMetadata } = await calling("creating KMS Key", "KMS: CreateKey", asked);
    const id = KeyMetadata?.KeyId ?? "";
    context.created(id);
    await finishKey(context, id, planned);
    return { id, state: stateOf(await presentKey(context, id), planned, context) };
  },

  async read(context, { id, state }) {
    const reading = await readKey(context, id);
    return reading === null ? null : { id, state: stateOf(reading, state, context) };
  },

  async update(context, { id, olds, news, changed }) {
    if (changed.has("tagsAll")) await changeKeyTags(context, { id, olds, news });
    const which = { kind: "KMS Key", KeyId: id } as const;
    const enabled = news.isEnabled !== false;
    if (changed.has("isEnabled") && enabled) await setKeyEnabled(context, { ...which, enabled: true });
    const rotates = news.enableKeyRotation === true;
    if (changed.has("enableKeyRotation") || (rotates && changed.has("rotationPeriodInDays"))) {
      await setKeyRotation(context, id, news);
    }
    const Description = textOf(news.description) ?? "";
    if (changed.has("description")) await changeKeyDescription(context, { ...which, Description });
    if (changed.has("policy")) await writePolicy(context, id, news);
    if (changed.has("isEnabled") && !enabled) await setKeyEnabled(context, { ...which, enabled: false });
    return stateOf(await presentKey(context, id), news, context);
  },

  delete: (context, { id, state }) => deleteKey(context, { kind: "KMS Key", id, state }),
};

function createInput(planned: PropertyMap): CreateKeyCommandInput {
  const policy = textOf(planned.policy);
  return compact({
    BypassPolicyLockoutSafetyCheck: planned.bypassPolicyLockoutSafetyCheck === true ? true : undefined,
    CustomKeyStoreId: textOf(planned.customKeyStoreId),
    Description: textOf(planned.description),
    KeySpec: planned.customerMasterKeySpec as CreateKeyCommandInput["KeySpec"],
    KeyUsage: planned.keyUsage as CreateKeyCommandInput["KeyUsage"],
    MultiRegion: planned.multiRegion === true ? true : undefined,
    Policy: policy === undefined ? undefined : normalizedJson(policy),
    Tags: kmsTags(textMapOf(planned.tagsAll)),
    XksKeyId: textOf(planned.xksKeyId),
  });
}

async function finishKey(context: ResourceContext, id: string, planned: PropertyMap): Promise<void> {
  if (planned.enableKeyRotation === true) await setKeyRotation(context, id, planned);
  if (planned.isEnabled === false) await setKeyEnabled(context, { kind: "KMS Key", KeyId: id, enabled: false });
  const policy = textOf(planned.policy);
  if (policy !== undefined) await policyReadsBack(context, id, policy);
  const tags = textMapOf(planned.tagsAll);
  if (Object.keys(tags).length > 0) await tagsReadBack(context, id, tags);
}

function writePolicy(context: ResourceContext, id: string, news: PropertyMap): Promise<void> {
  return writeKeyPolicy(context, {
    keyId: id,
    policy: textOf(news.policy) ?? "{}",
    bypass: news.bypassPolicyLockoutSafetyCheck === true,
    doing: `updating KMS Key (${id}) policy`,
  });
}

async function presentKey(context: ResourceContext, id: string): Promise<KeyReading> {
  const reading = await readKey(context, id);
  if (reading === null) throw new Error(`reading KMS Key (${id}): couldn't find resource`);
  return reading;
}

/** What reads as written keeps the wording of the program, so that a preview has nothing to say about it. */
function stateOf({ metadata, policy, rotation, tags }: KeyReading, old: PropertyMap, context: ResourceContext) {
  const oldPolicy = textOf(old.policy);
  const kept = oldPolicy !== undefined && sameJson(oldPolicy, policy);
  return {
    ...old,
    ...compact({
      arn: metadata.Arn,
      customerMasterKeySpec: metadata.KeySpec,
      description: metadata.Description,
      enableKeyRotation: rotation.enabled,
      isEnabled: metadata.Enabled,
      keyId: metadata.KeyId,
      keyUsage: metadata.KeyUsage,
      multiRegion: metadata.MultiRegion,
      policy: kept ? oldPolicy : policy,
      rotationPeriodInDays: rotation.periodInDays ?? 0,
    }),
    ...tagState(tags, old, context.defaultTags),
  };
}
