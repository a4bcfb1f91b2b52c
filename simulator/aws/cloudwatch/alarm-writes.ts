// PutMetricAlarm, PutCompositeAlarm, SetAlarmState and DeleteAlarms.
// Source: CloudWatch API reference (documented: a new alarm begins as INSUFFICIENT_DATA, an update replaces the definition and
// keeps the state, alarms of both kinds share their names, ResourceNotFound); which texts, and that an update may not change
// the kind, is inferred. A state set by hand lasts here until it is set again: no alarm is evaluated.

import type {
  DeleteAlarmsInput,
  PutCompositeAlarmInput,
  PutMetricAlarmInput,
  SetAlarmStateInput,
} from "@aws-sdk/client-cloudwatch";
import { type Alarm, type AlarmValue, setAlarmState } from "../../world/alarm";
import { cloudwatchArn } from "../../world/arns";
import { AwsError } from "../../world/aws-error";
import { tellAlarmChange } from "../../world/lifecycle/alarm-watch";
import type { Context } from "../operation";

const ALARMS_MAX = 100;

export function putMetricAlarm(context: Context, input: PutMetricAlarmInput) {
  if (input.MetricName === undefined && (input.Metrics ?? []).length === 0) {
    throw invalid("An alarm needs MetricName or Metrics.");
  }
  return put(context, "metric", input);
}

export function putCompositeAlarm(context: Context, input: PutCompositeAlarmInput) {
  return put(context, "composite", input);
}

export function setAlarmStateOf({ world, lane }: Context, input: SetAlarmStateInput) {
  const alarm = lane.alarms.get(input.AlarmName ?? "");
  if (alarm === undefined) throw new AwsError("ResourceNotFound", `Unknown alarm: ${input.AlarmName}`, 404);
  const value = (input.StateValue ?? "OK") as AlarmValue;
  setAlarmState(alarm, { value, reason: input.StateReason ?? "", sinceMs: world.nowMs });
  tellAlarmChange(world, lane, alarm.name);
  return {};
}

/** All or none (documented). */
export function deleteAlarms({ lane }: Context, { AlarmNames = [] }: DeleteAlarmsInput) {
  if (AlarmNames.length > ALARMS_MAX) throw invalid(`At most ${ALARMS_MAX} alarms can be deleted at once.`);
  const unknown = AlarmNames.find((name) => !lane.alarms.has(name));
  if (unknown !== undefined) throw new AwsError("ResourceNotFound", `Unknown alarm: ${unknown}`, 404);
  for (const name of AlarmNames) lane.alarms.delete(name);
  return {};
}

function put(
  { world, lane }: Context,
  kind: Alarm["kind"],
  definition: PutMetricAlarmInput | PutCompositeAlarmInput,
): Readonly<Record<string, never>> {
  const name = definition.AlarmName ?? "";
  const found = lane.alarms.get(name);
  if (found !== undefined && found.kind !== kind) throw invalid(`${name} is a ${found.kind} alarm.`);
  if (found === undefined) lane.alarms.set(name, newAlarm({ world, lane }, kind, name));
  const { Tags: _, ...shown } = definition;
  Object.assign(lane.alarms.get(name) ?? {}, { definition: shown, updatedAtMs: world.nowMs });
  return {};
}

function newAlarm({ world, lane }: Pick<Context, "world" | "lane">, kind: Alarm["kind"], name: string): Alarm {
  return {
    kind,
    name,
    arn: cloudwatchArn(lane, `alarm:${name}`),
    definition: {},
    state: { value: "INSUFFICIENT_DATA", reason: "Unchecked: Initial alarm creation", sinceMs: world.nowMs },
    firing: null,
    updatedAtMs: world.nowMs,
  };
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValue", message);
}
