// The modelled operations of Amazon CloudWatch: alarms by name and state, and the metric of Fargate's use. Nothing evaluates
// alarms, and nobody can put metric data.

import { type Operation, operation } from "../operation";
import { deleteAlarms, putCompositeAlarm, putMetricAlarm, setAlarmStateOf } from "./alarm-writes";
import { describeAlarms } from "./describe-alarms";
import { getMetricData } from "./get-metric-data";

export const cloudwatchOperations: Readonly<Record<string, Operation>> = {
  DeleteAlarms: operation(deleteAlarms),
  DescribeAlarms: operation(describeAlarms),
  GetMetricData: operation(getMetricData),
  PutCompositeAlarm: operation(putCompositeAlarm),
  PutMetricAlarm: operation(putMetricAlarm),
  SetAlarmState: operation(setAlarmStateOf),
};
