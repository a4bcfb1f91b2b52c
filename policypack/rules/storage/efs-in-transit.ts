// efs-in-transit: tasks mount EFS volumes through TLS, and as their own task role.
//
// Invariants
//   only volumes that name an EFS file system are judged; every wrong one is named
//   what is surely wrong fails, whatever else of the volumes is not known yet
// Source: Amazon ECS developer guide, specify-efs-config (documented): both settings are DISABLED when omitted; IAM authorization
//   and access points need transit encryption.

import { blockAt, itemsAt } from "../block-at";
import { type Look, lookAt, shown, UNKNOWN } from "../look";
import { construction, NATIVE_TASK_DEFINITION, TASK_DEFINITION } from "../resource-types";
import type { Circumstances, Rule, Subject } from "../rule";
import { fail, notApplicable, pass, unknown, type Verdict } from "../verdict";

export const efsInTransit: Rule = {
  id: "efs-in-transit",
  title: "Tasks mount EFS volumes with transit encryption and IAM authorization.",
  levels: { baseline: "advisory", strict: "mandatory" },
  severity: "medium",
  controls: [
    { framework: "AWS Security Hub", version: "current", ids: ["ECS.18"] },
    { framework: "AWS Config", version: "current", ids: ["ecs-task-definition-efs-encryption-enabled"] },
    { framework: "NIST SP 800-53", version: "Rev. 5", ids: ["SC-8(1)"] },
    { framework: "checkov", version: "current", ids: ["CKV_AWS_97"] },
  ],
  why:
    "Without transit encryption the data of the volume crosses the network in the clear; without IAM authorization every " +
    "client that reaches the mount target may mount the file system.",
  remedy:
    "Set transitEncryption and authorizationConfig.iam to ENABLED on the volume, and let the task role mount the file " +
    "system: elasticfilesystem:ClientMount, and ClientWrite where it writes.",
  limits:
    "It judges task definitions that Pulumi makes. Whether the file system's policy refuses other clients stands in the " +
    "file system, not here.",
  example: [
    'new aws.ecs.TaskDefinition("web", {',
    '  family: "web",',
    '  containerDefinitions: "[]",',
    "  volumes: [",
    "    {",
    '      name: "data",',
    "      efsVolumeConfiguration: {",
    '        fileSystemId: "fs-0123456789abcdef0",',
    '        transitEncryption: "ENABLED",',
    '        authorizationConfig: { iam: "ENABLED" },',
    "      },",
    "    },",
    "  ],",
    "});",
  ],
  parameters: {
    requireIam: {
      description: "Whether volumes have to be mounted with IAM authorization too, not with transit encryption alone.",
      standard: true,
      accepts: { kind: "flag" },
    },
  },
  judges: [TASK_DEFINITION, NATIVE_TASK_DEFINITION],
  reads: { [TASK_DEFINITION]: ["volumes"], [NATIVE_TASK_DEFINITION]: ["volumes"] },
  checkResource: check,
};

const TRANSIT = "transitEncryption";
const IAM = "authorizationConfig.iam";

interface Volume {
  readonly name: string;
  /** The settings that have to be ENABLED. */
  readonly looks: readonly { readonly path: string; readonly look: Look }[];
  /** Whether the program has an authorizationConfig, which may name an access point. */
  readonly hasAuthorization: boolean;
}

function check(subject: Subject, circumstances: Circumstances): Verdict {
  const volumes = itemsAt(subject.properties, "volumes");
  if (volumes.state === "absent") return notApplicable("the task definition has no volumes");
  if (volumes.state === "unknown") return unseen(subject, volumes.at);
  const paths = circumstances.flag("requireIam") ? [TRANSIT, IAM] : [TRANSIT];
  const seen = volumes.items.map((volume, index) => efsVolume(volume, { index, paths }));
  const wrong = seen.filter((volume) => volume !== null).filter(({ looks }) => looks.some(({ look }) => isWrong(look)));
  if (wrong.length > 0) return exposed(subject, wrong);
  const hidden = seen.flatMap((volume) => volume?.looks ?? []).find(({ look }) => look.state === "unknown");
  if (hidden?.look.state === "unknown") return unseen(subject, hidden.look.at);
  if (seen.every((volume) => volume === null)) return notApplicable("the task definition has no EFS volumes");
  return pass("every EFS volume is mounted through TLS");
}

/** Null for a volume of another kind; one that may be of any kind has settings that are not known. */
function efsVolume(volume: unknown, { index, paths }: { index: number; paths: readonly string[] }): Volume | null {
  const at = `volumes[${index}]`;
  const named = lookAt(volume, "name");
  const name = named.state === "known" ? String(named.value) : at;
  const block = volume === UNKNOWN ? ({ state: "unknown", at } as const) : blockAt(volume, "efsVolumeConfiguration");
  if (block.state === "absent") return null;
  if (block.state === "unknown") {
    return { name, looks: [{ path: TRANSIT, look: { state: "unknown", at } }], hasAuthorization: false };
  }
  const hasAuthorization = blockAt(block.value, "authorizationConfig").state !== "absent";
  return { name, looks: paths.map((path) => ({ path, look: settingAt(block.value, { path, at }) })), hasAuthorization };
}

function settingAt(block: unknown, { path, at }: { path: string; at: string }): Look {
  const look = lookAt(block, path);
  return look.state === "unknown" ? { state: "unknown", at: `${at}.efsVolumeConfiguration.${look.at}` } : look;
}

function isWrong(look: Look): boolean {
  return look.state === "absent" || (look.state === "known" && look.value !== "ENABLED");
}

function unseen(subject: Subject, what: string): Verdict {
  return unknown(
    `How task definition "${subject.name}" mounts its EFS volumes cannot be seen: ${what} is not known yet.`,
    "the update, at this rule's level, before it creates or changes the task definition",
  );
}

function exposed(subject: Subject, wrong: readonly Volume[]): Verdict {
  const names = wrong.map(({ name }) => shown(name)).join(", ");
  const isPlain = wrong.some(({ looks }) => looks.some(({ path, look }) => path === TRANSIT && isWrong(look)));
  return fail({
    reason:
      `Task definition "${subject.name}" mounts EFS ${isPlain ? "without TLS" : "without IAM authorization"}: ` +
      `volume${wrong.length === 1 ? "" : "s"} ${names}.`,
    evidence: wrong.flatMap(({ name, looks }) =>
      looks
        .filter(({ look }) => isWrong(look))
        .map((one) => `volume ${shown(name)}: ${one.path} is ${written(one.look)}`),
    ),
    change: [`  ${construction(subject)}`, "    volumes: [", ...wrong.flatMap(changeOf), "    ],", "  });"],
  });
}

function written(look: Look): string {
  return look.state === "known" ? shown(look.value) : "absent, which is DISABLED";
}

function changeOf({ name, looks, hasAuthorization }: Volume): readonly string[] {
  const wrong = looks.filter(({ look }) => isWrong(look));
  const transit = wrong.filter(({ path }) => path === TRANSIT);
  const iam = wrong.filter(({ path }) => path === IAM);
  return [
    `      { name: ${shown(name)}, efsVolumeConfiguration: {`,
    ...transit.flatMap(({ look }) => replacing(look, "      transitEncryption: ")),
    ...iam.flatMap(({ look }) =>
      hasAuthorization
        ? ["        authorizationConfig: {", ...replacing(look, "        iam: "), "        },"]
        : ['+       authorizationConfig: { iam: "ENABLED" },'],
    ),
    "      } },",
  ];
}

/** What stands in the access point's block stays: only the one line changes. */
function replacing(look: Look, setting: string): readonly string[] {
  const old = look.state === "known" ? [`- ${setting}${shown(look.value)},`] : [];
  return [...old, `+ ${setting}"ENABLED",`];
}
