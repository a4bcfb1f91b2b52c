// GetServiceQuota and ListServiceQuotas: the applied quotas of this lane.
// Sources: Service Quotas API reference (documented: the applied value, NoSuchResourceException, at most 100 a page); codes and
// names of the quotas are reported, so are the texts (aws/aws-cli#4569, #8584).
// Invariants: a vCPU quota is what the world holds launches to; a lane without one has no applied value, and says so.

import type {
  GetServiceQuotaRequest,
  ListServiceQuotasRequest,
  MetricInfo,
  ServiceQuota,
} from "@aws-sdk/client-service-quotas";
import { AwsError } from "../../world/aws-error";
import type { Lane } from "../../world/lane";
import type { FargateCapacity } from "../../world/vcpu-room";
import { USAGE_METRIC_NAME, USAGE_NAMESPACE, usageDimensions } from "../fargate-usage-metric";
import { numberedPage } from "../numbered-page";
import { type Context, withoutUndefined } from "../operation";
import { KNOWN_QUOTAS, type KnownQuota, SERVICE_NAMES } from "./known-quotas";

const PAGE = {
  standard: 100,
  most: 100,
  codes: { size: "IllegalArgumentException", token: "InvalidPaginationTokenException" },
};

export function getServiceQuota({ lane }: Context, { ServiceCode, QuotaCode }: GetServiceQuotaRequest) {
  const quota = quotasOf(ServiceCode).find(({ code }) => code === QuotaCode);
  const value = quota === undefined ? null : appliedValue(lane, quota);
  if (quota === undefined || value === null) {
    throw noSuchResource("The request failed because the specified service quota does not exist.");
  }
  return { Quota: view(lane, quota, value) };
}

export function listServiceQuotas({ lane }: Context, input: ListServiceQuotasRequest) {
  const { ServiceCode, QuotaCode, NextToken, MaxResults, QuotaAppliedAtLevel = "ACCOUNT" } = input;
  const views = quotasOf(ServiceCode)
    .filter(({ code }) => (QuotaCode === undefined || code === QuotaCode) && QuotaAppliedAtLevel !== "RESOURCE")
    .flatMap((quota) => {
      const value = appliedValue(lane, quota);
      return value === null ? [] : [view(lane, quota, value)];
    });
  const question = JSON.stringify(["ListServiceQuotas", ServiceCode, QuotaCode, QuotaAppliedAtLevel]);
  const { items, nextToken } = numberedPage(views, { ...PAGE, question, token: NextToken, asked: MaxResults });
  return { Quotas: [...items], NextToken: nextToken };
}

function quotasOf(serviceCode: string | undefined): readonly KnownQuota[] {
  if (!Object.hasOwn(SERVICE_NAMES, serviceCode ?? "")) {
    throw noSuchResource("The request failed because the specified service does not exist.");
  }
  return KNOWN_QUOTAS.filter((quota) => quota.serviceCode === serviceCode);
}

function appliedValue(lane: Lane, { capacity, standard }: KnownQuota): number | null {
  return capacity === null ? standard : lane.vcpu[capacity].quotaVcpu;
}

function view(lane: Lane, quota: KnownQuota, value: number): ServiceQuota {
  const { partition, region, account } = lane;
  const { serviceCode, code, name, capacity } = quota;
  return withoutUndefined({
    ServiceCode: serviceCode,
    ServiceName: SERVICE_NAMES[serviceCode],
    QuotaArn: `arn:${partition}:servicequotas:${region}:${account}:${serviceCode}/${code}`,
    QuotaCode: code,
    QuotaName: name,
    Value: value,
    Unit: "None",
    Adjustable: true,
    GlobalQuota: false,
    QuotaAppliedAtLevel: "ACCOUNT" as const,
    UsageMetric: capacity === null ? undefined : usageMetricOf(capacity),
  });
}

/** That Service Quotas names the metric here as it does for the quotas of Amazon EC2 is inferred. */
function usageMetricOf(capacity: FargateCapacity): MetricInfo {
  return {
    MetricNamespace: USAGE_NAMESPACE,
    MetricName: USAGE_METRIC_NAME,
    MetricDimensions: { ...usageDimensions(capacity) },
    MetricStatisticRecommendation: "Maximum",
  };
}

function noSuchResource(message: string): AwsError {
  return new AwsError("NoSuchResourceException", message);
}
