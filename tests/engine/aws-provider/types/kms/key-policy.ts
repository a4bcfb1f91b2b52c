// aws:kms/keyPolicy:KeyPolicy. Invariants of the official one, kept on purpose: a changed key id alone writes no policy, what
// is read back is the bare key id, and its deletion writes the policy that delegates to the account's root.

import { boolean, json, REGION, string } from "../../input-schema";
import type { PropertyMap } from "../../property-values";
import type { ResourceContext, ResourceType } from "../../resource-type";
import { sameJson } from "../../same-json";
import { textOf } from "../../state-values";
import { readKey, writeKeyPolicy } from "./key-calls";

export const keyPolicy: ResourceType = {
  token: "aws:kms/keyPolicy:KeyPolicy",
  inputs: {
    bypassPolicyLockoutSafetyCheck: { type: boolean(), standard: false },
    keyId: { type: string(), required: true },
    policy: { type: json(), required: true },
    region: REGION,
  },
  outputs: [],

  async create(context, planned) {
    const id = textOf(planned.keyId) ?? "";
    await write(context, id, planned);
    context.created(id);
    return { id, state: await presentState(context, id, planned) };
  },

  async read(context, { id, state }) {
    const now = await stateOf(context, id, state);
    return now === null ? null : { id, state: now };
  },

  async update(context, { id, news, changed }) {
    if (changed.has("policy")) await write(context, id, news);
    return presentState(context, id, news);
  },

  async delete(context, { id, state }) {
    if (state.bypassPolicyLockoutSafetyCheck === true) return;
    const { partition, account } = context;
    await write(context, textOf(state.keyId) ?? id, { policy: rootPolicy(partition, account) });
  },
};

function write(context: ResourceContext, keyId: string, planned: PropertyMap): Promise<void> {
  return writeKeyPolicy(context, {
    keyId,
    policy: textOf(planned.policy) ?? "{}",
    bypass: planned.bypassPolicyLockoutSafetyCheck === true,
    doing: `attaching KMS Key policy (${keyId})`,
  });
}

async function stateOf(context: ResourceContext, id: string, old: PropertyMap): Promise<PropertyMap | null> {
  const reading = await readKey(context, id);
  if (reading === null) return null;
  const oldPolicy = textOf(old.policy);
  const kept = oldPolicy !== undefined && sameJson(oldPolicy, reading.policy);
  return { ...old, keyId: reading.metadata.KeyId ?? id, policy: kept ? oldPolicy : reading.policy };
}

async function presentState(context: ResourceContext, id: string, old: PropertyMap): Promise<PropertyMap> {
  const state = await stateOf(context, id, old);
  if (state === null) throw new Error(`reading KMS Key (${id}): couldn't find resource`);
  return state;
}

function rootPolicy(partition: string, account: string): string {
  return JSON.stringify({
    Id: "default",
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Enable IAM User Permissions",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
    ],
  });
}
