// ebs-volume-key: the EBS volumes that ECS attaches to tasks are encrypted with a key of their own, which Fargate's is not.
//
// Invariants
//   a cluster says nothing unless one of its services uses such volumes
//   the volume's own key counts first, then the cluster's default for volumes; a cluster from outside the stack may have one
//   only presence is judged, so a key that is made in the same stack passes while its ARN is still unknown
// Source: ECS API reference, ManagedStorageConfiguration and ServiceManagedEBSVolumeConfiguration (documented): two keys of a cluster,
//   one for ephemeral storage and one for volumes; the volume's own overrides the latter, and encryption is on unless it is turned off.

import { blockAt, isOff, itemsAt } from "../block-at";
import { type Look, lookAt, presenceOf, shown, UNKNOWN } from "../look";
import { CLUSTER, construction, NATIVE_CLUSTER, NATIVE_SERVICE, SERVICE } from "../resource-types";
import type { Finding, Rule, StackSubject } from "../rule";
import { type ClusterOf, clusterOf, NAMES_OF_CLUSTER } from "../stack/cluster-of";
import { keyedness } from "../stack/keys-of-cluster";
import { fail, notApplicable, pass, unknown, type Verdict } from "../verdict";
import { namesAwsManagedKey } from "./aws-managed-key";

/** Where a service names its volumes: the aws provider has one, aws-native a list. */
const VOLUMES: Readonly<Record<string, string>> = {
  [SERVICE]: "volumeConfiguration",
  [NATIVE_SERVICE]: "volumeConfigurations",
};
const DEFAULT_KEY_PATH = "configuration.managedStorageConfiguration.kmsKeyId";

export const ebsVolumeKey: Rule = {
  id: "ebs-volume-key",
  title: "EBS volumes that ECS attaches to tasks are encrypted with a customer managed key of their own.",
  levels: { baseline: "advisory", strict: "advisory" },
  severity: "medium",
  controls: [{ framework: "NIST SP 800-53", version: "Rev. 5", ids: ["SC-12", "SC-28(1)"] }],
  why:
    "The cluster's Fargate key covers ephemeral storage only. A volume without a key of its own takes the account's " +
    "default for EBS, which AWS manages unless somebody changed it.",
  remedy:
    "Set kmsKeyId on the volume, or managedStorageConfiguration.kmsKeyId on the cluster for all its volumes; the ECS " +
    "infrastructure role needs the key.",
  limits:
    "It judges services of the program, at the end of a preview or update. A cluster from outside the stack may have a " +
    "default key for volumes, so only volumes that turn encryption off are judged there. The account's default key for " +
    "EBS is not seen.",
  example: [
    'const key = new aws.kms.Key("volumes", { enableKeyRotation: true });',
    'new aws.ecs.Service("web", {',
    '  taskDefinition: "web:1",',
    "  volumeConfiguration: {",
    '    name: "data",',
    '    managedEbsVolume: { roleArn: "arn:aws:iam::111122223333:role/volumes", sizeInGb: 20, kmsKeyId: key.arn },',
    "  },",
    "});",
  ],
  judges: [SERVICE, NATIVE_SERVICE],
  reads: {
    [SERVICE]: ["cluster", "volumeConfiguration"],
    [NATIVE_SERVICE]: ["cluster", "volumeConfigurations"],
    [CLUSTER]: ["configuration", ...NAMES_OF_CLUSTER],
    [NATIVE_CLUSTER]: ["configuration", ...NAMES_OF_CLUSTER],
  },
  checkStack: check,
};

function check(resources: readonly StackSubject[]): readonly Finding[] {
  return resources.flatMap((service) => {
    const path = VOLUMES[service.type];
    if (path === undefined) return [];
    const volumes = itemsAt(service.properties, path);
    if (volumes.state === "absent") return [];
    const cluster = clusterOf(service, "cluster", resources);
    const states =
      volumes.state === "unknown"
        ? [unseen(path)]
        : volumes.items.map((volume, index) => stateOf(volume, { at: `${path}[${index}]`, cluster }));
    return [{ subject: service, verdict: verdictOf(service, { states, cluster }) }];
  });
}

type State = { readonly kind: "keyed" | "other" } | { readonly kind: "unseen"; readonly what: string } | Wrong;

interface Wrong {
  readonly kind: "wrong";
  readonly name: string;
  /** The lines of the program that have to go. */
  readonly old: readonly string[];
  readonly detail: string;
}

interface Place {
  readonly at: string;
  readonly cluster: ClusterOf;
}

function stateOf(volume: unknown, { at, cluster }: Place): State {
  const block: Look = volume === UNKNOWN ? { state: "unknown", at } : blockAt(volume, "managedEbsVolume");
  if (block.state === "absent") return { kind: "other" };
  if (block.state === "unknown") return unseen(at);
  const named = lookAt(volume, "name");
  const name = named.state === "known" ? String(named.value) : at;
  const encrypted = lookAt(block.value, "encrypted");
  if (encrypted.state === "known" && isOff(encrypted)) {
    const old = `encrypted: ${shown(encrypted.value)},`;
    return { kind: "wrong", name, old: [old], detail: `encrypted is ${shown(encrypted.value)}` };
  }
  const key = lookAt(block.value, "kmsKeyId");
  if (key.state === "known" && namesAwsManagedKey(key)) {
    const detail = `kmsKeyId is ${shown(key.value)}, which AWS manages`;
    return { kind: "wrong", name, old: [`kmsKeyId: ${shown(key.value)},`], detail };
  }
  const state = key.state === "absent" ? byCluster(name, cluster) : ({ kind: "keyed" } as const);
  return state.kind === "keyed" && encrypted.state === "unknown" ? unseen(`${at}.managedEbsVolume.encrypted`) : state;
}

/** A volume without a key takes the cluster's default for volumes. */
function byCluster(name: string, where: ClusterOf): State {
  if (where.found !== "in-stack") return { kind: "other" };
  const { properties, name: cluster } = where.cluster;
  switch (presenceOf(properties, DEFAULT_KEY_PATH)) {
    case "present":
      return { kind: "keyed" };
    case "unclear":
      return unseen(`the configuration of cluster "${cluster}"`);
    case "absent": {
      const detail = `kmsKeyId is absent, and managedStorageConfiguration of cluster "${cluster}" has none either`;
      return { kind: "wrong", name, old: [], detail };
    }
  }
}

function unseen(what: string): State {
  return { kind: "unseen", what };
}

function verdictOf(
  service: StackSubject,
  { states, cluster }: { states: readonly State[]; cluster: ClusterOf },
): Verdict {
  const wrong = states.filter((state) => state.kind === "wrong");
  const [first] = wrong;
  if (first !== undefined) {
    return fail({
      reason:
        `Service "${service.name}" attaches ${wrong.length === 1 ? "an EBS volume" : "EBS volumes"} without a key of yours: ` +
        `${wrong.map(({ name }) => shown(name)).join(", ")}.`,
      evidence: [
        ...wrong.map(({ name, detail }) => `volume ${shown(name)}: ${detail}`),
        ...(cluster.found === "in-stack" && keyedness(cluster.cluster) === "present"
          ? [`cluster "${cluster.cluster.name}" has a Fargate key: it covers ephemeral storage, not volumes`]
          : []),
      ],
      change: changeOf(service, wrong),
    });
  }
  const hidden = states.find((state) => state.kind === "unseen");
  if (hidden !== undefined) {
    return unknown(
      `Whether the EBS volumes of service "${service.name}" have a key cannot be seen: ${hidden.what} is not known yet.`,
      "the update, at its end",
    );
  }
  if (states.every(({ kind }) => kind === "other")) {
    return notApplicable("no managed EBS volume of this stack's clusters is without a key");
  }
  return pass("every managed EBS volume has a key");
}

function changeOf(service: StackSubject, wrong: readonly Wrong[]): readonly string[] {
  const isList = service.type === NATIVE_SERVICE;
  const property = VOLUMES[service.type];
  const indent = isList ? "    " : "  ";
  const opening = isList ? "" : `${property}: `;
  return [
    `  ${construction(service)}`,
    ...(isList ? [`    ${property}: [`] : []),
    ...wrong.flatMap(({ name, old }) => [
      `  ${indent}${opening}{ name: ${shown(name)}, managedEbsVolume: {`,
      ...old.map((line) => `- ${indent}  ${line}`),
      `+ ${indent}  kmsKeyId: key.arn,   // the infrastructure role needs it`,
      `  ${indent}} },`,
    ]),
    ...(isList ? ["    ],"] : []),
    "  });",
  ];
}
