// exec-session-encrypted: where ECS Exec is used, its sessions have a key, and what they log goes to an encrypted place.
//
// Invariants
//   a cluster on which nothing turns Exec on, and that does not configure it, is not judged
//   for the key only presence is judged, so one that is made in the same stack passes while its ARN is still unknown
//   what is surely wrong fails, whatever else is not known yet
// Source: ECS API reference, ExecuteCommandConfiguration and ExecuteCommandLogConfiguration (documented): logConfiguration counts
//   with the logging OVERRIDE, and both encryption flags are off when omitted; developer guide, ecs-exec (documented): the session key.

import { blockAt, isOn } from "../block-at";
import { type Look, lookAt, presenceOf, shown } from "../look";
import { CLUSTER, construction, NATIVE_CLUSTER } from "../resource-types";
import type { Finding, Rule, StackSubject } from "../rule";
import { NAMES_OF_CLUSTER } from "../stack/cluster-of";
import { clustersIn } from "../stack/keys-of-cluster";
import { fail, pass, unknown, type Verdict } from "../verdict";
import { EXEC_USERS, type ExecUse, execUseOf } from "./exec-users";

const EXEC_PATH = "configuration.executeCommandConfiguration";

export const execSessionEncrypted: Rule = {
  id: "exec-session-encrypted",
  title: "ECS Exec sessions are encrypted with a customer managed key, and logged to an encrypted place.",
  levels: { baseline: "advisory", strict: "mandatory" },
  severity: "medium",
  controls: [
    { framework: "NIST SP 800-53", version: "Rev. 5", ids: ["SC-12", "SC-28(1)"] },
    { framework: "checkov", version: "current", ids: ["CKV_AWS_224"] },
  ],
  why:
    "A session shows what a task keeps on its encrypted disk, and its log keeps it. The cluster's Fargate key reaches " +
    "neither: Exec has a key of its own.",
  remedy:
    "Set kmsKeyId of the cluster's executeCommandConfiguration, and cloudWatchEncryptionEnabled or s3BucketEncryptionEnabled " +
    "where sessions are logged. The task role needs kms:Decrypt on the key, who opens a session kms:GenerateDataKey.",
  limits:
    "It judges clusters of the program, at the end of a preview or update, when they configure Exec or something of the " +
    "same program turns it on: a service, an event target, a schedule or a pipe. With the logging DEFAULT sessions go to " +
    "the tasks' own log groups, which log-group-key judges.",
  example: [
    'const key = new aws.kms.Key("exec", { enableKeyRotation: true });',
    'new aws.ecs.Cluster("web", {',
    "  configuration: {",
    "    executeCommandConfiguration: {",
    "      kmsKeyId: key.arn,",
    '      logging: "OVERRIDE",',
    '      logConfiguration: { cloudWatchLogGroupName: "/ecs/exec", cloudWatchEncryptionEnabled: true },',
    "    },",
    "  },",
    "});",
  ],
  judges: [CLUSTER, NATIVE_CLUSTER],
  reads: {
    [CLUSTER]: ["configuration", ...NAMES_OF_CLUSTER],
    [NATIVE_CLUSTER]: ["configuration", ...NAMES_OF_CLUSTER],
    ...EXEC_USERS,
  },
  checkStack: check,
};

function check(resources: readonly StackSubject[]): readonly Finding[] {
  return clustersIn(resources).flatMap((cluster) => {
    const use = execUseOf(cluster, resources);
    const block = blockAt(cluster.properties, EXEC_PATH);
    const isConfigured = block.state === "known" || (block.state === "unknown" && block.at === EXEC_PATH);
    if (!isConfigured && use.users.length === 0 && use.perhaps.length === 0) return [];
    const verdict = judge(cluster, { use, isConfigured });
    return verdict === null ? [] : [{ subject: cluster, verdict }];
  });
}

interface Fault {
  readonly says: string;
  readonly seen: string;
  /** The line below executeCommandConfiguration or its logConfiguration. */
  readonly setting: string;
  readonly isOfLog: boolean;
  readonly old: Look;
}

function judge(cluster: StackSubject, { use, isConfigured }: { use: ExecUse; isConfigured: boolean }): Verdict | null {
  const faults = [...keyFaults(cluster), ...logFaults(cluster)];
  if (!isConfigured && use.users.length === 0) {
    // Nothing is wrong unless Exec is used: only then does it matter who may use it.
    return faults.length === 0 ? null : hidden(cluster, `whether ${use.perhaps[0]} turns it on`);
  }
  if (faults.length > 0) return exposed(cluster, { faults, users: use.users });
  const unseen = unseenIn(cluster);
  return unseen === null ? pass("Exec sessions have a key, and no unencrypted log") : hidden(cluster, unseen);
}

function hidden(cluster: StackSubject, what: string): Verdict {
  return unknown(
    `Whether ECS Exec on cluster "${cluster.name}" is encrypted cannot be seen: ${what} is not known yet.`,
    "the update, at its end",
  );
}

function keyFaults({ properties }: StackSubject): readonly Fault[] {
  if (presenceOf(properties, `${EXEC_PATH}.kmsKeyId`) !== "absent") return [];
  return [
    {
      says: "sessions have no key of yours",
      seen: "executeCommandConfiguration.kmsKeyId is absent or empty",
      setting: "kmsKeyId: key.arn,   // the task role needs kms:Decrypt",
      isOfLog: false,
      old: { state: "absent" },
    },
  ];
}

const DESTINATIONS = [
  { what: "log group", name: "cloudWatchLogGroupName", flag: "cloudWatchEncryptionEnabled" },
  { what: "bucket", name: "s3BucketName", flag: "s3BucketEncryptionEnabled" },
] as const;

/** Places that sessions are logged to; none unless the cluster overrides where. */
function logFlags({ properties }: StackSubject) {
  const logging = lookAt(properties, `${EXEC_PATH}.logging`);
  if (logging.state !== "known" || logging.value !== "OVERRIDE") return [];
  return DESTINATIONS.filter(
    ({ name }) => presenceOf(properties, `${EXEC_PATH}.logConfiguration.${name}`) === "present",
  ).map((destination) => ({
    ...destination,
    look: lookAt(properties, `${EXEC_PATH}.logConfiguration.${destination.flag}`),
  }));
}

function logFaults(cluster: StackSubject): readonly Fault[] {
  return logFlags(cluster)
    .filter(({ look }) => look.state !== "unknown" && !isOn(look))
    .map(({ what, flag, look }) => ({
      says: `the ${what} they are logged to is not asked to be encrypted`,
      seen: `logConfiguration.${flag} is ${look.state === "known" ? shown(look.value) : "absent, which is false"}`,
      setting: `${flag}: true,`,
      isOfLog: true,
      old: look,
    }));
}

/** What is not known and decides, where nothing is surely wrong. */
function unseenIn(cluster: StackSubject): string | null {
  const { properties } = cluster;
  const keyPath = `${EXEC_PATH}.kmsKeyId`;
  const key = lookAt(properties, keyPath);
  if (key.state === "unknown" && key.at !== keyPath) return key.at;
  const logging = lookAt(properties, `${EXEC_PATH}.logging`);
  const isOverride = logging.state === "known" && logging.value === "OVERRIDE";
  const places = isOverride
    ? [lookAt(properties, `${EXEC_PATH}.logConfiguration`), ...logFlags(cluster).map(({ look }) => look)]
    : [];
  const unseen = [logging, ...places].find(({ state }) => state === "unknown");
  return unseen?.state === "unknown" ? unseen.at : null;
}

function exposed(
  cluster: StackSubject,
  { faults, users }: { faults: readonly Fault[]; users: readonly string[] },
): Verdict {
  return fail({
    reason: `ECS Exec on cluster "${cluster.name}": ${faults.map(({ says }) => says).join("; ")}.`,
    evidence: [
      ...faults.map(({ seen }) => seen),
      ...(users.length === 0 ? [] : [`Exec is turned on by ${users.slice(0, USERS_SHOWN_MAX).join(", ")}`]),
    ],
    change: changeOf(cluster, faults),
  });
}

const USERS_SHOWN_MAX = 5;

function changeOf(cluster: StackSubject, faults: readonly Fault[]): readonly string[] {
  const log = faults.filter(({ isOfLog }) => isOfLog);
  return [
    `  ${construction(cluster)}`,
    "    configuration: { executeCommandConfiguration: {",
    ...faults.filter(({ isOfLog }) => !isOfLog).map(({ setting }) => `+     ${setting}`),
    ...(log.length === 0
      ? []
      : [
          "      logConfiguration: {",
          ...log.flatMap(({ setting, old }) => [
            ...(old.state === "known" ? [`-       ${setting.replace("true,", `${shown(old.value)},`)}`] : []),
            `+       ${setting}`,
          ]),
          "      },",
        ]),
    "    } },",
    "  });",
  ];
}
