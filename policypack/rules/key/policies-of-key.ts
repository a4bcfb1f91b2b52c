// The policy of a key of the stack: inline, in a KeyPolicy resource beside it, or AWS's default.
//
// Invariants
//   a KeyPolicy resource counts in place of what the key itself holds: it is applied after the key
//   a policy that the program leaves out is AWS's default, which delegates to the account and admits nobody else (AWS KMS developer
//   guide, "Default key policy", documented); an IAM policy cannot admit a service
//   a KeyPolicy of which it is not known whose key it is for may be this key's: the default is then not sure

import { sameKey } from "../../../domain/kms-key";
import { lookAt, shown, unknownsIn } from "../look";
import { CLUSTER, classOf, KEY_POLICY, NATIVE_CLUSTER } from "../resource-types";
import type { Rule, StackSubject } from "../rule";
import { ALIAS_TYPES, isKey, KEY_TYPES, keysCalled, STAND_IN_READS } from "../stack/keys-of-cluster";
import { onceAStack, withUrns } from "../stack/once-a-stack";
import { givenAt, keyProperties, keyReads } from "./key-properties";

interface Held {
  /** The resource that holds it, and under which property. */
  readonly holder: StackSubject;
  readonly property: string;
}

export interface KnownPolicy extends Held {
  readonly state: "known";
  /** As text, or as its JSON value. */
  readonly document: unknown;
}

export interface UnseenPolicy extends Held {
  readonly state: "default" | "unknown";
}

export type PolicyOfKey = KnownPolicy | UnseenPolicy;

/** What a rule has to read of KeyPolicy resources. */
export const KEY_POLICY_READS: readonly string[] = ["keyId", "policy"];

/** What a rule about the policies of keys judges and reads. */
export const POLICY_HOLDERS: readonly string[] = [...KEY_TYPES, KEY_POLICY];
export const POLICY_READS: Rule["reads"] = {
  [CLUSTER]: ["configuration"],
  [NATIVE_CLUSTER]: ["configuration"],
  ...STAND_IN_READS,
  [KEY_POLICY]: KEY_POLICY_READS,
  ...keyReads(["policy"], ["arn"]),
};

/** A policy that names who may administer the key, and nobody else. */
export const CLOSED_POLICY_EXAMPLE: readonly string[] = [
  'new aws.kms.Key("fargate", {',
  "  enableKeyRotation: true,",
  "  policy: JSON.stringify({",
  '    Version: "2012-10-17",',
  "    Statement: [",
  '      { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*", Resource: "*" },',
  "    ],",
  "  }),",
  "});",
];

/** A line for a message, where it is not the key that holds the policy. */
export function heldBy({ holder }: PolicyOfKey, key: StackSubject): readonly string[] {
  return holder.urn === key.urn ? [] : [`the policy is that of ${classOf(holder.type)} ${shown(holder.name)}`];
}

/** At least one; several only where several KeyPolicy resources name the key. */
export function policiesOfKey(key: StackSubject, resources: readonly StackSubject[]): readonly PolicyOfKey[] {
  const { ofKeys, hasStray } = separateIn(resources);
  const own = ofKeys.get(key.urn) ?? [];
  if (own.length > 0) return own.map((holder) => policyIn(holder, "policy"));
  const inline = policyIn(key, keyProperties(key.type).policy);
  if (inline.state !== "default" || !hasStray) return [inline];
  return [{ state: "unknown", holder: inline.holder, property: inline.property }];
}

/** KeyPolicy resources by the URN of their key, and whether one may be any key's. */
const separateIn = onceAStack((resources) => {
  const separate = resources.filter(({ type }) => type === KEY_POLICY);
  const ofKeys = new Map<string, StackSubject[]>();
  for (const one of separate) {
    for (const { urn } of keysOfPolicy(one, resources)) ofKeys.set(urn, [...(ofKeys.get(urn) ?? []), one]);
  }
  return { ofKeys, hasStray: separate.some((one) => isForSomeKey(one, resources)) };
});

function keysOfPolicy(separate: StackSubject, resources: readonly StackSubject[]): readonly StackSubject[] {
  const named = lookAt(separate.properties, "keyId");
  const called = named.state === "known" ? keysCalled(String(named.value), resources) : [];
  const made = withUrns(resources, sourcesOf(separate, resources)).filter(isKey);
  return [...new Set([...called, ...made])].filter((key) => isFor(separate, key, resources));
}

function policyIn(holder: StackSubject, property: string): PolicyOfKey {
  const look = givenAt(holder, property);
  if (look.state === "absent") return { state: "default", holder, property };
  if (look.state === "unknown" || unknownsIn(look.value) > 0) return { state: "unknown", holder, property };
  return { state: "known", holder, property, document: look.value };
}

function isFor(separate: StackSubject, key: StackSubject, resources: readonly StackSubject[]): boolean {
  const named = lookAt(separate.properties, "keyId");
  const arn = lookAt(key.properties, "arn");
  if (named.state === "known" && arn.state === "known") return sameKey(String(named.value), String(arn.value));
  return sourcesOf(separate, resources).has(key.urn);
}

/** Its key is not known yet, and no key of the stack. */
function isForSomeKey(separate: StackSubject, resources: readonly StackSubject[]): boolean {
  const sources = sourcesOf(separate, resources);
  if (lookAt(separate.properties, "keyId").state !== "unknown") return false;
  return !withUrns(resources, sources).some(isKey);
}

function sourcesOf(separate: StackSubject, resources: readonly StackSubject[]): ReadonlySet<string> {
  const direct = separate.madeFrom.keyId ?? [];
  const throughAliases = withUrns(resources, direct)
    .filter(({ type }) => ALIAS_TYPES.includes(type))
    .flatMap(({ madeFrom }) => Object.values(madeFrom).flat());
  return new Set([...direct, ...throughAliases]);
}
