// Finding the key that a caller means: by id, ARN, alias name or alias ARN, as each KMS operation allows.
// Source: the KeyId member of each operation, KMS API reference (documented).

import { arnOrNull } from "../../world/arns";
import { AwsError } from "../../world/aws-error";
import type { Key } from "../../world/key";
import type { Lane } from "../../world/lane";
import type { Context } from "../operation";

/** Throws NotFoundException, with KMS's text, when there is no such key, or its ARN names another Region (reported). */
export function findKey({ world, lane }: Context, reference: string | undefined, allowAlias = false): Key {
  const text = reference ?? "";
  const parsed = arnOrNull(text);
  if (parsed !== null && parsed.region !== lane.region) {
    throw new AwsError("NotFoundException", `Invalid arn ${parsed.region}`);
  }
  const home = parsed === null ? lane : world.lanes.get(`${parsed.account}/${parsed.region}`);
  const resource = parsed === null ? text : parsed.resource;
  const key = home === undefined ? undefined : keyIn(home, resource, allowAlias);
  if (key !== undefined) return key;
  throw new AwsError("NotFoundException", missingText(lane, text));
}

function keyIn(lane: Lane, resource: string, allowAlias: boolean): Key | undefined {
  if (resource.startsWith("alias/")) {
    const target = allowAlias ? lane.aliases.get(resource)?.targetKeyId : undefined;
    return target === undefined ? undefined : lane.keys.get(target);
  }
  return lane.keys.get(resource.startsWith("key/") ? resource.slice("key/".length) : resource);
}

function missingText(lane: Lane, text: string): string {
  if (text.includes("alias/")) return `Alias ${text} is not found.`;
  const arn = text.startsWith("arn:") ? text : `arn:${lane.partition}:kms:${lane.region}:${lane.account}:key/${text}`;
  return `Key '${arn}' does not exist`;
}
