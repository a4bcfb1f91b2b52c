// Aliases: names that point to keys. Fargate takes none of them. Source: KMS API reference (documented).

import type {
  CreateAliasRequest,
  DeleteAliasRequest,
  ListAliasesRequest,
  UpdateAliasRequest,
} from "@aws-sdk/client-kms";
import { kmsArn } from "../../world/arns";
import { AwsError } from "../../world/aws-error";
import type { Alias } from "../../world/key";
import type { Lane } from "../../world/lane";
import { instant } from "../instant";
import type { Context } from "../operation";
import { findKey } from "./find-key";
import { kmsPage } from "./kms-page";

export function createAlias(context: Context, input: CreateAliasRequest) {
  const { lane, world } = context;
  const name = input.AliasName ?? "";
  if (!/^alias\/[\w/-]+$/.test(name) || name.startsWith("alias/aws/")) {
    throw new AwsError("InvalidAliasNameException", `Alias name ${name} is not valid: it must be alias/NAME.`);
  }
  if (lane.aliases.has(name)) {
    throw new AwsError("AlreadyExistsException", `An alias with the name ${kmsArn(lane, name)} already exists`);
  }
  const key = findKey(context, input.TargetKeyId);
  lane.aliases.set(name, { name, arn: kmsArn(lane, name), createdAtMs: world.nowMs, targetKeyId: key.id });
  return {};
}

export function updateAlias(context: Context, input: UpdateAliasRequest) {
  requireAlias(context.lane, input.AliasName).targetKeyId = findKey(context, input.TargetKeyId).id;
  return {};
}

export function deleteAlias({ lane }: Context, input: DeleteAliasRequest) {
  lane.aliases.delete(requireAlias(lane, input.AliasName).name);
  return {};
}

export function listAliases(context: Context, input: ListAliasesRequest) {
  const keyId = input.KeyId === undefined ? null : findKey(context, input.KeyId).id;
  const aliases = [...context.lane.aliases.values()].filter((alias) => keyId === null || alias.targetKeyId === keyId);
  const question = `aliases of ${keyId ?? "all"}`;
  const { items, ...more } = kmsPage(aliases, { ...input, standard: 50, most: 100, question });
  return { Aliases: items.map(aliasView), ...more };
}

function aliasView(alias: Alias) {
  const at = instant(alias.createdAtMs);
  return {
    AliasName: alias.name,
    AliasArn: alias.arn,
    TargetKeyId: alias.targetKeyId,
    CreationDate: at,
    LastUpdatedDate: at,
  };
}

function requireAlias(lane: Lane, name: string | undefined): Alias {
  const alias = lane.aliases.get(name ?? "");
  if (alias !== undefined) return alias;
  throw new AwsError("NotFoundException", `Alias ${kmsArn(lane, name ?? "")} is not found.`);
}
