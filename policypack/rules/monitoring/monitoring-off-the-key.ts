// monitoring-off-the-key: alarms and trails are not encrypted with the Fargate key that they watch.
//
// Invariants
//   only what surely tells people of trouble is judged; topics and log groups of other use may share the key
//   a failure needs the same key on both sides: one key of the stack, or equal known references
//   a cluster that may have several keys while ARNs are not known is `unknown`, never a failure
// Source: Amazon SNS developer guide, sns-key-management, and CloudTrail user guide, encrypting-cloudtrail-log-files-with-aws-kms
//   (documented): publishing to the topic and delivering the trail use the key; that disabling it silences them follows.

import { sameKey } from "../../../domain/kms-key";
import { lookAt, shown } from "../look";
import { CLUSTER, construction, NATIVE_CLUSTER } from "../resource-types";
import type { Finding, Rule, StackSubject } from "../rule";
import { fargateKeyOf } from "../stack/fargate-key-of";
import { ALIAS_TYPES, clustersIn, KEY_TYPES } from "../stack/keys-of-cluster";
import { fail, pass, unknown, type Verdict } from "../verdict";
import { KEY_PROPERTY, RECEIVERS, type Receiver, receiversIn } from "./alarm-receivers";
import { ALIAS_PROPERTIES, type NamedKeys, namedKeys } from "./named-keys";

export const monitoringOffTheKey: Rule = {
  id: "monitoring-off-the-key",
  title: "Alarms and trails are not encrypted with the Fargate key that they watch.",
  levels: { baseline: "advisory", strict: "mandatory" },
  severity: "high",
  controls: [{ framework: "NIST SP 800-53", version: "Rev. 5", ids: ["SC-12"] }],
  why:
    "When the key is disabled or scheduled for deletion, tasks no longer start, and the alarm that would say so cannot be " +
    "published, or the trail not be delivered: the failure silences its own alarm.",
  remedy:
    "Encrypt topics that alarms reach, trails and their log groups with a key of their own, which no cluster uses for Fargate.",
  limits:
    "It runs at the end of a preview or update, on topics and log groups of the program that an alarm, or a rule for events " +
    "of AWS's own watchers, reaches, and on trails and their log groups. The bucket of a trail is not seen, nor queues and " +
    "functions behind a topic.",
  example: [
    'const fargate = new aws.kms.Key("fargate", { enableKeyRotation: true });',
    'new aws.ecs.Cluster("web", {',
    "  configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: fargate.arn } },",
    "});",
    'const monitoring = new aws.kms.Key("monitoring", { enableKeyRotation: true });',
    'const alarms = new aws.sns.Topic("alarms", { kmsMasterKeyId: monitoring.arn });',
    'new aws.cloudwatch.MetricAlarm("grants", {',
    '  comparisonOperator: "GreaterThanThreshold",',
    "  evaluationPeriods: 1,",
    '  namespace: "AWS/Usage",',
    '  metricName: "CallCount",',
    "  threshold: 40,",
    "  alarmActions: [alarms.arn],",
    "});",
  ],
  judges: Object.keys(KEY_PROPERTY),
  reads: {
    ...RECEIVERS,
    [CLUSTER]: ["configuration"],
    [NATIVE_CLUSTER]: ["configuration"],
    ...Object.fromEntries(ALIAS_TYPES.map((type) => [type, ALIAS_PROPERTIES])),
    ...Object.fromEntries(KEY_TYPES.map((type) => [type, ["arn", "keyId"]])),
  },
  checkStack: check,
};

function check(resources: readonly StackSubject[]): readonly Finding[] {
  const watched = clustersIn(resources).flatMap((cluster) => watchedKey(cluster, resources));
  if (watched.length === 0) return [];
  return receiversIn(resources).flatMap((receiver) => {
    const named = namedKeys(receiver.subject, receiver.property, resources);
    if (named.texts.length + named.keys.length === 0) return [];
    return [{ subject: receiver.subject, verdict: judge(receiver, { named, watched }) }];
  });
}

interface WatchedKey extends NamedKeys {
  readonly cluster: string;
}

/** The Fargate key of a cluster; none when it has none, or nothing of it can be seen. */
function watchedKey(cluster: StackSubject, resources: readonly StackSubject[]): readonly WatchedKey[] {
  const { name } = cluster;
  const key = fargateKeyOf(cluster, resources);
  switch (key.found) {
    case "none":
      return [];
    case "elsewhere":
      return key.named === null ? [] : [{ cluster: name, texts: [key.named], keys: [], isSure: true }];
    case "in-stack":
      // Among several it may be ECS Exec's or the volumes' key that is shared.
      return [{ cluster: name, texts: [], keys: key.candidates, isSure: key.isSure && key.candidates.length === 1 }];
  }
}

interface Keys {
  readonly named: NamedKeys;
  readonly watched: readonly WatchedKey[];
}

function judge(receiver: Receiver, { named, watched }: Keys): Verdict {
  const shared = watched.filter((one) => isShared(named, one));
  const [sure] = shared.filter(({ isSure }) => isSure && named.isSure);
  if (sure !== undefined) return silenced(receiver, sure);
  const [perhaps] = shared;
  if (perhaps === undefined) return pass("no cluster uses its key for Fargate");
  return unknown(
    `Whether ${kindOf(receiver)} "${receiver.subject.name}" is encrypted with the Fargate key of cluster "${perhaps.cluster}" ` +
      "cannot be seen: the cluster has a key in common with it, whose use is not known yet.",
    "the update, at its end",
  );
}

function isShared(named: NamedKeys, watched: NamedKeys): boolean {
  if (named.keys.some((key) => watched.keys.includes(key))) return true;
  return named.texts.some((text) => watched.texts.some((one) => sameKey(one, text)));
}

function kindOf({ subject: { type } }: Receiver): string {
  if (type.endsWith(":Topic")) return "topic";
  return type.endsWith(":Trail") ? "trail" : "log group";
}

const ROLES_SHOWN_MAX = 5;

function silenced(receiver: Receiver, { cluster, keys }: WatchedKey): Verdict {
  const { subject, property, roles } = receiver;
  const named = lookAt(subject.properties, property);
  const [key] = keys;
  return fail({
    reason: `The ${kindOf(receiver)} "${subject.name}" is encrypted with the Fargate key of cluster "${cluster}", which it watches.`,
    evidence: [
      ...(named.state === "known" ? [`${property} is ${shown(named.value)}`] : []),
      ...(key === undefined ? [] : [`the key is "${key.name}", which this stack makes`]),
      ...roles.slice(0, ROLES_SHOWN_MAX),
    ],
    change: [
      construction(subject),
      "  // a key of its own, which no cluster uses for Fargate",
      `  ${property}: monitoringKey.arn,`,
      "});",
    ],
  });
}
