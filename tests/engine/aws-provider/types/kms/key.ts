// aws:kms/key:Key. CreateKey, then what the inputs ask besides, each read back as often as the official provider reads it.

import { CreateKeyCommand, type CreateKeyCommandInput } from "@aws-sdk/client-kms";
import { calling } from "../../call-error";
import { boolean, json, number, REGION, string, TAGS } from "../../input-schema";
import type { PropertyMap } from "../../property-values";
import type { ResourceContext, ResourceType } from "../../resource-type";
import { normalizedJson } from "../../same-json";
import { compact, textMapOf, textOf } from "../../state-values";
import { kmsTags, tagState } from "../../tags";
import { type KeyReading, readKey } from "./key-calls";
import { changeKeyDescription, changeKeyTags, setKeyEnabled, setKeyRotation } from "./key-changes";
import { deleteKey } from "./key-deletion";
import { policyState, presentKey, readsBackAsWritten, updateKeyPolicy } from "./key-written";

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
    return { id, state: stateOf(await presentKey(context, id, "KMS Key"), planned, context) };
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
    if (changed.has("policy")) await updateKeyPolicy(context, { id, news, kind: "KMS Key" });
    if (changed.has("isEnabled") && !enabled) await setKeyEnabled(context, { ...which, enabled: false });
    return stateOf(await presentKey(context, id, "KMS Key"), news, context);
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
  await readsBackAsWritten(context, id, planned);
}

function stateOf(reading: KeyReading, old: PropertyMap, context: ResourceContext) {
  const { metadata, rotation, tags } = reading;
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
      policy: policyState(reading, old),
      rotationPeriodInDays: rotation.periodInDays ?? 0,
    }),
    ...tagState(tags, old, context.defaultTags),
  };
}
