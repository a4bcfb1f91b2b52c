// cluster-fargate-key: every ECS cluster names a key for Fargate's ephemeral storage.
//
// Invariants
//   only presence is judged, so a key that is made in the same stack passes while its ARN is still unknown
//   no other property, known or not, changes the verdict
// Source: Amazon ECS developer guide, fargate-create-storage-key (documented): the key is a setting of the cluster.

import { lookAt, presenceOf, shown } from "../look";
import { CLUSTER, construction, NATIVE_CLUSTER } from "../resource-types";
import type { Rule, Subject } from "../rule";
import { FARGATE_KEY_PATH } from "../stack/keys-of-cluster";
import { fail, pass, unknown, type Verdict } from "../verdict";

const STORAGE_PATH = "configuration.managedStorageConfiguration";

export const clusterFargateKey: Rule = {
  id: "cluster-fargate-key",
  title: "An ECS cluster gives Fargate a customer managed key for ephemeral storage.",
  levels: { baseline: "mandatory", strict: "mandatory" },
  severity: "high",
  controls: [
    { framework: "NIST SP 800-53", version: "Rev. 5", ids: ["SC-12", "SC-28(1)"] },
    { framework: "PCI DSS", version: "4.0.1", ids: ["3.5.1", "3.6.1"] },
    { framework: "HIPAA", version: "45 CFR", ids: ["164.312(a)(2)(iv)"] },
    { framework: "ISO/IEC 27001", version: "2022", ids: ["A.8.24"] },
    { framework: "SOC 2", version: "TSC 2017", ids: ["CC6.1"] },
  ],
  why:
    "Without it, the disks of Fargate tasks are encrypted with a key that AWS owns: you can neither audit its use " +
    "nor withdraw it. A key that is added later reaches a service only with its next deployment.",
  remedy:
    "Set configuration.managedStorageConfiguration.fargateEphemeralStorageKmsKeyId to the ARN of a key whose policy admits " +
    "fargate.amazonaws.com; EncryptedFargateCluster of fargate-cmk makes both.",
  limits:
    "It sees that a key is wired, not which one: cluster-key-form judges the value. It sees the clusters that Pulumi makes " +
    "itself, in components too; not those of a CloudFormation stack, a Cloud Control resource or a Terraform module. A " +
    "cluster that runs no task on Fargate belongs into exemptClusters of the settings.",
  example: [
    'const key = new aws.kms.Key("fargate", { enableKeyRotation: true });',
    'new aws.ecs.Cluster("web", {',
    "  configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: key.arn } },",
    "});",
  ],
  judges: [CLUSTER, NATIVE_CLUSTER],
  reads: { [CLUSTER]: ["configuration"], [NATIVE_CLUSTER]: ["configuration"] },
  checkResource: check,
  takesExemptions: true,
};

function check(subject: Subject): Verdict {
  switch (presenceOf(subject.properties, FARGATE_KEY_PATH)) {
    case "present":
      return pass("a key is wired to fargateEphemeralStorageKmsKeyId");
    case "unclear":
      return unknown(
        `Whether cluster "${subject.name}" names a key cannot be seen: ${unknownParent(subject)} is not known yet.`,
        "the update, at this rule's level, before it creates or changes the cluster",
      );
    case "absent":
      return fail({
        reason: `Cluster "${subject.name}" names no key for Fargate's ephemeral storage.`,
        evidence: ["fargateEphemeralStorageKmsKeyId is absent or empty", ...ignoredEvidence(subject)],
        change: change(subject),
      });
  }
}

function unknownParent({ properties }: Subject): string {
  const look = lookAt(properties, FARGATE_KEY_PATH);
  return look.state === "unknown" ? look.at : FARGATE_KEY_PATH;
}

/** A program that names a key would not understand the violation otherwise. */
function ignoredEvidence({ ignoredChanges }: Subject): readonly string[] {
  const ignored = ignoredChanges.filter((path) => path === "*" || path.split(/[.[]/)[0] === "configuration");
  return ignored.map(
    (path) => `ignoreChanges names ${shown(path)}: the value of the last update is kept, not the program's`,
  );
}

/** The block is shared with ECS Exec and with the key of EBS volumes: what stands there must stay. */
function change(subject: Subject): readonly string[] {
  return [
    construction(subject),
    "  configuration: {",
    ...keeping(siblings(subject, "configuration", "managedStorageConfiguration"), "    "),
    "    managedStorageConfiguration: {",
    ...keeping(siblings(subject, STORAGE_PATH, "fargateEphemeralStorageKmsKeyId"), "      "),
    "      // a KMS key whose policy admits fargate.amazonaws.com",
    "      fargateEphemeralStorageKmsKeyId: key.arn,",
    "    },",
    "  },",
    "});",
  ];
}

function keeping(names: readonly string[], indent: string): readonly string[] {
  return names.length === 0 ? [] : [`${indent}// keep ${names.join(", ")} as it is`];
}

function siblings({ properties }: Subject, path: string, except: string): readonly string[] {
  const look = lookAt(properties, path);
  if (look.state !== "known" || typeof look.value !== "object" || look.value === null) return [];
  return Object.keys(look.value).filter((name) => name !== except && !name.startsWith("__"));
}
