// Which KMS keys of the stack a cluster uses, seen while their ARNs are not known yet.
//
// Invariants
//   dependencies are per top-level property (`configuration`), so ECS Exec's and EBS volumes' keys are among a cluster's sources
//   two unknown ARNs say nothing about each other: a key is named only when both ARNs are known
//   what a program only reads, by `get` or from another stack, is missing among the resources that a policy sees

import { parseKeyReference, sameKey } from "../../../domain/kms-key";
import { isProblem } from "../../../domain/problem";
import { type Look, lookAt, presenceOf, textsAt } from "../look";
import {
  CLUSTER,
  EXTERNAL_KEY,
  KEY,
  KEY_ALIAS,
  KEY_POLICY,
  NATIVE_CLUSTER,
  NATIVE_KEY,
  NATIVE_KEY_ALIAS,
  NATIVE_REPLICA_KEY,
  REPLICA_EXTERNAL_KEY,
  REPLICA_KEY,
} from "../resource-types";
import type { Rule, StackSubject } from "../rule";
import { inOrder, onceAStack, placesByText, typedOnceAStack, withUrns } from "./once-a-stack";

/** Where a cluster names the key of Fargate's ephemeral storage. */
export const FARGATE_KEY_PATH = "configuration.managedStorageConfiguration.fargateEphemeralStorageKmsKeyId";

export const CLUSTER_TYPES: readonly string[] = [CLUSTER, NATIVE_CLUSTER];
export const KEY_TYPES: readonly string[] = [
  KEY,
  NATIVE_KEY,
  EXTERNAL_KEY,
  REPLICA_KEY,
  NATIVE_REPLICA_KEY,
  REPLICA_EXTERNAL_KEY,
];
export const ALIAS_TYPES: readonly string[] = [KEY_ALIAS, NATIVE_KEY_ALIAS];
/** What stands for the key that it was made from: `alias.targetKeyArn`, `keyPolicy.id.apply(() => key.arn)`. */
export const STAND_INS: readonly string[] = [...ALIAS_TYPES, KEY_POLICY];
/** What a rule has to read for this, besides the clusters and the keys. */
export const STAND_IN_READS: Rule["reads"] = Object.fromEntries(STAND_INS.map((type) => [type, []]));

export const clustersIn = typedOnceAStack(CLUSTER_TYPES);

/** Whether the cluster names a key for Fargate, known or not; `unclear` when a parent of the property is unknown. */
export function keyedness(cluster: StackSubject): "present" | "absent" | "unclear" {
  return presenceOf(cluster.properties, FARGATE_KEY_PATH);
}

/** Keys of the stack that the cluster's configuration was made from, through aliases and KeyPolicies too, or that it names by ARN as Fargate's. */
export function keysOf(cluster: StackSubject, resources: readonly StackSubject[]): readonly StackSubject[] {
  const direct = cluster.madeFrom.configuration ?? [];
  const throughOthers = withUrns(resources, direct)
    .filter(({ type }) => STAND_INS.includes(type))
    .flatMap(({ madeFrom }) => Object.values(madeFrom).flat());
  const made = withUrns(resources, [...direct, ...throughOthers]).filter(isKey);
  const named = keysNamed(lookAt(cluster.properties, FARGATE_KEY_PATH), resources);
  return withUrns(
    resources,
    [...made, ...named].map(({ urn }) => urn),
  );
}

/** Of those, the keys that may be Fargate's; none when it comes from outside the stack, or there is none. */
export function fargateKeysOf(cluster: StackSubject, resources: readonly StackSubject[]): readonly StackSubject[] {
  const named = lookAt(cluster.properties, FARGATE_KEY_PATH);
  switch (named.state) {
    case "absent":
      return [];
    case "unknown":
      return keysOf(cluster, resources);
    // A key whose ARN is not known yet is not what is known: it is ECS Exec's, or that of the volumes.
    case "known":
      return keysNamed(named, resources);
  }
}

/** All keys of the stack that its clusters use, each once. */
export function keysOfClusters(resources: readonly StackSubject[]): readonly StackSubject[] {
  return [...new Set(clustersIn(resources).flatMap((cluster) => keysOf(cluster, resources)))];
}

export function isKey({ type }: { readonly type: string }): boolean {
  return KEY_TYPES.includes(type);
}

/** Keys of the stack that a known ARN or id is that of, by the properties that name a key. */
export function keysCalled(
  text: string,
  resources: readonly StackSubject[],
  properties: readonly string[] = ["arn"],
): readonly StackSubject[] {
  const id = keyIdIn(text);
  if (id === null) return [];
  const keys = keysIn(resources);
  return inOrder(keys, placesByKeyId(resources).get(id) ?? []).filter((key) =>
    textsAt(key.properties, properties).some((one) => sameKey(one, text)),
  );
}

function keysNamed(named: Look, resources: readonly StackSubject[]): readonly StackSubject[] {
  return named.state === "known" ? keysCalled(String(named.value), resources) : [];
}

const keysIn = typedOnceAStack(KEY_TYPES);

const placesByKeyId = onceAStack((resources) =>
  placesByText(keysIn(resources), ({ properties }) =>
    textsAt(properties, ["arn", "keyId"]).flatMap((text) => keyIdIn(text) ?? []),
  ),
);

/** Two references to one key have one key id. */
function keyIdIn(text: string): string | null {
  const key = parseKeyReference(text);
  return isProblem(key) ? null : key.keyId;
}
