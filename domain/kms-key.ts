// References to KMS keys: an ARN or a bare key id; what cannot be a cluster's ephemeral storage key; whether two are the same.
//
// Invariants
//   sameKey is symmetric; nothing (null, an alias, a text that is no key) is the same as anything
//   formatKeyReference(parseKeyReference(text)) === text for every text that parses

import { formatArn, parseArn } from "./arn";
import { isProblem, type Problem, problem } from "./problem";

export interface KeyArn {
  readonly kind: "key-arn";
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly keyId: string;
  readonly odd: readonly string[];
}

export interface KeyId {
  readonly kind: "key-id";
  readonly keyId: string;
  readonly odd: readonly string[];
}

export type KeyReference = KeyArn | KeyId;

/** Why a reference cannot be a Fargate ephemeral storage key, by its text alone. */
export interface KeyProblem extends Omit<Problem, "kind"> {
  readonly kind: "alias" | "multi-region" | "not-a-key";
}

/** A key ARN or a bare key id. Aliases are not keys: they may point elsewhere tomorrow, and ECS refuses them. */
export function parseKeyReference(text: string): KeyReference | Problem {
  if (isAlias(text)) return problem("an alias, not a key", text, "give the key's ARN");
  if (!text.startsWith("arn:")) return parseKeyId(text);
  const arn = parseArn(text);
  if (isProblem(arn)) return arn;
  const { partition, region, account, service, resource } = arn;
  if (service !== "kms" || !resource.startsWith("key/") || region === "" || account === "") {
    return problem("not the ARN of a KMS key", text, "give arn:aws:kms:REGION:ACCOUNT:key/ID");
  }
  const key = parseKeyId(resource.slice("key/".length));
  if (isProblem(key)) return problem("a KMS key ARN without a key id", text, "give arn:aws:kms:REGION:ACCOUNT:key/ID");
  return { kind: "key-arn", partition, region, account, keyId: key.keyId, odd: [...arn.odd, ...key.odd] };
}

export function formatKeyReference(key: KeyReference): string {
  if (key.kind === "key-id") return key.keyId;
  const { partition, region, account, keyId } = key;
  return formatArn({ partition, service: "kms", region, account, resource: `key/${keyId}` });
}

/** The account of a key that is named by ARN; null for every other reference. */
export function accountOfKey(reference: string): string | null {
  const key = parseKeyReference(reference);
  return isProblem(key) || key.kind === "key-id" ? null : key.account;
}

/**
 * What keeps this reference from being a cluster's ephemeral storage key, or null.
 * Source: Amazon ECS developer guide, fargate-create-storage-key (documented): no aliases, no multi-Region keys.
 */
export function keyProblem(reference: string): KeyProblem | null {
  const remedy = "give the ARN of a single-Region symmetric customer managed key";
  if (isAlias(reference)) return { ...problem("Fargate does not take aliases", reference, remedy), kind: "alias" };
  const key = parseKeyReference(reference);
  if (isProblem(key)) return { ...key, kind: "not-a-key" };
  if (key.keyId.startsWith("mrk-")) {
    return { ...problem("Fargate does not take multi-Region keys", reference, remedy), kind: "multi-region" };
  }
  return null;
}

/**
 * Whether two references mean the same key: account, Region and key id when both are ARNs, the key id alone when one is bare
 * (ECS takes a bare id and answers with an ARN: reported in aws/containers-roadmap#2372). No key (null) equals nothing.
 */
export function sameKey(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false;
  const left = parseKeyReference(a);
  const right = parseKeyReference(b);
  if (isProblem(left) || isProblem(right) || left.keyId !== right.keyId) return false;
  if (left.kind === "key-id" || right.kind === "key-id") return true;
  return left.account === right.account && left.region === right.region && left.partition === right.partition;
}

const KEY_ID = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;
const READABLE_KEY_ID = /^(mrk-[0-9A-Za-z-]+|[0-9A-Za-z]+(-[0-9A-Za-z]+){4})$/;

function isAlias(text: string): boolean {
  return text.startsWith("alias/") || /^arn:[^:]*:kms:[^:]*:[^:]*:alias\//.test(text);
}

/** AWS's samples end in EXAMPLE11111: they are read, with a note. */
function parseKeyId(text: string): KeyId | Problem {
  if (KEY_ID.test(text)) return { kind: "key-id", keyId: text, odd: [] };
  if (READABLE_KEY_ID.test(text)) return { kind: "key-id", keyId: text, odd: [`key id ${text} is not a UUID`] };
  return problem("not a KMS key id", text, "give a key ARN, or an id such as 1234abcd-12ab-34cd-56ef-1234567890ab");
}
