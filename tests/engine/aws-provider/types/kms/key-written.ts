// What Key and ExternalKey do alike with what a program says: its policy and tags are written, read back, and kept in its own wording.

import type { PropertyMap } from "../../property-values";
import type { ResourceContext } from "../../resource-type";
import { sameJson } from "../../same-json";
import { textMapOf, textOf } from "../../state-values";
import { type KeyKind, type KeyReading, policyReadsBack, readKey, writeKeyPolicy } from "./key-calls";
import { tagsReadBack } from "./key-changes";

/** After a creation, which has sent both. */
export async function readsBackAsWritten(context: ResourceContext, id: string, planned: PropertyMap): Promise<void> {
  const policy = textOf(planned.policy);
  if (policy !== undefined) await policyReadsBack(context, id, policy);
  const tags = textMapOf(planned.tagsAll);
  if (Object.keys(tags).length > 0) await tagsReadBack(context, id, tags);
}

export interface PolicyUpdate {
  readonly id: string;
  readonly news: PropertyMap;
  readonly kind: KeyKind;
}

export function updateKeyPolicy(context: ResourceContext, { id, news, kind }: PolicyUpdate): Promise<void> {
  return writeKeyPolicy(context, {
    keyId: id,
    policy: textOf(news.policy) ?? "{}",
    bypass: news.bypassPolicyLockoutSafetyCheck === true,
    doing: `updating ${kind} (${id}) policy`,
  });
}

export async function presentKey(context: ResourceContext, id: string, kind: KeyKind): Promise<KeyReading> {
  const reading = await readKey(context, id, kind);
  if (reading === null) throw new Error(`reading ${kind} (${id}): couldn't find resource`);
  return reading;
}

/** What reads as written keeps the wording of the program, so that a preview has nothing to say about it. */
export function policyState({ policy }: KeyReading, old: PropertyMap): string {
  const oldPolicy = textOf(old.policy);
  return oldPolicy !== undefined && sameJson(oldPolicy, policy) ? oldPolicy : policy;
}
