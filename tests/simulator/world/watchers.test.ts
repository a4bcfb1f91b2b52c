import assert from "node:assert/strict";
import { known, unknown } from "../../../domain/fact";
import { aFleet } from "../../../simulator/fleet-builder";
import type { WorldOptions } from "../../../simulator/world/world";
import { worldFromFleet } from "../../../simulator/world-from-fleet";
import { ACCOUNT, MINUTE, REGION, SmallWorld, START_MS } from "./small-world";

const LANE = { account: ACCOUNT, region: REGION };
const METRIC = {
  MetricName: "Errors",
  Namespace: "Pay",
  EvaluationPeriods: 1,
  ComparisonOperator: "GreaterThanThreshold",
};

describe("40 alarms are described by name, type and state, composite ones only when asked for", () => {
  it("shows metric alarms by their names, and leaves out names of none", () => {
    const small = withAlarms("b", "a");
    assert.deepEqual(names(small), ["a", "b"]);
    assert.deepEqual(names(small, { AlarmNames: ["b", "gone"] }), ["b"]);
    assert.deepEqual(names(small, { AlarmNamePrefix: "a" }), ["a"]);
    assert.deepEqual(small.call("cloudwatch", "DescribeAlarms").CompositeAlarms, []);
  });

  it("shows composite alarms when asked for them, first", () => {
    const small = withAlarms("a");
    small.call("cloudwatch", "PutCompositeAlarm", { AlarmName: "both", AlarmRule: "ALARM(a)" });
    assert.deepEqual(names(small), ["a"]);
    const { CompositeAlarms, MetricAlarms } = small.call("cloudwatch", "DescribeAlarms", {
      AlarmTypes: ["CompositeAlarm", "MetricAlarm"],
    });
    assert.deepEqual([CompositeAlarms[0].AlarmName, MetricAlarms[0].AlarmName], ["both", "a"]);
    const put = { AlarmName: "both", ...METRIC };
    assert.equal(small.refused("cloudwatch", "PutMetricAlarm", put).code, "InvalidParameterValue");
  });

  it("begins with insufficient data, keeps a state that was set, and an update keeps it too", () => {
    const small = withAlarms("a");
    assert.equal(stateOf(small, "a"), "INSUFFICIENT_DATA");
    small.call("cloudwatch", "SetAlarmState", { AlarmName: "a", StateValue: "ALARM", StateReason: "drill" });
    small.pass(60 * MINUTE);
    small.call("cloudwatch", "PutMetricAlarm", { AlarmName: "a", ...METRIC, Threshold: 5 });
    const [alarm] = small.call("cloudwatch", "DescribeAlarms").MetricAlarms;
    assert.deepEqual([alarm.StateValue, alarm.StateReason, alarm.Threshold], ["ALARM", "drill", 5]);
    assert.deepEqual(alarm.StateUpdatedTimestamp, new Date(START_MS));
    assert.deepEqual(names(small, { StateValue: "OK" }), []);
  });

  it("fires and clears from outside, for good or for a while", () => {
    const small = withAlarms("a");
    small.inject({ kind: "alarm-fires", alarm: "a", untilMs: small.nowMs + 5 * MINUTE });
    assert.equal(stateOf(small, "a"), "ALARM");
    small.pass(5 * MINUTE);
    assert.equal(stateOf(small, "a"), "OK");
    small.inject({ kind: "alarm-fires", alarm: "a" });
    small.pass(24 * 60 * MINUTE);
    assert.deepEqual(names(small, { StateValue: "ALARM" }), ["a"]);
    small.inject({ kind: "alarm-clears", alarm: "a" });
    assert.equal(stateOf(small, "a"), "OK");
    assert.throws(() => small.inject({ kind: "alarm-fires", alarm: "b" }), /no alarm b in the simulated world/);
  });

  it("gives pages, and takes a token for its question only", () => {
    const small = withAlarms("a", "b", "c");
    const first = small.call("cloudwatch", "DescribeAlarms", { MaxRecords: 2 });
    assert.deepEqual(names(small, { MaxRecords: 2, NextToken: first.NextToken }), ["c"]);
    const wrong = { NextToken: first.NextToken, StateValue: "OK" };
    assert.equal(small.refused("cloudwatch", "DescribeAlarms", wrong).code, "InvalidNextToken");
    assert.equal(small.refused("cloudwatch", "DescribeAlarms", { MaxRecords: 101 }).code, "InvalidParameterValue");
    const many = { AlarmNames: Array.from({ length: 101 }, (_, index) => `alarm-${index}`) };
    assert.match(small.refused("cloudwatch", "DescribeAlarms", many).message, /At most 100/);
    assert.match(
      small.refused("cloudwatch", "DescribeAlarms", { AlarmNames: ["a"], AlarmNamePrefix: "a" }).message,
      /exclude each other/,
    );
  });

  it("deletes all of the named or none", () => {
    const small = withAlarms("a", "b");
    const { code } = small.refused("cloudwatch", "DeleteAlarms", { AlarmNames: ["a", "c"] });
    assert.equal(code, "ResourceNotFound");
    assert.deepEqual(names(small), ["a", "b"]);
    small.call("cloudwatch", "DeleteAlarms", { AlarmNames: ["a"] });
    assert.deepEqual(names(small), ["b"]);
    const set = { AlarmName: "a", StateValue: "OK", StateReason: "" };
    assert.equal(small.refused("cloudwatch", "SetAlarmState", set).code, "ResourceNotFound");
  });

  it("come with a fleet in the state of the scan; an unread one is OK, a missing one is not there", () => {
    const fleet = aFleet(LANE).cluster("pay").service("api").alarms("fine", "loud").firing("loud").build();
    const alarms = [
      ...fleet.alarms,
      { name: "unread", state: unknown("denied", "cloudwatch:DescribeAlarms") },
      { name: "gone", state: known("MISSING" as const, fleet.readAt) },
    ];
    const small = worldOf({ ...fleet, alarms });
    assert.deepEqual(names(small), ["fine", "loud", "unread"]);
    assert.deepEqual(
      ["fine", "loud", "unread"].map((name) => stateOf(small, name)),
      ["OK", "ALARM", "OK"],
    );
  });
});

describe("41 CloudWatch measures the vCPU that run on Fargate once a minute, On-Demand and Spot apart (switch usageOfNothing)", () => {
  it("shows at each full minute what ran then, the newest first", () => {
    const small = running();
    const atMs = Math.ceil(small.nowMs / MINUTE) * MINUTE;
    small.pass(atMs + 2 * MINUTE - small.nowMs);
    const { Timestamps, Values, StatusCode, Label } = used(small, { startMs: atMs, endMs: atMs + 10 * MINUTE });
    assert.deepEqual([StatusCode, Label], ["Complete", "ResourceCount"]);
    assert.deepEqual(Values, [1, 1, 1]);
    assert.deepEqual(
      Timestamps.map((at: Date) => at.getTime()),
      [atMs + 2 * MINUTE, atMs + MINUTE, atMs],
    );
  });

  it("tells what was, not what is", () => {
    const small = running();
    const beforeMs = Math.ceil(small.nowMs / MINUTE) * MINUTE;
    small.pass(beforeMs - small.nowMs);
    small.inject({ kind: "neighbour-takes-vcpu", capacity: "onDemand", vcpu: 7 });
    small.pass(3 * MINUTE);
    const { Values } = used(small, { startMs: beforeMs - MINUTE, endMs: small.nowMs, ScanBy: "TimestampAscending" });
    assert.deepEqual(Values.slice(-3), [8, 8, 8]);
    assert.equal(Values[0], 1);
  });

  it("gathers minutes into periods", () => {
    const small = running();
    const startMs = Math.ceil(small.nowMs / (5 * MINUTE)) * 5 * MINUTE;
    small.pass(startMs - small.nowMs + MINUTE);
    small.inject({ kind: "neighbour-takes-vcpu", capacity: "onDemand", vcpu: 5 });
    small.pass(9 * MINUTE);
    const ask = (Stat: string) => used(small, { startMs, endMs: startMs + 5 * MINUTE, Stat, Period: 300 }).Values;
    assert.deepEqual([ask("Maximum"), ask("Average"), ask("Minimum"), ask("SampleCount")], [[6], [5], [1], [5]]);
  });

  it("has no point, or one of zero, for a minute in which nothing ran", () => {
    const ask = (options: Partial<WorldOptions>) => {
      const small = new SmallWorld(options);
      return used(small, { startMs: START_MS - 3 * MINUTE, endMs: START_MS, Class: "Standard/Spot" }).Values;
    };
    assert.deepEqual(ask({}), []);
    assert.deepEqual(ask({ switches: { usageOfNothing: "zero" } }), [0, 0, 0]);
  });

  it("has measured what a fleet runs before the scan", () => {
    const fleet = aFleet(LANE).cluster("pay").service("api", { desired: 6 }).vcpu({ inUseElsewhere: 2 }).build();
    const small = worldOf(fleet);
    const { Values } = used(small, { startMs: small.nowMs - 15 * MINUTE, endMs: small.nowMs });
    assert.deepEqual(new Set(Values), new Set([3.5]));
    assert.equal(Values.length, 15);
  });

  it("has no points of any other metric, and refuses metric math", () => {
    const small = running();
    const window = { startMs: START_MS, endMs: START_MS + 60 * MINUTE };
    assert.deepEqual(used(small, { ...window, Resource: "memory" }).Values, []);
    const math = {
      StartTime: new Date(START_MS),
      EndTime: new Date(START_MS + MINUTE),
      MetricDataQueries: [{ Id: "left", Expression: "SERVICE_QUOTA(m1) - m1" }],
    };
    assert.match(small.refused("cloudwatch", "GetMetricData", math).message, /does not model metric math; ask left/);
  });

  it("gives points in pages when asked for few", () => {
    const small = running();
    const endMs = Math.floor(small.nowMs / MINUTE) * MINUTE;
    const input = question({ startMs: endMs - 5 * MINUTE, endMs });
    const first = small.call("cloudwatch", "GetMetricData", { ...input, MaxDatapoints: 2 });
    assert.equal(first.MetricDataResults[0].StatusCode, "PartialData");
    const second = { ...input, MaxDatapoints: 2, NextToken: first.NextToken };
    const times = (reply: { MetricDataResults: { Timestamps: Date[] }[] }) =>
      reply.MetricDataResults[0]?.Timestamps ?? [];
    assert.equal(
      new Set([...times(first), ...times(small.call("cloudwatch", "GetMetricData", second))].map(Number)).size,
      4,
    );
  });
});

function withAlarms(...alarms: readonly string[]): SmallWorld {
  const small = new SmallWorld();
  for (const AlarmName of alarms) small.call("cloudwatch", "PutMetricAlarm", { AlarmName, ...METRIC });
  return small;
}

function names(small: SmallWorld, input: object = {}): readonly string[] {
  const { MetricAlarms } = small.call("cloudwatch", "DescribeAlarms", { ...input });
  return MetricAlarms.map(({ AlarmName }: { AlarmName: string }) => AlarmName);
}

function stateOf(small: SmallWorld, name: string): string {
  return small.call("cloudwatch", "DescribeAlarms", { AlarmNames: [name] }).MetricAlarms[0].StateValue;
}

/** Four tasks of a quarter vCPU, for ten minutes. */
function running(): SmallWorld {
  const small = new SmallWorld({ switches: { usageOfNothing: "zero" } });
  small.cluster("pay");
  small.service("pay", "api", { desiredCount: 4 });
  small.pass(10 * MINUTE);
  return small;
}

interface Question {
  readonly startMs: number;
  readonly endMs: number;
  readonly Resource?: string;
  readonly Class?: string;
  readonly Stat?: string;
  readonly Period?: number;
  readonly ScanBy?: string;
}

function question({ startMs, endMs, ScanBy, ...metric }: Question) {
  const { Resource = "vCPU", Class = "Standard/OnDemand", Stat = "Maximum", Period = 60 } = metric;
  const Dimensions = Object.entries({ Class, Resource, Service: "Fargate", Type: "Resource" });
  const Metric = {
    Namespace: "AWS/Usage",
    MetricName: "ResourceCount",
    Dimensions: Dimensions.map(([Name, Value]) => ({ Name, Value })),
  };
  return {
    StartTime: new Date(startMs),
    EndTime: new Date(endMs),
    ScanBy,
    MetricDataQueries: [{ Id: "used", MetricStat: { Metric, Period, Stat } }],
  };
}

function used(small: SmallWorld, ask: Question) {
  return small.call("cloudwatch", "GetMetricData", question(ask)).MetricDataResults[0];
}

function worldOf(fleet: Parameters<typeof worldFromFleet>[0]): SmallWorld {
  const small = new SmallWorld({}, worldFromFleet(fleet, { seed: 3 }));
  small.nowMs = Date.parse(fleet.readAt);
  return small;
}
