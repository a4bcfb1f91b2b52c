// Stacks that monitoring-off-the-key judges: one of each kind that tells people of trouble, with a key of its own and with the cluster's.

import type { Properties } from "../../../policypack/rules/look";
import {
  CLUSTER,
  EVENT_RULE,
  EVENT_TARGET,
  KEY,
  LOG_GROUP,
  METRIC_ALARM,
  NATIVE_ALARM,
  NATIVE_EVENT_RULE,
  NATIVE_TOPIC,
  NATIVE_TRAIL,
  TOPIC,
  TRAIL,
} from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import { MONITORING_KEY_ARN } from "../compliant/monitoring";
import { clusterProperties, KEY_ARN, subject } from "../subjects";
import type { Scene } from "./scene";

const FARGATE_KEY = subject(KEY, { keyId: KEY_ARN.split("/")[1] }, { name: "fargate" });
const OWN_KEY = subject(
  KEY,
  { arn: MONITORING_KEY_ARN, keyId: MONITORING_KEY_ARN.split("/")[1] },
  { name: "monitoring" },
);

/** Two keys, the cluster that uses the first, and resources of the monitoring. */
export function watchedStack(...monitoring: readonly StackSubject[]): readonly StackSubject[] {
  const madeFrom = { configuration: [FARGATE_KEY.urn] };
  const cluster = subject(CLUSTER, clusterProperties(KEY_ARN), { name: "main", madeFrom });
  return [FARGATE_KEY, OWN_KEY, cluster, ...monitoring];
}

export const SCENES: readonly Scene[] = [
  scene({ type: TOPIC, property: "kmsMasterKeyId" }, subject(METRIC_ALARM)),
  scene({ type: NATIVE_TOPIC, property: "kmsMasterKeyId" }, subject(NATIVE_ALARM)),
  scene({ type: TOPIC, property: "kmsMasterKeyId" }, subject(EVENT_RULE), subject(EVENT_TARGET)),
  scene({ type: TOPIC, property: "kmsMasterKeyId" }, subject(NATIVE_EVENT_RULE)),
  scene({ type: TRAIL, property: "kmsKeyId" }),
  scene({ type: NATIVE_TRAIL, property: "kmsKeyId" }),
  scene({ type: LOG_GROUP, property: "kmsKeyId" }, subject(TRAIL)),
];

interface Receiver {
  readonly type: string;
  readonly property: string;
}

function scene({ type, property }: Receiver, ...senders: readonly StackSubject[]): Scene {
  const name = "receiver";
  const receiver = (key: StackSubject, properties: Properties) =>
    subject(type, properties, { name, madeFrom: { [property]: [key.urn] } });
  const { urn } = subject(type, {}, { name });
  const wired = senders.map((sender) => ({ ...sender, madeFrom: sourcesOf(sender, urn) }));
  return {
    rule: "monitoring-off-the-key",
    compliant: watchedStack(receiver(OWN_KEY, {}), ...wired),
    violating: watchedStack(receiver(FARGATE_KEY, { [property]: KEY_ARN }), ...wired),
    on: name,
  };
}

/** Every property of a sender comes from the receiver, and an event target's rule from the rule of the scene. */
function sourcesOf({ properties }: StackSubject, receiver: string): StackSubject["madeFrom"] {
  const names = Object.keys(properties).filter((name) => name !== "kmsKeyId");
  return Object.fromEntries(names.map((name) => [name, [name === "rule" ? subject(EVENT_RULE).urn : receiver]]));
}
