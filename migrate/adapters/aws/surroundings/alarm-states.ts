// The states of named alarms: DescribeAlarms, 100 names a call.
// Source: CloudWatch API reference (documented): without AlarmTypes only metric alarms are shown. Composite ones are shown only to
// who may use DescribeAlarms on all resources; to others they look as if they were not there, and no answer tells the difference.

import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { BATCH_LIMITS } from "../../../../domain/api-quotas";
import { batchesOf } from "../../../core/batches-of";
import type { AlarmState } from "../../../ports/surroundings-port";
import { walkPages } from "../walk-pages";
import type { SurroundingsOptions } from "./surroundings-adapter";

export async function alarmStates(
  { clientOf, send }: SurroundingsOptions,
  names: readonly string[],
): Promise<ReadonlyMap<string, AlarmState>> {
  const client = clientOf(CloudWatchClient);
  const found = batchesOf([...new Set(names)], BATCH_LIMITS.describeAlarms).map((batch) =>
    walkPages({
      operation: "cloudwatch:DescribeAlarms",
      page: async ({ nextToken }) => {
        const command = new DescribeAlarmsCommand({
          AlarmNames: [...batch],
          AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
          MaxRecords: BATCH_LIMITS.describeAlarms,
          ...(nextToken === undefined ? {} : { NextToken: nextToken }),
        });
        const reply = await send(DESCRIBE, (options) => client.send(command, options));
        return { items: [...(reply.MetricAlarms ?? []), ...(reply.CompositeAlarms ?? [])], nextToken: reply.NextToken };
      },
    }),
  );
  const shown = (await Promise.all(found)).flat();
  const stateOf = new Map(shown.map(({ AlarmName, StateValue }) => [AlarmName, StateValue]));
  return new Map(
    // An alarm whose state AWS leaves out is there, and not known to be quiet.
    names.map((name) => [name, stateOf.has(name) ? (stateOf.get(name) ?? "INSUFFICIENT_DATA") : "MISSING"]),
  );
}

const DESCRIBE = { service: "cloudwatch", operation: "DescribeAlarms" } as const;
