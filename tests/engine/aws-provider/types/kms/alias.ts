// aws:kms/alias:Alias. A key given by ARN and one given by id are the same target; every read lists the account's aliases.

import {
  type AliasListEntry,
  CreateAliasCommand,
  DeleteAliasCommand,
  ListAliasesCommand,
  UpdateAliasCommand,
} from "@aws-sdk/client-kms";
import { calling, isCode } from "../../call-error";
import { REGION, string } from "../../input-schema";
import type { PropertyMap } from "../../property-values";
import type { ResourceContext, ResourceType } from "../../resource-type";
import { compact, textOf } from "../../state-values";
import { uniqueName } from "../../unique-name";

const PAGES_MAX = 100;

export const alias: ResourceType = {
  token: "aws:kms/alias:Alias",
  inputs: {
    name: { type: string(), computed: true, replaces: true, autoname: { prefix: "alias/" } },
    namePrefix: { type: string(), computed: true, replaces: true },
    region: REGION,
    targetKeyId: { type: string(), required: true },
  },
  outputs: ["arn", "targetKeyArn"],

  /** The same key by ARN and by id is no change. */
  adjustDiff(changes, olds, news) {
    const same = keyIdOf(textOf(olds.targetKeyId)) === keyIdOf(textOf(news.targetKeyId));
    return same ? changes.filter(({ property }) => property !== "targetKeyId") : changes;
  },

  async create(context, planned) {
    const AliasName = textOf(planned.name) ?? uniqueName(textOf(planned.namePrefix) ?? "alias/");
    const input = { AliasName, TargetKeyId: textOf(planned.targetKeyId) };
    const asked = context.aws.kms.send(new CreateAliasCommand(input));
    await calling(`creating KMS Alias (${AliasName})`, "KMS: CreateAlias", asked);
    context.created(AliasName);
    return { id: AliasName, state: await presentState(context, AliasName, planned) };
  },

  async read(context, { id, state }) {
    const now = await stateOf(context, id, state);
    return now === null ? null : { id, state: now };
  },

  async update(context, { id, news, changed }) {
    if (changed.has("targetKeyId")) {
      const input = { AliasName: id, TargetKeyId: textOf(news.targetKeyId) };
      const asked = context.aws.kms.send(new UpdateAliasCommand(input));
      await calling(`updating KMS Alias (${id})`, "KMS: UpdateAlias", asked);
    }
    return presentState(context, id, news);
  },

  async delete({ aws }, { id }) {
    try {
      const asked = aws.kms.send(new DeleteAliasCommand({ AliasName: id }));
      await calling(`deleting KMS Alias (${id})`, "KMS: DeleteAlias", asked);
    } catch (error) {
      if (!isCode(error, "NotFoundException")) throw error;
    }
  },
};

async function stateOf(context: ResourceContext, name: string, old: PropertyMap): Promise<PropertyMap | null> {
  const entry = await listedAlias(context, name);
  if (entry === undefined) return null;
  const arn = entry.AliasArn ?? "";
  const read = compact({ arn, name, targetKeyId: entry.TargetKeyId });
  return { ...old, ...read, targetKeyArn: arn.replace(/:alias\/.*$/, `:key/${entry.TargetKeyId}`) };
}

async function presentState(context: ResourceContext, name: string, old: PropertyMap): Promise<PropertyMap> {
  const state = await stateOf(context, name, old);
  if (state === null) throw new Error(`reading KMS Alias (${name}): couldn't find resource`);
  return state;
}

async function listedAlias({ aws }: ResourceContext, name: string): Promise<AliasListEntry | undefined> {
  let Marker: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const asked = aws.kms.send(new ListAliasesCommand(Marker === undefined ? {} : { Marker }));
    const answer = await calling(`reading KMS Alias (${name})`, "KMS: ListAliases", asked);
    const found = answer.Aliases?.find(({ AliasName }) => AliasName === name);
    Marker = answer.NextMarker;
    if (found !== undefined || Marker === undefined) return found;
  }
  return undefined;
}

function keyIdOf(reference: string | undefined): string | undefined {
  return reference?.replace(/^arn:.*:key\//, "");
}
