// What of a stack tells people that something is wrong: topics and log groups that alarms and events reach, trails and their logs.
//
// Invariants
//   a topic is part of the monitoring when an alarm, or a rule for events of AWS's own watchers, sends to it: not by its name
//   what is turned off is no monitoring
//   two unknown ARNs are never compared: an unknown target is looked for among what the property was made from
// Sources: CloudWatch API reference, PutMetricAlarm.AlarmActions; EventBridge user guide, eb-events (documented): the sources of
//   AWS services begin with `aws.`, and calls through CloudTrail carry `detail.eventSource`.

import { isOff, itemsAt } from "../block-at";
import { lookAt, UNKNOWN } from "../look";
import {
  COMPOSITE_ALARM,
  EVENT_RULE,
  EVENT_TARGET,
  LOG_GROUP,
  METRIC_ALARM,
  NATIVE_ALARM,
  NATIVE_COMPOSITE_ALARM,
  NATIVE_EVENT_RULE,
  NATIVE_LOG_GROUP,
  NATIVE_TOPIC,
  NATIVE_TRAIL,
  TOPIC,
  TRAIL,
} from "../resource-types";
import type { Rule, StackSubject } from "../rule";
import { inOrder, onceAStack, placesByText, typedOnceAStack, withUrns } from "../stack/once-a-stack";
import { watchesAws } from "./event-pattern";

export interface Receiver {
  readonly subject: StackSubject;
  /** The property that names its key. */
  readonly property: string;
  /** What it does for people: `it receives alarm "tasks"`. */
  readonly roles: readonly string[];
}

/** The properties that name a key, by type. */
export const KEY_PROPERTY: Readonly<Record<string, string>> = {
  [TOPIC]: "kmsMasterKeyId",
  [NATIVE_TOPIC]: "kmsMasterKeyId",
  [TRAIL]: "kmsKeyId",
  [NATIVE_TRAIL]: "kmsKeyId",
  [LOG_GROUP]: "kmsKeyId",
  [NATIVE_LOG_GROUP]: "kmsKeyId",
};

/** What a rule has to read for this. */
export const RECEIVERS: Rule["reads"] = {
  [TOPIC]: ["arn", "kmsMasterKeyId"],
  [NATIVE_TOPIC]: ["topicArn", "kmsMasterKeyId"],
  [TRAIL]: ["kmsKeyId", "enableLogging", "cloudWatchLogsGroupArn"],
  [NATIVE_TRAIL]: ["kmsKeyId", "isLogging", "cloudWatchLogsLogGroupArn"],
  [LOG_GROUP]: ["arn", "kmsKeyId"],
  [NATIVE_LOG_GROUP]: ["arn", "kmsKeyId"],
  [METRIC_ALARM]: ["alarmActions", "actionsEnabled"],
  [COMPOSITE_ALARM]: ["alarmActions", "actionsEnabled"],
  [NATIVE_ALARM]: ["alarmActions", "actionsEnabled"],
  [NATIVE_COMPOSITE_ALARM]: ["alarmActions", "actionsEnabled"],
  [EVENT_RULE]: ["name", "eventPattern"],
  [EVENT_TARGET]: ["arn", "rule"],
  [NATIVE_EVENT_RULE]: ["eventPattern", "targets"],
};

const TRAILS: readonly string[] = [TRAIL, NATIVE_TRAIL];
const LOG_GROUPS: readonly string[] = [LOG_GROUP, NATIVE_LOG_GROUP];

export function receiversIn(resources: readonly StackSubject[]): readonly Receiver[] {
  const sendings = resources.flatMap((one) => sendingsOf(one, resources));
  const places = placesByText(sendings, ({ targets, madeFrom }) =>
    targets.includes(UNKNOWN) ? [...madeFrom, ...arnsIn(targets)] : arnsIn(targets),
  );
  return resources.flatMap((subject) => {
    const property = KEY_PROPERTY[subject.type];
    if (property === undefined) return [];
    const near = [subject.urn, ...arnsIn(arnsOf(subject))].flatMap((text) => places.get(text) ?? []);
    const roles = inOrder(sendings, near)
      .filter((sending) => reaches(sending, subject))
      .map(({ role }) => role);
    const own = TRAILS.includes(subject.type) && isLogging(subject) ? ["it records the calls of the account"] : [];
    return roles.length + own.length === 0 ? [] : [{ subject, property, roles: [...new Set([...own, ...roles])] }];
  });
}

interface Sending {
  readonly role: string;
  /** ARNs, UNKNOWN where they are not known yet. */
  readonly targets: readonly unknown[];
  readonly madeFrom: readonly string[];
}

function sendingsOf(one: StackSubject, resources: readonly StackSubject[]): readonly Sending[] {
  switch (one.type) {
    case METRIC_ALARM:
    case COMPOSITE_ALARM:
    case NATIVE_ALARM:
    case NATIVE_COMPOSITE_ALARM:
      if (isOff(lookAt(one.properties, "actionsEnabled"))) return [];
      return [sending(one, { property: "alarmActions", role: `it receives alarm "${one.name}"` })];
    case EVENT_TARGET: {
      const rule = ruleOf(one, resources);
      if (rule === null || !watchesAws(lookAt(rule.properties, "eventPattern"))) return [];
      return [sending(one, { property: "arn", role: `it receives the events of rule "${rule.name}"` })];
    }
    case NATIVE_EVENT_RULE: {
      if (!watchesAws(lookAt(one.properties, "eventPattern"))) return [];
      const { targets, madeFrom } = sending(one, { property: "targets", role: "" });
      const arns = targets.map((target) => (target === UNKNOWN ? UNKNOWN : valueAt(target, "arn")));
      return [{ role: `it receives the events of rule "${one.name}"`, targets: arns, madeFrom }];
    }
    case TRAIL:
    case NATIVE_TRAIL: {
      const property = one.type === TRAIL ? "cloudWatchLogsGroupArn" : "cloudWatchLogsLogGroupArn";
      return isLogging(one) ? [sending(one, { property, role: `trail "${one.name}" writes to it` })] : [];
    }
    default:
      return [];
  }
}

function sending(from: StackSubject, { property, role }: { property: string; role: string }): Sending {
  const items = itemsAt(from.properties, property);
  const madeFrom = from.madeFrom[property] ?? [];
  if (items.state === "absent") return { role, targets: [], madeFrom };
  return { role, targets: items.state === "unknown" ? [UNKNOWN] : items.items, madeFrom };
}

function valueAt(properties: unknown, path: string): unknown {
  const look = lookAt(properties, path);
  if (look.state === "absent") return null;
  return look.state === "unknown" ? UNKNOWN : look.value;
}

/** The rule that an event target belongs to; null when the stack does not show exactly one. */
function ruleOf(target: StackSubject, resources: readonly StackSubject[]): StackSubject | null {
  const named = lookAt(target.properties, "rule");
  const made = withUrns(resources, target.madeFrom.rule ?? []).filter(({ type }) => type === EVENT_RULE);
  const called =
    named.state === "known" ? inOrder(rulesIn(resources), placesByName(resources).get(String(named.value)) ?? []) : [];
  const [rule, ...others] = new Set([...made, ...called]);
  return rule === undefined || others.length > 0 ? null : rule;
}

const rulesIn = typedOnceAStack([EVENT_RULE]);

const placesByName = onceAStack((resources) =>
  placesByText(rulesIn(resources), ({ properties }) => {
    const name = lookAt(properties, "name");
    return name.state === "known" ? [String(name.value)] : [];
  }),
);

function reaches({ targets, madeFrom }: Sending, subject: StackSubject): boolean {
  const arns = arnsOf(subject);
  return targets.some((target) =>
    target === UNKNOWN ? madeFrom.includes(subject.urn) : arns.some((arn) => isSameArn(String(target), arn, subject)),
  );
}

function arnsOf({ properties }: StackSubject): readonly string[] {
  return ["arn", "topicArn"].map((name) => valueAt(properties, name)).filter((arn) => typeof arn === "string");
}

/** Without what a log group's ARN may end in: near enough to look. */
function arnsIn(values: readonly unknown[]): readonly string[] {
  return values.flatMap((value) => (typeof value === "string" ? [value.replace(/:\*$/, "")] : []));
}

/** ARNs of log groups come with and without `:*` at their end. */
function isSameArn(target: string, arn: string, { type }: StackSubject): boolean {
  const plain = (text: string) => (LOG_GROUPS.includes(type) ? text.replace(/:\*$/, "") : text);
  return plain(target) === plain(arn);
}

function isLogging({ properties }: StackSubject): boolean {
  return !["enableLogging", "isLogging"].some((name) => isOff(lookAt(properties, name)));
}
