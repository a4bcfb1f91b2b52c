// cluster-key-form: the key that a cluster names can be one, as far as its text shows.
//
// Invariants
//   only known values are judged; a value that is not known yet is never compared
//   what an unknown value is made from shows at the end of the preview. It fails there when it surely is a key of the stack and none of
//     those can serve; made from an alias it may be the alias or its key, which is said; all other doubts are cluster-key-usable's
//   a cluster of which not even the presence of a key can be seen belongs to cluster-fargate-key, which has said so
//   all that is wrong with a value is said at once
// Sources: Amazon ECS developer guide, fargate-create-storage-key (documented): no aliases, no multi-Region keys;
//   aws/containers-roadmap#2372 and terraform-provider-aws#45545 (reported): a bare id comes back as an ARN and so differs for ever.

import { partitionOf } from "../../../domain/arn";
import { type KeyProblem, type KeyReference, keyProblem, parseKeyReference } from "../../../domain/kms-key";
import { isProblem } from "../../../domain/problem";
import { type Look, lookAt, shown } from "../look";
import { CLUSTER, construction, NATIVE_CLUSTER } from "../resource-types";
import type { Finding, Rule, StackSubject, Subject } from "../rule";
import { fargateKeyOf } from "../stack/fargate-key-of";
import { ALIAS_TYPES, clustersIn, FARGATE_KEY_PATH, KEY_TYPES, STAND_IN_READS } from "../stack/keys-of-cluster";
import { withUrns } from "../stack/once-a-stack";
import { fail, notApplicable, pass, unknown, type Verdict } from "../verdict";
import { unfitness } from "./key-of-stack";

export const clusterKeyForm: Rule = {
  id: "cluster-key-form",
  title: "A cluster's Fargate key is the ARN of a single-Region key in the cluster's own Region.",
  levels: { baseline: "mandatory", strict: "mandatory" },
  severity: "high",
  controls: [{ framework: "NIST SP 800-53", version: "Rev. 5", ids: ["SC-12"] }],
  why:
    "Fargate takes no alias, no multi-Region key and no key of another Region: the cluster is refused, or its tasks " +
    "do not start.",
  remedy: "Give the ARN of a symmetric single-Region key that lives in the cluster's Region.",
  limits:
    "It judges the text alone: whether the key exists, is enabled and lets Fargate use it stands in AWS. A bare key id " +
    "is advisory at every level: ECS accepts it, but answers with an ARN, so every preview shows a difference. A key that " +
    "the same stack makes is judged at the end of the preview, by its multiRegion and Region. What is made from an alias and " +
    "not known yet is reported as unknown there; of other keys from elsewhere cluster-key-usable speaks.",
  example: [
    "declare const key: aws.kms.Key; // cluster-key-usable shows one that Fargate can use",
    'new aws.ecs.Cluster("web", {',
    "  // the ARN: an alias is refused, a bare id differs at every preview",
    "  configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: key.arn } },",
    "});",
  ],
  judges: [CLUSTER, NATIVE_CLUSTER],
  reads: {
    [CLUSTER]: ["configuration"],
    [NATIVE_CLUSTER]: ["configuration"],
    ...STAND_IN_READS,
    ...Object.fromEntries(KEY_TYPES.map((type) => [type, ["arn", "multiRegion"]])),
  },
  checkResource: check,
  checkStack: checkUnseen,
};

function check(subject: Subject): Verdict {
  const look = lookAt(subject.properties, FARGATE_KEY_PATH);
  switch (look.state) {
    case "absent":
      return notApplicable("the cluster names no key; cluster-fargate-key speaks of that");
    case "unknown":
      return notApplicable("the key is not known yet: the end of the preview shows what it is made from");
    case "known":
      return judge(subject, look.value);
  }
}

/** Clusters whose key is wired and not known yet: what their configuration is made from has to answer for it. */
function checkUnseen(resources: readonly StackSubject[]): readonly Finding[] {
  return clustersIn(resources).flatMap((subject) => {
    const look = lookAt(subject.properties, FARGATE_KEY_PATH);
    if (look.state !== "unknown" || look.at !== FARGATE_KEY_PATH) return [];
    return [{ subject, verdict: bySources(subject, resources) }];
  });
}

function bySources(subject: StackSubject, resources: readonly StackSubject[]): Verdict {
  const key = fargateKeyOf(subject, resources);
  if (key.found !== "in-stack") return notApplicable("cluster-key-usable speaks of a key from outside the stack");
  const judged = key.candidates.map((one) => ({ key: one, fault: unfitness(one, subject.region) }));
  const [first] = judged;
  const isUnfit = judged.every(({ fault }) => fault !== null);
  if (first !== undefined && first.fault !== null && isUnfit && key.isSure) {
    return unfit(subject, first.key, first.fault);
  }
  if (isUnfit) return notApplicable("cluster-key-usable speaks of a key that may be one of this stack");
  const alias = aliasOf(subject, resources);
  if (alias === undefined) return pass("a key of this stack is wired");
  return unknown(
    `The key of cluster "${subject.name}" is made from alias "${alias.name}": Fargate takes the alias's targetKeyArn, not its arn.`,
    "the update, at this rule's level, before it creates or changes the cluster",
  );
}

/** The alias that the key must come from, since no key of the stack is a source by itself. */
function aliasOf(subject: StackSubject, resources: readonly StackSubject[]): StackSubject | undefined {
  const named = withUrns(resources, subject.madeFrom.configuration ?? []);
  if (named.some(({ type }) => KEY_TYPES.includes(type))) return undefined;
  return named.find(({ type }) => ALIAS_TYPES.includes(type));
}

function unfit(cluster: StackSubject, key: StackSubject, fault: string): Verdict {
  return fail({
    reason: `Fargate cannot use the key of cluster "${cluster.name}": ${fault}.`,
    evidence: [`the key is ${JSON.stringify(key.name)}, which this stack makes`],
    change: [
      construction(cluster),
      "  configuration: { managedStorageConfiguration: {",
      "    // a single-Region key of the cluster's Region",
      "    fargateEphemeralStorageKmsKeyId: key.arn,",
      "  } },",
      "});",
    ],
  });
}

/** What is wrong with a key's text for a cluster of this Region, each to follow "it cannot serve: "; a bare id is nothing wrong here. */
export function textFaults(value: string, region: Look): readonly string[] {
  const problem = keyProblem(value);
  const key = parseKeyReference(value);
  return [...(problem === null ? [] : [FAULTS[problem.kind]]), ...(isProblem(key) ? [] : misplaced(key, region))];
}

function judge(subject: Subject, value: unknown): Verdict {
  if (typeof value !== "string") return broken(subject, value, ["it is not a text"]);
  const key = parseKeyReference(value);
  const faults = textFaults(value, subject.region);
  if (faults.length > 0 || isProblem(key)) return broken(subject, value, faults);
  if (key.kind === "key-id") return bareId(subject, value);
  if (subject.region.state === "known") return pass("a single-Region key ARN of the cluster's Region");
  return unknown(
    `The Region of cluster "${subject.name}" cannot be seen, so it is not compared with its key's, ${key.region}.`,
    "ECS, which refuses a key of another Region when the cluster is created",
  );
}

const FAULTS: Readonly<Record<KeyProblem["kind"], string>> = {
  alias: "it is an alias",
  "multi-region": "it is a multi-Region key",
  "not-a-key": "it is not a key's ARN",
};

/** Why the key cannot serve a cluster of this Region; an unseen Region is compared with nothing. */
function misplaced(key: KeyReference, region: Look): readonly string[] {
  if (key.kind === "key-id" || region.state !== "known") return [];
  const here = String(region.value);
  const found: string[] = [];
  if (key.region !== here) found.push(`it is in ${key.region}, not in ${here}`);
  if (key.partition !== partitionOf(here)) {
    found.push(`it is of partition ${key.partition}, not ${partitionOf(here)}`);
  }
  return found;
}

function broken(subject: Subject, value: unknown, faults: readonly string[]): Verdict {
  return fail({
    reason: `Fargate cannot use the key of cluster "${subject.name}": ${faults.join("; ")}.`,
    evidence: [`fargateEphemeralStorageKmsKeyId is ${shown(value)}`],
    change: change(subject, shown(value)),
  });
}

function bareId(subject: Subject, value: string): Verdict {
  return fail({
    reason: `Cluster "${subject.name}" names its key by a bare id: every preview will show a difference.`,
    evidence: [`fargateEphemeralStorageKmsKeyId is ${shown(value)}`],
    change: change(subject, "key.id"),
    why: "ECS accepts the id and answers with the ARN, so the program and the cluster never agree.",
    weight: "advisory",
  });
}

function change(subject: Subject, now: string): readonly string[] {
  return [
    `  ${construction(subject)}`,
    "    configuration: { managedStorageConfiguration: {",
    `-     fargateEphemeralStorageKmsKeyId: ${now},`,
    "+     fargateEphemeralStorageKmsKeyId: key.arn,",
    "    } },",
    "  });",
  ];
}
