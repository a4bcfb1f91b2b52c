// aws:kms/externalKey:ExternalKey: a key whose material somebody imports, the provider or a person out of band.
// Without `keyMaterialBase64` the key waits for its import, and nothing waits for that: its state shows it on the next refresh.

import { CreateKeyCommand, type CreateKeyCommandInput } from "@aws-sdk/client-kms";
import { calling } from "../../call-error";
import { boolean, json, number, REGION, string, TAGS } from "../../input-schema";
import type { PropertyMap } from "../../property-values";
import type { ResourceContext, ResourceType } from "../../resource-type";
import { normalizedJson } from "../../same-json";
import { compact, textMapOf, textOf } from "../../state-values";
import { kmsTags, tagState } from "../../tags";
import { importMaterial } from "./import-material";
import { type KeyReading, readKey } from "./key-calls";
import { changeKeyDescription, changeKeyTags, setKeyEnabled } from "./key-changes";
import { deleteKey } from "./key-deletion";
import { policyState, presentKey, readsBackAsWritten, updateKeyPolicy } from "./key-written";

const KIND = "KMS External Key";
const REPLACES = { replaces: true } as const;

export const externalKey: ResourceType = {
  token: "aws:kms/externalKey:ExternalKey",
  inputs: {
    bypassPolicyLockoutSafetyCheck: { type: boolean(), standard: false },
    deletionWindowInDays: { type: number(7, 30), standard: 30 },
    description: { type: string() },
    enabled: { type: boolean(), computed: true },
    keyMaterialBase64: { type: string(), ...REPLACES },
    keySpec: { type: string(), standard: "SYMMETRIC_DEFAULT", ...REPLACES },
    keyUsage: { type: string("ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC"), computed: true, ...REPLACES },
    multiRegion: { type: boolean(), computed: true, ...REPLACES },
    policy: { type: json(), computed: true },
    region: REGION,
    tags: TAGS,
    validTo: { type: string() },
  },
  outputs: ["arn", "expirationModel", "keyState"],

  async create(context, planned) {
    const asked = context.aws.kms.send(new CreateKeyCommand(createInput(planned)));
    const { KeyMetadata } = await calling(`creating ${KIND}`, "KMS: CreateKey", asked);
    const id = KeyMetadata?.KeyId ?? "";
    context.created(id);
    await finishKey(context, id, planned);
    return { id, state: stateOf(await presentKey(context, id, KIND), planned, context) };
  },

  async read(context, { id, state }) {
    const reading = await readKey(context, id, KIND);
    return reading === null ? null : { id, state: stateOf(requireExternal(id, reading), state, context) };
  },

  async update(context, { id, olds, news, changed }) {
    const which = { kind: KIND, KeyId: id } as const;
    if (changed.has("tagsAll")) await changeKeyTags(context, { id, olds, news }, KIND);
    const enabled = news.enabled === true;
    const switches = changed.has("enabled") && olds.keyState !== "PendingImport";
    if (switches && enabled) await setKeyEnabled(context, { ...which, enabled });
    const Description = textOf(news.description) ?? "";
    if (changed.has("description")) await changeKeyDescription(context, { ...which, Description });
    if (changed.has("policy")) await updateKeyPolicy(context, { id, news, kind: KIND });
    if (changed.has("validTo")) await importMaterial(context, id, news);
    if (switches && !enabled) await setKeyEnabled(context, { ...which, enabled });
    return stateOf(await presentKey(context, id, KIND), news, context);
  },

  delete: (context, { id, state }) => deleteKey(context, { kind: KIND, id, state }),
};

function createInput(planned: PropertyMap): CreateKeyCommandInput {
  const policy = textOf(planned.policy);
  return compact({
    BypassPolicyLockoutSafetyCheck: planned.bypassPolicyLockoutSafetyCheck === true ? true : undefined,
    Description: textOf(planned.description),
    KeySpec: planned.keySpec as CreateKeyCommandInput["KeySpec"],
    KeyUsage: (textOf(planned.keyUsage) ?? "ENCRYPT_DECRYPT") as CreateKeyCommandInput["KeyUsage"],
    MultiRegion: planned.multiRegion === true ? true : undefined,
    Origin: "EXTERNAL" as const,
    Policy: policy === undefined ? undefined : normalizedJson(policy),
    Tags: kmsTags(textMapOf(planned.tagsAll)),
  });
}

async function finishKey(context: ResourceContext, id: string, planned: PropertyMap): Promise<void> {
  if (textOf(planned.keyMaterialBase64) !== undefined) {
    await importMaterial(context, id, planned);
    // A key without material cannot be disabled. With it, the official provider takes an absent `enabled` for false.
    if (planned.enabled !== true) await setKeyEnabled(context, { kind: KIND, KeyId: id, enabled: false });
  }
  await readsBackAsWritten(context, id, planned);
}

function requireExternal(id: string, reading: KeyReading): KeyReading {
  const { KeyManager, Origin } = reading.metadata;
  if (KeyManager !== "CUSTOMER") throw new Error(`${KIND} (${id}) has invalid KeyManager: ${KeyManager}`);
  if (Origin !== "EXTERNAL") throw new Error(`${KIND} (${id}) has invalid Origin: ${Origin}`);
  return reading;
}

function stateOf(reading: KeyReading, old: PropertyMap, context: ResourceContext): PropertyMap {
  const { metadata, tags } = reading;
  return {
    ...old,
    arn: metadata.Arn ?? "",
    description: metadata.Description ?? "",
    enabled: metadata.Enabled ?? false,
    expirationModel: metadata.ExpirationModel ?? "",
    keySpec: metadata.KeySpec ?? "",
    keyState: metadata.KeyState ?? "",
    keyUsage: metadata.KeyUsage ?? "",
    multiRegion: metadata.MultiRegion ?? false,
    policy: policyState(reading, old),
    validTo: metadata.ValidTo === undefined ? null : rfc3339(metadata.ValidTo),
    ...tagState(tags, old, context.defaultTags),
  };
}

/** Without fractions of a second, as Go writes it. */
function rfc3339(instant: Date): string {
  return instant.toISOString().replace(/\.\d+Z$/, "Z");
}
