// cluster-fargate-key: every ECS cluster names a key for Fargate's ephemeral storage.
//
// Invariants
//   only presence is judged, so a key that is made in the same stack passes while its ARN is still unknown
//   a preview decides on an absent key at its end, when the stack shows what runs on the cluster: only evidence of EC2 alone weakens the
//     verdict, and nothing drops it
//   an update decides at once: each resource is judged before it is created, and what would run on the cluster comes after it
// Source: Amazon ECS developer guide, fargate-create-storage-key (documented): the key is a setting of the cluster.

import { mergedReads } from "../launch/merged-reads";
import { type Look, lookAt, presenceOf } from "../look";
import { CLUSTER, NATIVE_CLUSTER } from "../resource-types";
import type { Circumstances, Finding, Rule, StackSubject, Subject } from "../rule";
import { clustersIn, FARGATE_KEY_PATH } from "../stack/keys-of-cluster";
import { notApplicable, pass, unknown, type Verdict } from "../verdict";
import { EC2_ONLY_READS, ec2OnlyEvidence } from "./ec2-only";
import { ec2Only, keyMissing } from "./key-missing";

const ACCEPT_EVIDENCE = "acceptEvidenceInUpdates";

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
    "itself, in components too; not those of a CloudFormation stack, a Cloud Control resource or a Terraform module. A preview " +
    "judges an absent key at its end. Where the stack shows that the cluster runs on EC2 only, by its capacity providers or by " +
    "all that launches on it, the violation is advisory and offers the entry of exemptClusters to paste. An update judges each " +
    "cluster before what runs on it and stops at it until that entry stands in the settings, or acceptEvidenceInUpdates is set. " +
    "What launches on the cluster from another stack is not seen.",
  example: [
    "declare const key: aws.kms.Key; // cluster-key-usable shows one that Fargate can use",
    'new aws.ecs.Cluster("web", {',
    "  configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: key.arn } },",
    "});",
  ],
  parameters: {
    [ACCEPT_EVIDENCE]: {
      description:
        "Whether an update, too, waits for its end before it decides on a cluster without a key: then it does not stop at a " +
        "cluster that runs on EC2 only, and sees every other only after it was created.",
      standard: false,
      accepts: { kind: "flag" },
    },
  },
  judges: [CLUSTER, NATIVE_CLUSTER],
  reads: mergedReads({ [CLUSTER]: ["configuration"], [NATIVE_CLUSTER]: ["configuration"] }, EC2_ONLY_READS),
  checkResource,
  checkStack,
  takesExemptions: true,
};

function checkResource(subject: Subject, circumstances: Circumstances): Verdict {
  switch (presenceOf(subject.properties, FARGATE_KEY_PATH)) {
    case "present":
      return pass("a key is wired to fargateEphemeralStorageKmsKeyId");
    case "unclear":
      return unknown(
        `Whether cluster "${subject.name}" names a key cannot be seen: ${unknownParent(subject)} is not known yet.`,
        "the update, at this rule's level, before it creates or changes the cluster",
      );
    case "absent":
      return decidesAtOnce(circumstances)
        ? keyMissing(subject)
        : notApplicable("there is no key; the end of the preview decides, when what runs on the cluster shows");
  }
}

/** By outputs, with the stack around them: the clusters that `checkResource` has left to the end. */
function checkStack(resources: readonly StackSubject[], circumstances: Circumstances): readonly Finding[] {
  if (decidesAtOnce(circumstances)) return [];
  return clustersIn(resources).map((subject) => ({ subject, verdict: atTheEnd(subject, resources) }));
}

function atTheEnd(cluster: StackSubject, resources: readonly StackSubject[]): Verdict {
  switch (presenceIn(cluster)) {
    case "present":
      return pass("a key is wired to fargateEphemeralStorageKmsKeyId");
    case "unclear":
      return notApplicable("its inputs have been judged");
    case "absent": {
      const evidence = ec2OnlyEvidence(cluster, resources);
      return evidence === null ? keyMissing(cluster) : ec2Only(cluster, evidence);
    }
  }
}

/** A preview may hold back the whole of a block that was made from something unknown: then the inputs have shown more. */
function presenceIn(cluster: StackSubject): "present" | "absent" | "unclear" {
  const isHeldBack =
    lookAt(cluster.properties, "configuration").state === "absent" &&
    (cluster.madeFrom.configuration ?? []).length > 0 &&
    !keepsOld(cluster);
  return isHeldBack ? "unclear" : presenceOf(cluster.properties, FARGATE_KEY_PATH);
}

/** A cluster that exists and ignores changes of the block keeps what it has, whatever the program makes the block from. */
function keepsOld({ properties, ignoredChanges }: StackSubject): boolean {
  const isIgnored = ignoredChanges.some((path) => path === "*" || `${FARGATE_KEY_PATH}.`.startsWith(`${path}.`));
  return isIgnored && lookAt(properties, "arn").state === "known";
}

function decidesAtOnce({ moment, flag }: Circumstances): boolean {
  return moment === "update" && !flag(ACCEPT_EVIDENCE);
}

function unknownParent({ properties }: Subject): string {
  const look: Look = lookAt(properties, FARGATE_KEY_PATH);
  return look.state === "unknown" ? look.at : FARGATE_KEY_PATH;
}
