// GetMetricData, for the one metric that the world measures: the vCPU that run on Fargate. Every other metric has no points.
// Source: CloudWatch API reference (documented: the start is included, the end is not, the newest point comes first, at most 500
// queries and 100,800 points a reply, points of one minute live for 15 days); points come without delay here.
// Invariants: a point stands for a full minute that has passed; metric math is refused, never answered with nothing.

import type { GetMetricDataInput, MetricDataQuery, MetricDataResult, MetricStat } from "@aws-sdk/client-cloudwatch";
import { AwsError } from "../../world/aws-error";
import type { FargateCapacity } from "../../world/vcpu-room";
import { USAGE_METRIC_NAME, USAGE_NAMESPACE, usageDimensions } from "../fargate-usage-metric";
import { instant } from "../instant";
import { numberedPage } from "../numbered-page";
import type { Context } from "../operation";
import { type Point, usagePoints } from "./usage-points";

const QUERIES_MAX = 500;
const PAGE = { standard: 100_800, most: 100_800, codes: { size: "InvalidParameterValue", token: "InvalidNextToken" } };

export function getMetricData({ world, lane }: Context, input: GetMetricDataInput) {
  const { MetricDataQueries: queries = [], ScanBy = "TimestampDescending" } = input;
  const window = windowOf(input, world.nowMs);
  if (queries.length > QUERIES_MAX)
    throw invalid(`At most ${QUERIES_MAX} queries can be asked, not ${queries.length}.`);
  const points = queries.filter(isReturned).flatMap((query) => {
    const { stat, capacity } = requireStat(query);
    if (capacity === null) return [];
    const found = usagePoints({ world, room: lane.vcpu[capacity], window, ...stat });
    const ordered = ScanBy === "TimestampAscending" ? found : found.toReversed();
    return ordered.map((point) => ({ query, point }));
  });
  const { NextToken: token, MaxDatapoints: asked } = input;
  const page = numberedPage(points, { ...PAGE, question: questionOf(input), token, asked });
  const results = queries.filter(isReturned).map((query) =>
    resultOf(
      query,
      page.items.filter((item) => item.query === query).map(({ point }) => point),
      page.nextToken === undefined,
    ),
  );
  return { MetricDataResults: results, NextToken: page.nextToken, Messages: [] };
}

function windowOf({ StartTime, EndTime }: GetMetricDataInput, nowMs: number) {
  const [startMs, endMs] = [StartTime?.getTime() ?? nowMs, EndTime?.getTime() ?? nowMs];
  if (startMs < endMs) return { startMs, endMs };
  throw new AwsError("ValidationError", "The parameter StartTime must be less than the parameter EndTime.");
}

function isReturned({ ReturnData }: MetricDataQuery): boolean {
  return ReturnData !== false;
}

const STATISTICS: readonly string[] = ["Maximum", "Minimum", "Average", "Sum", "SampleCount"];

function requireStat({ Id, Expression, MetricStat: stat }: MetricDataQuery) {
  if (stat === undefined || Expression !== undefined) {
    throw new AwsError("ValidationError", `The simulator does not model metric math; ask ${Id} with MetricStat.`);
  }
  const { Period = 0, Stat = "" } = stat;
  if (Period < 60 || Period % 60 !== 0) throw invalid(`Period of ${Id} must be a multiple of 60, not ${Period}.`);
  if (!STATISTICS.includes(Stat)) throw invalid(`Stat of ${Id} must be one of ${STATISTICS.join(", ")}, not ${Stat}.`);
  return { stat: { periodMs: Period * 1000, statistic: Stat }, capacity: capacityOf(stat) };
}

/** A metric is named by all of its dimensions and no others. */
function capacityOf({ Metric }: MetricStat): FargateCapacity | null {
  if (Metric?.Namespace !== USAGE_NAMESPACE || Metric.MetricName !== USAGE_METRIC_NAME) return null;
  const asked = (Metric.Dimensions ?? []).map(({ Name, Value }) => `${Name}=${Value}`).toSorted();
  const isAsked = (capacity: FargateCapacity): boolean => {
    const own = Object.entries(usageDimensions(capacity)).map(([name, value]) => `${name}=${value}`);
    return own.toSorted().join() === asked.join();
  };
  return (["onDemand", "spot"] as const).find(isAsked) ?? null;
}

function resultOf(query: MetricDataQuery, points: readonly Point[], isComplete: boolean): MetricDataResult {
  return {
    Id: query.Id,
    Label: query.Label ?? query.MetricStat?.Metric?.MetricName,
    Timestamps: points.map(({ atMs }) => instant(atMs)),
    Values: points.map(({ value }) => value),
    StatusCode: isComplete ? "Complete" : "PartialData",
  };
}

function questionOf({ NextToken: _, ...input }: GetMetricDataInput): string {
  return JSON.stringify(input);
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValue", message);
}
