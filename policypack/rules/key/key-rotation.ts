// key-rotation: the keys that a cluster uses rotate by themselves.
//
// Why a check of the stack: which keys a cluster uses shows only in what its `configuration` was made from. A check of one resource
// would have to judge every key of the program, or trust a tag that people forget; dependencies hold while ARNs are unknown.
//
// Invariants
//   a key that cannot rotate is not judged: replicas, imported material, key stores, all that is not a symmetric encryption key
//   a key from outside the stack is not judged: cluster-key-usable says once a cluster that it cannot be seen, and how it is
// Sources: AWS KMS developer guide, rotating-keys-enable (documented): automatic rotation only for symmetric encryption keys with
//   material that KMS made; a replica shares its primary's rotation.

import { isOn } from "../block-at";
import { lookAt, shown } from "../look";
import {
  CLUSTER,
  construction,
  EXTERNAL_KEY,
  KEY,
  NATIVE_CLUSTER,
  NATIVE_KEY,
  NATIVE_REPLICA_KEY,
  REPLICA_EXTERNAL_KEY,
  REPLICA_KEY,
} from "../resource-types";
import type { Finding, Rule, StackSubject, Subject } from "../rule";
import { keysOfClusters, STAND_IN_READS } from "../stack/keys-of-cluster";
import { fail, notApplicable, pass, unknown, type Verdict } from "../verdict";

const ROTATION_PROPERTIES = ["arn", "enableKeyRotation", "keyUsage", "customKeyStoreId"];
const KEY_PROPERTIES: Rule["reads"] = {
  [KEY]: [...ROTATION_PROPERTIES, "customerMasterKeySpec", "xksKeyId"],
  [NATIVE_KEY]: [...ROTATION_PROPERTIES, "keySpec", "origin"],
  [REPLICA_KEY]: ["arn"],
  [NATIVE_REPLICA_KEY]: ["arn"],
  [EXTERNAL_KEY]: ["arn"],
  [REPLICA_EXTERNAL_KEY]: ["arn"],
};

export const keyRotation: Rule = {
  id: "key-rotation",
  title: "A KMS key that a cluster uses rotates by itself.",
  levels: { baseline: "advisory", strict: "mandatory" },
  severity: "medium",
  controls: [
    { framework: "AWS Security Hub", version: "current", ids: ["KMS.4"] },
    { framework: "NIST SP 800-53", version: "Rev. 5", ids: ["SC-12", "SC-12(2)", "SC-28(3)"] },
    { framework: "PCI DSS", version: "4.0.1", ids: ["3.7.4"] },
    { framework: "CIS AWS Foundations", version: "5.0", ids: ["3.6"] },
  ],
  why:
    "Rotation limits how much data one key material protects. The ARN stays, nothing is deployed again, and what " +
    "was encrypted before stays readable.",
  remedy: "Set enableKeyRotation: true on the key.",
  limits:
    "It runs at the end of a preview or update, on the keys that a cluster's configuration was made from or whose ARN " +
    "it names, ECS Exec's and EBS volumes' keys among them. Replicas, imported material, key stores and asymmetric " +
    "keys do not rotate by themselves and are not judged; nor is a key from outside the stack: cluster-key-usable says how to see it.",
  example: ['new aws.kms.Key("fargate", { enableKeyRotation: true });'],
  judges: [CLUSTER, NATIVE_CLUSTER],
  reads: {
    [CLUSTER]: ["configuration"],
    [NATIVE_CLUSTER]: ["configuration"],
    ...STAND_IN_READS,
    ...KEY_PROPERTIES,
  },
  checkStack: check,
};

function check(resources: readonly StackSubject[]): readonly Finding[] {
  return keysOfClusters(resources).map((key) => ({ subject: key, verdict: rotationOf(key) }));
}

/** Whether one key rotates, or why it cannot. */
export function rotationOf(key: Subject): Verdict {
  const unable = whyNotAble(key);
  if (unable !== null) return notApplicable(`key "${key.name}" cannot rotate by itself: ${unable}`);
  const looks = ["enableKeyRotation", ...ABILITY.map(({ path }) => path)].map((path) => lookAt(key.properties, path));
  const rotation = lookAt(key.properties, "enableKeyRotation");
  if (isOn(rotation)) return pass(`key "${key.name}" rotates by itself`);
  const unseen = looks.find((look) => look.state === "unknown");
  if (unseen?.state === "unknown") {
    return unknown(
      `Whether key "${key.name}" rotates cannot be seen: ${unseen.at} is not known yet.`,
      "the update, at its end",
    );
  }
  return fail({
    reason: `Key "${key.name}" does not rotate by itself, and a cluster uses it.`,
    evidence: [`enableKeyRotation is ${rotation.state === "known" ? shown(rotation.value) : "absent, which is false"}`],
    change: [construction(key), "  enableKeyRotation: true,", "});"],
  });
}

interface Ability {
  readonly path: string;
  /** The value with which a key can rotate; null when the property must be absent. */
  readonly able: string | null;
}

const ABILITY: readonly Ability[] = [
  { path: "customKeyStoreId", able: null },
  { path: "xksKeyId", able: null },
  { path: "keyUsage", able: "ENCRYPT_DECRYPT" },
  { path: "customerMasterKeySpec", able: "SYMMETRIC_DEFAULT" },
  { path: "keySpec", able: "SYMMETRIC_DEFAULT" },
  { path: "origin", able: "AWS_KMS" },
];

function whyNotAble(key: Subject): string | null {
  if (key.type === REPLICA_KEY || key.type === NATIVE_REPLICA_KEY)
    return "a replica shares the rotation of its primary key";
  if (key.type === EXTERNAL_KEY || key.type === REPLICA_EXTERNAL_KEY) return "its material is imported";
  for (const { path, able } of ABILITY) {
    const look = lookAt(key.properties, path);
    if (look.state === "known" && look.value !== able) return `${path} is ${shown(look.value)}`;
  }
  return null;
}
