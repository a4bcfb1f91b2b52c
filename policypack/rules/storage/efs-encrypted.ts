// efs-encrypted: an EFS file system is encrypted at rest, with a customer managed key where that is asked for.
//
// Invariants
//   a key without `encrypted: true` is a failure of its own: the provider asks for both, and EFS encrypts nothing without it
//   for the key only presence is judged, so one that is made in the same stack passes while its ARN is still unknown
// Sources: Amazon EFS user guide, encryption-at-rest (documented): the setting of a file system cannot be changed later;
//   EFS API reference, CreateFileSystem (documented): KmsKeyId needs Encrypted, and without a key alias/aws/elasticfilesystem is used.

import { isOn } from "../block-at";
import { lookAt, presenceOf, shown } from "../look";
import { construction, FILE_SYSTEM, NATIVE_FILE_SYSTEM } from "../resource-types";
import type { Circumstances, Rule, Subject } from "../rule";
import { fail, pass, unknown, type Verdict } from "../verdict";
import { namesAwsManagedKey } from "./aws-managed-key";

export const efsEncrypted: Rule = {
  id: "efs-encrypted",
  title: "An EFS file system is encrypted at rest.",
  levels: { baseline: "advisory", strict: "mandatory" },
  severity: "high",
  controls: [
    { framework: "AWS Security Hub", version: "current", ids: ["EFS.1"] },
    { framework: "CIS AWS Foundations", version: "5.0", ids: ["2.3.1"] },
    { framework: "NIST SP 800-53", version: "Rev. 5", ids: ["SC-13", "SC-28", "SC-28(1)"] },
    { framework: "checkov", version: "current", ids: ["CKV_AWS_42", "CKV_AWS_184"] },
  ],
  why:
    "Tasks keep on EFS what has to outlive them, and the cluster's Fargate key does not reach it: a file system has its " +
    "own encryption, which cannot be changed once it exists.",
  remedy:
    "Set encrypted: true, and kmsKeyId to a key of yours. A file system that exists is replaced by an empty one: copy its " +
    "data first.",
  limits:
    "It judges every file system of the program, mounted by tasks or not; one that another stack made is not seen. It sees " +
    "that a key is wired, not which one.",
  example: [
    'const key = new aws.kms.Key("files", { enableKeyRotation: true });',
    'new aws.efs.FileSystem("files", { encrypted: true, kmsKeyId: key.arn });',
  ],
  parameters: {
    requireCustomerKey: {
      description:
        "Whether the file system has to be encrypted with a customer managed key, not the one that AWS manages.",
      standard: false,
      strict: true,
      accepts: { kind: "flag" },
    },
  },
  judges: [FILE_SYSTEM, NATIVE_FILE_SYSTEM],
  reads: { [FILE_SYSTEM]: ["encrypted", "kmsKeyId"], [NATIVE_FILE_SYSTEM]: ["encrypted", "kmsKeyId"] },
  checkResource: check,
};

function check(subject: Subject, circumstances: Circumstances): Verdict {
  const encrypted = lookAt(subject.properties, "encrypted");
  if (encrypted.state === "unknown") {
    return unknown(
      `Whether file system "${subject.name}" is encrypted cannot be seen: encrypted is not known yet.`,
      "the update, at this rule's level, before it creates or changes the file system",
    );
  }
  if (!isOn(encrypted)) return unencrypted(subject);
  const key = lookAt(subject.properties, "kmsKeyId");
  const isOwn = key.state !== "absent" && !namesAwsManagedKey(key);
  if (isOwn || !circumstances.flag("requireCustomerKey")) return pass("the file system is encrypted");
  return fail({
    reason: `File system "${subject.name}" is encrypted with the key that AWS manages, not with one of yours.`,
    evidence: [key.state === "known" ? `kmsKeyId is ${shown(key.value)}` : "kmsKeyId is absent or empty", REPLACED],
    change: changeOf(subject, "kmsKeyId"),
    why: "You can neither change the policy of alias/aws/elasticfilesystem nor disable it: access cannot be withdrawn.",
  });
}

const REPLACED = "the change replaces the file system by an empty one: copy its data first";

function unencrypted(subject: Subject): Verdict {
  const encrypted = lookAt(subject.properties, "encrypted");
  const hasKey = presenceOf(subject.properties, "kmsKeyId") === "present";
  return fail({
    reason: `File system "${subject.name}" is not encrypted at rest.`,
    evidence: [
      `encrypted is ${encrypted.state === "known" ? shown(encrypted.value) : "absent, which is false"}`,
      ...(hasKey ? ["kmsKeyId is given, and takes effect only with encrypted: true"] : []),
      REPLACED,
    ],
    change: changeOf(subject, "encrypted"),
  });
}

/** The line that is wrong is replaced where the program has it, and added where it has not. */
function changeOf(subject: Subject, wrong: "encrypted" | "kmsKeyId"): readonly string[] {
  const encrypted = lookAt(subject.properties, "encrypted");
  const key = lookAt(subject.properties, "kmsKeyId");
  const isWired = key.state !== "absent" && !namesAwsManagedKey(key);
  const removed = [
    ...(wrong === "encrypted" && encrypted.state === "known" ? [`encrypted: ${shown(encrypted.value)},`] : []),
    ...(!isWired && key.state === "known" ? [`kmsKeyId: ${shown(key.value)},`] : []),
  ];
  const added = [...(wrong === "encrypted" ? ["encrypted: true,"] : []), ...(isWired ? [] : ["kmsKeyId: key.arn,"])];
  if (removed.length === 0) return [construction(subject), ...added.map((line) => `  ${line}`), "});"];
  return [
    `  ${construction(subject)}`,
    ...removed.map((line) => `-   ${line}`),
    ...added.map((line) => `+   ${line}`),
    "  });",
  ];
}
