// cluster-key-usable: Fargate can use the key that a cluster names: symmetric, enabled, and with a policy that lets Fargate in.
//
// Which rule says what of a cluster's Fargate key, so that one wrong thing is one violation
//   cluster-fargate-key   that there is none
//   cluster-key-form      its text, its Region, and that it is a multi-Region key
//   cluster-key-usable    that it is disabled, asymmetric or closed to Fargate; and all that cannot be seen of a key from elsewhere
//   key-not-disabled      disabled keys of ECS Exec and of volumes; and of Fargate where another key of the cluster will do
//   key-policy-not-public, key-administrator-present, key-rotation, key-deletion-window   the rest, of keys of the stack only
//
// Invariants
//   a cluster whose key may be one of several passes when one of them will do, and fails only when it surely is one of them
//   a policy that is left out is AWS's default, which never admits Fargate: it fails on the first preview (see key-properties.ts for how
//   that is told from a policy that is not known yet)
//   a key from outside the stack is `unknown` once a cluster, with the command that shows it; not where the component of the cluster
//   has read and judged that very key

import { parseKeyReference } from "../../../domain/kms-key";
import { isProblem } from "../../../domain/problem";
import { FITNESS_READS, type Fitness, fitnessOf, type Unfit, type Unseen } from "../key/fitness";
import { shown } from "../look";
import { CLUSTER, NATIVE_CLUSTER } from "../resource-types";
import type { Finding, Rule, StackSubject } from "../rule";
import { type FargateKeyOf, fargateKeyOf } from "../stack/fargate-key-of";
import { clustersIn } from "../stack/keys-of-cluster";
import { placeOfCluster } from "../stack/place-of-cluster";
import { fail, notApplicable, pass, type Unknown, unknown, type Verdict } from "../verdict";
import { textFaults } from "./cluster-key-form";

export const clusterKeyUsable: Rule = {
  id: "cluster-key-usable",
  title: "Fargate can use the key that a cluster names: it is enabled, symmetric, and its policy lets Fargate in.",
  levels: { baseline: "mandatory", strict: "mandatory" },
  severity: "high",
  controls: [{ framework: "NIST SP 800-53", version: "Rev. 5", ids: ["SC-12", "SC-28(1)"] }],
  why:
    "ECS looks at the key's state and kind only. It takes a key whose policy keeps Fargate out, and then no new task of the " +
    "cluster starts.",
  remedy:
    "Give the key the two statements for fargate.amazonaws.com that AWS documents, with the cluster's account and its name; " +
    "EphemeralStorageKey of fargate-cmk writes them.",
  limits:
    "It judges keys that the stack makes, by their policy, inline or in a KeyPolicy. A key from elsewhere is reported as unknown " +
    "once a cluster. While account and Region are not known, a policy passes that holds for those that it names; the end of the " +
    "update sees both. Policies of an organisation, grants, imported material and custom key stores are not seen.",
  example: [
    "const encryptionContext = {",
    '  "kms:EncryptionContext:aws:ecs:clusterAccount": "111122223333",',
    '  "kms:EncryptionContext:aws:ecs:clusterName": "web",',
    "};",
    'const fargate = { Effect: "Allow", Principal: { Service: "fargate.amazonaws.com" }, Resource: "*" };',
    'const key = new aws.kms.Key("fargate", {',
    "  enableKeyRotation: true,",
    "  policy: JSON.stringify({",
    '    Version: "2012-10-17",',
    "    Statement: [",
    '      { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*", Resource: "*" },',
    "      {",
    "        ...fargate,",
    '        Action: "kms:GenerateDataKeyWithoutPlaintext",',
    "        Condition: { StringEquals: encryptionContext },",
    "      },",
    "      {",
    "        ...fargate,",
    '        Action: "kms:CreateGrant",',
    "        Condition: {",
    "          StringEquals: encryptionContext,",
    '          "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] },',
    "        },",
    "      },",
    "    ],",
    "  }),",
    "});",
    'new aws.ecs.Cluster("web", {',
    '  name: "web",',
    "  configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: key.arn } },",
    "});",
  ],
  judges: [CLUSTER, NATIVE_CLUSTER],
  reads: FITNESS_READS,
  checkStack: (resources) => clustersIn(resources).flatMap((cluster) => check(cluster, resources)),
};

function check(cluster: StackSubject, resources: readonly StackSubject[]): readonly Finding[] {
  const key = fargateKeyOf(cluster, resources);
  switch (key.found) {
    case "none":
      return [];
    case "elsewhere":
      return [{ subject: cluster, verdict: fromElsewhere(cluster, key.named) }];
    case "in-stack":
      return [{ subject: cluster, verdict: fromStack(cluster, judgedKeys(cluster, key, resources), key.isSure) }];
  }
}

interface Judged {
  readonly key: StackSubject;
  readonly fitness: Fitness;
}

type InStack = Extract<FargateKeyOf, { found: "in-stack" }>;

function judgedKeys(cluster: StackSubject, { candidates }: InStack, resources: readonly StackSubject[]) {
  return candidates.map((key): Judged => ({ key, fitness: fitnessOf({ cluster, key, resources }) }));
}

function fromStack(cluster: StackSubject, judged: readonly Judged[], isSure: boolean): Verdict {
  if (judged.some(({ fitness }) => fitness.kind === "fit")) return pass("Fargate can use a key of this stack");
  for (const { key, fitness } of judged) {
    if (fitness.kind === "unseen") return unseen(cluster, key, fitness);
  }
  const unfit = judged
    .flatMap(({ key, fitness }) => (fitness.kind === "unfit" ? [{ key, fault: fitness }] : []))
    .toSorted((a, b) => a.fault.distance - b.fault.distance);
  const [nearest, ...others] = unfit;
  if (nearest === undefined) return notApplicable("the cluster names no key");
  if (!isSure) return perhaps(cluster, nearest);
  if (nearest.fault.of === "form") return notApplicable("cluster-key-form speaks of the key's form");
  return fail({
    reason: `Fargate cannot use key ${shown(nearest.key.name)} of cluster "${cluster.name}": ${nearest.fault.why}.`,
    evidence: [
      ...nearest.fault.evidence,
      ...others.map(({ key, fault }) => `nor can it use key ${shown(key.name)}: ${fault.why}`),
    ],
    change: nearest.fault.change,
    ...(nearest.fault.of === "policy" ? {} : { why: "ECS refuses the key when the cluster is created or changed." }),
  });
}

function unseen(cluster: StackSubject, key: StackSubject, { why, isSeenLater, saidBy }: Unseen): Verdict {
  if (saidBy !== undefined) return notApplicable(`${saidBy} speaks of it: ${why}`);
  return unknown(
    `Whether Fargate can use key ${shown(key.name)} of cluster "${cluster.name}" cannot be seen: ${why}.`,
    isSeenLater
      ? "the update, at its end"
      : "a task that starts on the key: fargate-cmk preflight launches one with --probe",
  );
}

/** The key may as well come from what no policy sees. */
function perhaps(
  cluster: StackSubject,
  { key, fault }: { readonly key: StackSubject; readonly fault: Unfit },
): Verdict {
  return unknown(
    `Whether Fargate can use the key of cluster "${cluster.name}" cannot be seen. ` +
      `If it is ${shown(key.name)}, it cannot: ${fault.why}.`,
    "the update, at its end, when the key is known",
  );
}

function fromElsewhere(cluster: StackSubject, named: string | null): Verdict {
  // What is no key, and a key of another Region, has no policy worth a look.
  if (named !== null && textFaults(named, cluster.region).length > 0) {
    return notApplicable("cluster-key-form speaks of the key's form");
  }
  if (JUDGING_COMPONENT.test(cluster.urn))
    return notApplicable("its EncryptedFargateCluster reads the key and judges it");
  return outsideTheStack(cluster, named);
}

/** A cluster right below the component that refuses an existing key which Fargate cannot use. */
const JUDGING_COMPONENT = /[:$]fargate-cmk:index:EncryptedFargateCluster\$[^$:]+:[^$:]+:[^$:]+::/;

function outsideTheStack(cluster: StackSubject, named: string | null): Unknown {
  const { account, region, clusterName } = placeOfCluster(cluster, { state: "absent" });
  const key = named === null ? null : parseKeyReference(named);
  const why = named === null ? "it is made from no key of this stack" : "the key is not part of this stack";
  const keyRegion = key !== null && !isProblem(key) && key.kind === "key-arn" ? key.region : region;
  const at = (value: string | null) => `--region ${word(value, "REGION")}`;
  return {
    ...unknown(
      `Whether Fargate can use the key of cluster "${cluster.name}" cannot be seen: ${why}.`,
      "you, in the key's account: its policy with this command, its state and its rotation with aws kms describe-key and " +
        "get-key-rotation-status",
    ),
    command:
      `aws kms get-key-policy --policy-name default --key-id ${word(named, "KEY-ARN")} ${at(keyRegion)} | ` +
      `fargate-cmk check-key-policy - --account ${word(account, "ACCOUNT")} --cluster ${word(clusterName, "NAME")} ${at(region)}`,
  };
}

/** What can be pasted into a shell as it is, and else what to put in its place. */
function word(value: string | null, placeholder: string): string {
  return value !== null && /^[\w:/.-]+$/.test(value) ? value : placeholder;
}
