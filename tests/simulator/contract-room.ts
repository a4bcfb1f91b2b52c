// Calls every modelled operation of Service Quotas, CloudWatch, Application Auto Scaling and CloudTrail, in an order in which all
// succeed, through the real clients of the SDK.

import assert from "node:assert/strict";
import * as scaling from "@aws-sdk/client-application-auto-scaling";
import * as trails from "@aws-sdk/client-cloudtrail";
import * as watch from "@aws-sdk/client-cloudwatch";
import * as quotas from "@aws-sdk/client-service-quotas";
import type { SdkClients } from "./sdk-clients";

export async function callRoomAndWatchers(clients: SdkClients): Promise<void> {
  await callQuotas(clients.clientOf(quotas.ServiceQuotasClient));
  await callAlarms(clients.clientOf(watch.CloudWatchClient));
  await callMetrics(clients.clientOf(watch.CloudWatchClient));
  await callScaling(clients.clientOf(scaling.ApplicationAutoScalingClient));
  await callTrails(clients.clientOf(trails.CloudTrailClient));
}

async function callQuotas(client: quotas.ServiceQuotasClient): Promise<void> {
  const ServiceCode = "fargate";
  const { Quota } = await client.send(new quotas.GetServiceQuotaCommand({ ServiceCode, QuotaCode: "L-3032A538" }));
  assert.equal(Quota?.Value, 4_000);
  const { Quotas } = await client.send(new quotas.ListServiceQuotasCommand({ ServiceCode }));
  assert.deepEqual(
    Quotas?.map(({ QuotaCode }) => QuotaCode),
    ["L-3032A538", "L-36FBB829"],
  );
}

async function callAlarms(client: watch.CloudWatchClient): Promise<void> {
  await client.send(
    new watch.PutMetricAlarmCommand({
      AlarmName: "errors",
      Namespace: "AWS/ApplicationELB",
      MetricName: "HTTPCode_Target_5XX_Count",
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 3,
      Threshold: 10,
      ComparisonOperator: "GreaterThanThreshold",
    }),
  );
  await client.send(new watch.PutCompositeAlarmCommand({ AlarmName: "all", AlarmRule: "ALARM(errors)" }));
  const state = { AlarmName: "errors", StateValue: "ALARM", StateReason: "a drill" } as const;
  await client.send(new watch.SetAlarmStateCommand(state));
  const { MetricAlarms } = await client.send(new watch.DescribeAlarmsCommand({ AlarmNames: ["errors", "all"] }));
  assert.deepEqual(
    MetricAlarms?.map(({ StateValue, Threshold }) => [StateValue, Threshold]),
    [["ALARM", 10]],
  );
  assert.ok(MetricAlarms?.[0]?.StateUpdatedTimestamp instanceof Date);
  await client.send(new watch.DeleteAlarmsCommand({ AlarmNames: ["errors", "all"] }));
}

async function callMetrics(client: watch.CloudWatchClient): Promise<void> {
  const Dimensions = Object.entries({
    Service: "Fargate",
    Type: "Resource",
    Resource: "vCPU",
    Class: "Standard/OnDemand",
  }).map(([Name, Value]) => ({ Name, Value }));
  const Metric = { Namespace: "AWS/Usage", MetricName: "ResourceCount", Dimensions };
  const { MetricDataResults } = await client.send(
    new watch.GetMetricDataCommand({
      StartTime: new Date("2026-06-01T07:45:00Z"),
      EndTime: new Date("2026-06-01T08:00:00Z"),
      MetricDataQueries: [{ Id: "used", MetricStat: { Metric, Period: 60, Stat: "Maximum" } }],
    }),
  );
  assert.equal(MetricDataResults?.[0]?.Values?.length, 15);
  assert.deepEqual(MetricDataResults?.[0]?.Timestamps?.[0], new Date("2026-06-01T07:59:00Z"));
}

async function callScaling(client: scaling.ApplicationAutoScalingClient): Promise<void> {
  const target = {
    ServiceNamespace: "ecs",
    ResourceId: "service/pay/api",
    ScalableDimension: "ecs:service:DesiredCount",
  } as const;
  await client.send(new scaling.RegisterScalableTargetCommand({ ...target, MinCapacity: 1, MaxCapacity: 9 }));
  const { ScalableTargets } = await client.send(
    new scaling.DescribeScalableTargetsCommand({ ServiceNamespace: "ecs" }),
  );
  assert.equal(ScalableTargets?.[0]?.MaxCapacity, 9);
  assert.ok(ScalableTargets?.[0]?.CreationTime instanceof Date);
  await client.send(new scaling.DeregisterScalableTargetCommand(target));
}

async function callTrails(client: trails.CloudTrailClient): Promise<void> {
  const { TrailARN } = await client.send(new trails.CreateTrailCommand({ Name: "spare", S3BucketName: "logs" }));
  const { trailList } = await client.send(new trails.DescribeTrailsCommand({}));
  assert.equal(trailList?.length, 2);
  const TrailName = String(TrailARN);
  const { EventSelectors } = await client.send(new trails.GetEventSelectorsCommand({ TrailName }));
  assert.equal(EventSelectors?.[0]?.ReadWriteType, "All");
  await client.send(new trails.PutEventSelectorsCommand({ TrailName, EventSelectors }));
  await client.send(new trails.DeleteTrailCommand({ Name: "spare" }));
  const { Events = [] } = await client.send(new trails.LookupEventsCommand({ StartTime: new Date(0), MaxResults: 5 }));
  for (const { CloudTrailEvent = "", EventName, EventTime } of Events) {
    assert.equal(JSON.parse(CloudTrailEvent).eventName, EventName);
    assert.ok(EventTime instanceof Date);
  }
}
