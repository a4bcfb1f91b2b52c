// DescribeAlarms.
// Source: CloudWatch API reference (documented: at most 100 names and 100 records, only metric alarms unless AlarmTypes asks for
// composite ones, a prefix and names exclude each other, names of no alarm are left out in silence); 50 records when nobody
// says, composite alarms first and the order by name are inferred.

import type { CompositeAlarm, DescribeAlarmsInput, MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { type Alarm, alarmStateAt } from "../../world/alarm";
import { AwsError } from "../../world/aws-error";
import { instant } from "../instant";
import { numberedPage } from "../numbered-page";
import { type Context, withoutUndefined } from "../operation";

const NAMES_MAX = 100;
const PAGE = { standard: 50, most: 100, codes: { size: "InvalidParameterValue", token: "InvalidNextToken" } };

export function describeAlarms({ world, lane }: Context, input: DescribeAlarmsInput) {
  requireModelled(input);
  const { MaxRecords: asked, NextToken: token, ...question } = input;
  const wanted = [...lane.alarms.values()]
    .filter((alarm) => isWanted(alarm, input, world.nowMs))
    .toSorted((left, right) => (orderOf(left) < orderOf(right) ? -1 : 1));
  const page = numberedPage(wanted, { ...PAGE, question: JSON.stringify(question), token, asked });
  const ofKind = (kind: Alarm["kind"]): Alarm[] => page.items.filter((alarm) => alarm.kind === kind);
  return {
    CompositeAlarms: ofKind("composite").map((alarm): CompositeAlarm => view(alarm, world.nowMs)),
    MetricAlarms: ofKind("metric").map((alarm): MetricAlarm => view(alarm, world.nowMs)),
    NextToken: page.nextToken,
  };
}

function requireModelled(input: DescribeAlarmsInput): void {
  const { AlarmNames = [], AlarmNamePrefix, ChildrenOfAlarmName, ParentsOfAlarmName } = input;
  if (AlarmNames.length > NAMES_MAX) {
    throw new AwsError("InvalidParameterValue", `At most ${NAMES_MAX} alarms can be named, not ${AlarmNames.length}.`);
  }
  if (AlarmNames.length > 0 && AlarmNamePrefix !== undefined) {
    throw new AwsError("InvalidParameterCombination", "AlarmNames and AlarmNamePrefix exclude each other.");
  }
  if (ChildrenOfAlarmName !== undefined || ParentsOfAlarmName !== undefined) {
    throw new AwsError("InvalidParameterValue", "The simulator does not model the rules of composite alarms.");
  }
}

function isWanted(alarm: Alarm, input: DescribeAlarmsInput, nowMs: number): boolean {
  const { AlarmNames = [], AlarmNamePrefix = "", AlarmTypes = [], StateValue, ActionPrefix } = input;
  const types = AlarmTypes.length === 0 ? ["MetricAlarm"] : AlarmTypes;
  const actions = alarm.definition.AlarmActions;
  return (
    types.some((type) => type === (alarm.kind === "metric" ? "MetricAlarm" : "CompositeAlarm")) &&
    (AlarmNames.length === 0 || AlarmNames.includes(alarm.name)) &&
    alarm.name.startsWith(AlarmNamePrefix) &&
    (StateValue === undefined || alarmStateAt(alarm, nowMs).value === StateValue) &&
    (ActionPrefix === undefined ||
      (Array.isArray(actions) && actions.some((action) => String(action).startsWith(ActionPrefix))))
  );
}

function orderOf({ kind, name }: Alarm): string {
  return `${kind === "composite" ? 0 : 1} ${name}`;
}

function view(alarm: Alarm, nowMs: number) {
  const { value, reason, sinceMs } = alarmStateAt(alarm, nowMs);
  return withoutUndefined({
    ActionsEnabled: true,
    ...alarm.definition,
    AlarmName: alarm.name,
    AlarmArn: alarm.arn,
    AlarmConfigurationUpdatedTimestamp: instant(alarm.updatedAtMs),
    StateValue: value,
    StateReason: reason,
    StateUpdatedTimestamp: instant(sinceMs),
    StateTransitionedTimestamp: instant(sinceMs),
  });
}
