import assert from "node:assert/strict";
import { aFleet } from "../../../simulator/fleet-builder";
import { worldFromFleet } from "../../../simulator/world-from-fleet";
import { keyedLater } from "./keyed-later";
import { ACCOUNT, MINUTE, REGION, SECOND, SmallWorld } from "./small-world";

const METRIC = { MetricName: "Errors", Namespace: "Pay", ComparisonOperator: "GreaterThanThreshold" };

describe("11 an alarm that goes off while a deployment is under way or bakes fails it; one that fired at its start turns the watch off", () => {
  it("rolls back to the old revision and its missing key when alarms are told to", () => {
    const { small } = watched();
    small.force("pay", "api");
    untilNewTaskRuns(small);
    small.inject({ kind: "alarm-fires", alarm: "errors" });
    small.until(() => small.latest("pay", "api").status === "ROLLBACK_SUCCESSFUL");
    assert.deepEqual(small.keysOfLive("pay", "api"), [null, null]);
    const { alarms, rollback } = small.latest("pay", "api");
    assert.deepEqual(alarms, {
      status: "TRIGGERED",
      alarmNames: ["errors", "slow"],
      triggeredAlarmNames: ["errors"],
    });
    assert.match(rollback?.reason ?? "", /^ECS deployment alarms: rolling back to deploymentId ecs-svc\//);
  });

  it("only stops the deployment when rollback is off, and launches no more", () => {
    const { small } = watched({ rollback: false });
    small.force("pay", "api");
    untilNewTaskRuns(small);
    small.inject({ kind: "alarm-fires", alarm: "slow" });
    small.until(() => small.latest("pay", "api").status === "STOPPED");
    assert.equal(small.rolloutState("pay", "api"), "FAILED");
    assert.match(small.latest("pay", "api").statusReason ?? "", /alarm was triggered and rollback is not enabled/);
    const { launches } = small.view("pay", "api").counters;
    small.pass(60 * MINUTE);
    assert.equal(small.view("pay", "api").counters.launches, launches);
  });

  it("fails a rolling deployment in its bake, when all new tasks run and no old one does", () => {
    const { small, key } = watched({ bakeTimeInMinutes: 20 });
    small.force("pay", "api");
    small.until(() => isAllNew(small, key));
    small.pass(10 * MINUTE);
    assert.equal(small.latest("pay", "api").status, "IN_PROGRESS");
    assert.equal(small.latest("pay", "api").alarms?.status, "MONITORING");
    small.call("cloudwatch", "SetAlarmState", { AlarmName: "slow", StateValue: "ALARM", StateReason: "drill" });
    small.until(() => small.latest("pay", "api").status === "ROLLBACK_SUCCESSFUL");
    assert.deepEqual(small.keysOfLive("pay", "api"), [null, null]);
  });

  it("is IN_PROGRESS until the bake is over, and watches no more after it", () => {
    const { small, key } = watched({ bakeTimeInMinutes: 20 });
    small.force("pay", "api");
    small.until(() => isAllNew(small, key));
    const fromMs = small.nowMs;
    small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
    assert.ok(small.nowMs - fromMs >= 20 * MINUTE, `${small.nowMs - fromMs} ms`);
    assert.equal(small.latest("pay", "api").alarms?.status, "MONITORING_COMPLETE");
    small.inject({ kind: "alarm-fires", alarm: "errors" });
    small.pass(30 * MINUTE);
    assert.deepEqual(small.keysOfLive("pay", "api"), [key, key]);
    assert.equal(small.latest("pay", "api").alarms?.triggeredAlarmNames, undefined);
  });

  it("bakes as long as its slowest alarm judges, and less than 5 minutes, when no bake time is told", () => {
    const bake = (Period: number, EvaluationPeriods: number): number => {
      const { small, key } = watched({}, { Period, EvaluationPeriods });
      small.force("pay", "api");
      small.until(() => isAllNew(small, key));
      const fromMs = small.nowMs;
      small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
      return small.nowMs - fromMs;
    };
    assert.ok(bake(60, 4) - bake(60, 1) > 2 * MINUTE);
    assert.ok(bake(3600, 24) < 6 * MINUTE);
  });

  it("ignores every alarm for a deployment that began while one of them fired", () => {
    const { small, key } = watched();
    small.inject({ kind: "alarm-fires", alarm: "slow" });
    small.force("pay", "api");
    assert.deepEqual(small.latest("pay", "api").alarms, { status: "DISABLED", alarmNames: ["errors", "slow"] });
    untilNewTaskRuns(small);
    small.inject({ kind: "alarm-clears", alarm: "slow" });
    small.inject({ kind: "alarm-fires", alarm: "errors" });
    small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
    assert.deepEqual(small.keysOfLive("pay", "api"), [key, key]);
  });

  it("does not watch alarms that are configured and not enabled", () => {
    const { small } = watched({ enable: false });
    small.force("pay", "api");
    untilNewTaskRuns(small);
    small.inject({ kind: "alarm-fires", alarm: "errors" });
    small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
    assert.equal(small.latest("pay", "api").alarms?.status, "DISABLED");
  });

  it("fails a blue/green deployment in its bake, which goes back to the old tasks that still run", () => {
    const { small } = watched({ strategy: "BLUE_GREEN", bakeTimeInMinutes: 30 });
    small.force("pay", "api");
    small.until(() => small.latest("pay", "api").lifecycleStage === "BAKE_TIME");
    const { launches } = small.view("pay", "api").counters;
    small.inject({ kind: "alarm-fires", alarm: "errors" });
    small.until(() => small.latest("pay", "api").status === "ROLLBACK_SUCCESSFUL");
    assert.deepEqual(small.keysOfLive("pay", "api"), [null, null]);
    assert.equal(small.view("pay", "api").counters.launches, launches);
  });

  it("goes by what a fleet tells of the alarms of its services", () => {
    const fleet = aFleet({ account: ACCOUNT, region: REGION })
      .cluster("pay")
      .service("api")
      .alarms("errors")
      .service("calm")
      .alarms("errors")
      .alarmsOnlyFail()
      .build();
    const small = new SmallWorld({}, worldFromFleet(fleet, { seed: 5 }));
    small.nowMs = Date.parse(fleet.readAt);
    for (const service of ["api", "calm"]) small.force("pay", service);
    untilNewTaskRuns(small);
    untilNewTaskRuns(small, "calm");
    small.inject({ kind: "alarm-fires", alarm: "errors" });
    small.until(() => small.latest("pay", "api").status === "ROLLBACK_SUCCESSFUL");
    assert.equal(small.latest("pay", "calm").status, "STOPPED");
  });
});

/** A settled service that watches two alarms, in a cluster that has a key since. */
function watched(
  more: { readonly enable?: boolean; readonly rollback?: boolean; readonly [other: string]: unknown } = {},
  definition: object = { Period: 60, EvaluationPeriods: 1 },
) {
  const { enable = true, rollback = true, ...configuration } = more;
  const alarms = { alarmNames: ["errors", "slow"], enable, rollback };
  const { small, key } = keyedLater();
  for (const AlarmName of alarms.alarmNames) {
    small.call("cloudwatch", "PutMetricAlarm", { AlarmName, ...METRIC, ...definition });
  }
  const deploymentConfiguration = { alarms, ...configuration };
  small.ecs("UpdateService", { cluster: "pay", service: "api", deploymentConfiguration });
  return { small, key };
}

function untilNewTaskRuns(small: SmallWorld, service = "api"): void {
  small.until(() => (small.describe("pay", service).deployments?.[0]?.runningCount ?? 0) > 0);
  small.pass(SECOND);
}

function isAllNew(small: SmallWorld, key: string): boolean {
  const keys = small.keysOfLive("pay", "api");
  const { runningCount } = small.describe("pay", "api");
  return keys.length === 2 && runningCount === 2 && keys.every((one) => one === key);
}
