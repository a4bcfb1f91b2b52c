// cluster-key-form: the key that a cluster names can be one, as far as its text shows.
//
// Invariants
//   only known values are judged; a value that is not known yet is never compared
//   a key that the same stack makes is worth no word before its ARN is known: what cannot be seen is said at the end of the preview,
//     where it shows what the value is made from, and only when no key of the stack is
//   all that is wrong with a value is said at once
// Sources: Amazon ECS developer guide, fargate-create-storage-key (documented): no aliases, no multi-Region keys;
//   aws/containers-roadmap#2372 and terraform-provider-aws#45545 (reported): a bare id comes back as an ARN and so differs for ever.

import { partitionOf } from "../../../domain/arn";
import { type KeyProblem, type KeyReference, keyProblem, parseKeyReference } from "../../../domain/kms-key";
import { isProblem } from "../../../domain/problem";
import { type Look, lookAt, shown } from "../look";
import { CLUSTER, construction, EXTERNAL_KEY, KEY, NATIVE_CLUSTER, NATIVE_KEY } from "../resource-types";
import type { Finding, Rule, StackSubject, Subject } from "../rule";
import { fail, notApplicable, pass, unknown, type Verdict } from "../verdict";
import { FARGATE_KEY_PATH } from "./cluster-fargate-key";

const KEYS_TO_CREATE: readonly string[] = [KEY, NATIVE_KEY, EXTERNAL_KEY];

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
    "is not known yet is worth a word, at the end of the preview, only when no key of the same stack is what it waits for.",
  judges: [CLUSTER, NATIVE_CLUSTER],
  reads: {
    [CLUSTER]: ["configuration"],
    [NATIVE_CLUSTER]: ["configuration"],
    ...Object.fromEntries(KEYS_TO_CREATE.map((type) => [type, ["multiRegion"]])),
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

/** Clusters whose key cannot be seen yet, unless a key of the stack is what their configuration waits for. */
function checkUnseen(resources: readonly StackSubject[]): readonly Finding[] {
  const keys = new Set(resources.filter(becomesUsable).map(({ urn }) => urn));
  const clusters = resources.filter(({ type }) => type === CLUSTER || type === NATIVE_CLUSTER);
  return clusters
    .filter(({ madeFrom }) => !(madeFrom.configuration ?? []).some((urn) => keys.has(urn)))
    .flatMap((subject) => {
      const look = lookAt(subject.properties, FARGATE_KEY_PATH);
      return look.state === "unknown" ? [{ subject, verdict: unseen(subject, look.at) }] : [];
    });
}

/** Its ARN will have the right form; that of a multi-Region key would not. */
function becomesUsable({ type, properties }: StackSubject): boolean {
  const multiRegion = lookAt(properties, "multiRegion");
  return KEYS_TO_CREATE.includes(type) && (multiRegion.state === "absent" || isKnown(multiRegion, false));
}

function isKnown(look: Look, value: unknown): boolean {
  return look.state === "known" && look.value === value;
}

function unseen({ name }: Subject, at: string): Verdict {
  return unknown(
    at === FARGATE_KEY_PATH
      ? `The key of cluster "${name}" is not known yet, so its form cannot be checked.`
      : `The key of cluster "${name}" cannot be seen: ${at} is not known yet.`,
    "the update, at this rule's level, before it creates or changes the cluster",
  );
}

function judge(subject: Subject, value: unknown): Verdict {
  if (typeof value !== "string") return broken(subject, value, ["it is not a text"]);
  const problem = keyProblem(value);
  const key = parseKeyReference(value);
  const faults = [
    ...(problem === null ? [] : [FAULTS[problem.kind]]),
    ...(isProblem(key) ? [] : misplaced(key, subject.region)),
  ];
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
