// How many vCPU run on Fargate now, as CloudWatch last measured it: GetMetricData, one call for both kinds.
//
// Source: "AWS Fargate usage metrics", Amazon ECS developer guide (documented): AWS/Usage, ResourceCount, Service Fargate,
// Type Resource, Resource vCPU, Class Standard/OnDemand and Standard/Spot.
// Invariant: the newest point within the last quarter of an hour counts; no point means that nothing runs.

import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import type { VcpuInUse } from "../../../ports/surroundings-port";
import type { SurroundingsOptions } from "./surroundings-adapter";

export async function vcpuInUse({ clientOf, send, clock }: SurroundingsOptions): Promise<VcpuInUse> {
  const client = clientOf(CloudWatchClient);
  const nowMs = clock.nowMs();
  const command = new GetMetricDataCommand({
    StartTime: new Date(nowMs - LOOKED_BACK_MS),
    EndTime: new Date(nowMs),
    ScanBy: "TimestampDescending",
    MetricDataQueries: [query("onDemand", "Standard/OnDemand"), query("spot", "Standard/Spot")],
  });
  const { MetricDataResults: results = [] } = await send(GET, (options) => client.send(command, options));
  const newest = (id: keyof VcpuInUse) => results.find(({ Id }) => Id === id)?.Values?.[0] ?? 0;
  return { onDemand: newest("onDemand"), spot: newest("spot") };
}

const LOOKED_BACK_MS = 15 * 60_000;
const PERIOD_S = 60;

function query(id: keyof VcpuInUse, kind: string): MetricDataQuery {
  const dimensions = { Service: "Fargate", Type: "Resource", Resource: "vCPU", Class: kind };
  return {
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: "AWS/Usage",
        MetricName: "ResourceCount",
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: PERIOD_S,
      Stat: "Maximum",
    },
    ReturnData: true,
  };
}

const GET = { service: "cloudwatch", operation: "GetMetricData" } as const;
