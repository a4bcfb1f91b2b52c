import assert from "node:assert/strict";
import { known, unknown } from "../../../domain/fact";
import type { Fleet } from "../../../domain/fleet";
import { aFleet } from "../../../simulator/fleet-builder";
import type { LaneView } from "../../../simulator/world/world-view";
import { worldFromFleet } from "../../../simulator/world-from-fleet";
import { ACCOUNT, MINUTE, NETWORK, REGION, SmallWorld } from "./small-world";

const VCPU_LIMIT = "You\u2019ve reached the limit on the number of vCPUs you can run concurrently";

const LANE = { account: ACCOUNT, region: REGION };

describe("22a a launch over the vCPU quota of its kind of capacity is refused, and a service tries again", () => {
  it("refuses nothing in a world that nobody gave a quota", () => {
    const small = small256(0);
    small.create("pay", "api", { desiredCount: 500 });
    small.until(() => small.describe("pay", "api").runningCount === 500);
    assert.deepEqual(vcpu(small).onDemand, { quota: null, inUse: 125 });
  });

  it("lets run what fits, says so in an event, and starts the rest when there is room", () => {
    const small = small256(2);
    small.create("pay", "api", { desiredCount: 10 });
    small.pass(10 * MINUTE);
    assert.equal(small.describe("pay", "api").runningCount, 8);
    const refusal = `(service api) was unable to place a task. Reason: ${VCPU_LIMIT}.`;
    assert.ok(events(small).includes(refusal), events(small).join("\n"));
    small.inject({ kind: "vcpu-quota", capacity: "onDemand", vcpu: 3 });
    small.until(() => small.describe("pay", "api").runningCount === 10);
    assert.equal(vcpu(small).onDemand.inUse, 2.5);
  });

  it("counts a task until it has stopped, not until its drain begins", () => {
    const small = small256(2);
    small.service("pay", "api", { desiredCount: 4 });
    small.ecs("UpdateService", { cluster: "pay", service: "api", desiredCount: 0 });
    small.until(() => small.listedTasks("pay", "api").length === 0);
    assert.equal(vcpu(small).onDemand.inUse, 1);
    small.until(() => small.alive("pay", "api").length === 0);
    assert.equal(vcpu(small).onDemand.inUse, 0);
  });

  it("keeps Spot apart from On-Demand", () => {
    const small = small256(1);
    small.ecs("PutClusterCapacityProviders", {
      cluster: "pay",
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
      defaultCapacityProviderStrategy: [],
    });
    small.service("pay", "api", { desiredCount: 4 });
    const onSpot = {
      launchType: undefined,
      capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
    };
    small.service("pay", "cheap", { desiredCount: 6, ...onSpot });
    assert.deepEqual(vcpu(small), { onDemand: { quota: 1, inUse: 1 }, spot: { quota: null, inUse: 1.5 } });
  });

  it("reads the CPU of a task definition in both spellings", () => {
    const small = small256(4);
    const taskDefinition = small.taskDefinition("big", { cpu: "2 vCPU", memory: "4 GB" });
    small.service("pay", "big", { desiredCount: 2, taskDefinition });
    assert.equal(vcpu(small).onDemand.inUse, 4);
  });

  it("answers RunTask with a failure whose reason says it", () => {
    const small = small256(0.5);
    const input = {
      cluster: "pay",
      taskDefinition: small.taskDefinition(),
      count: 3,
      launchType: "FARGATE",
      ...NETWORK,
    };
    const { tasks, failures } = small.ecs("RunTask", input);
    assert.equal(tasks.length, 2);
    assert.deepEqual(failures, [{ reason: VCPU_LIMIT }]);
  });

  it("gives what a neighbour took back when its time is over", () => {
    const small = small256(2);
    const untilMs = small.nowMs + 30 * MINUTE;
    small.inject({ kind: "neighbour-takes-vcpu", capacity: "onDemand", vcpu: 1.75, untilMs });
    small.create("pay", "api", { desiredCount: 2 });
    small.pass(20 * MINUTE);
    assert.equal(small.describe("pay", "api").runningCount, 1);
    small.until(() => small.describe("pay", "api").runningCount === 2);
    assert.ok(small.nowMs >= untilMs);
    assert.equal(vcpu(small).onDemand.inUse, 0.5);
  });

  it("stops nothing when the quota falls below what runs", () => {
    const small = small256(2);
    small.service("pay", "api", { desiredCount: 4 });
    small.inject({ kind: "vcpu-quota", capacity: "onDemand", vcpu: 0.25 });
    small.pass(10 * MINUTE);
    assert.equal(small.describe("pay", "api").runningCount, 4);
  });
});

describe("the vCPU of a world made of a fleet", () => {
  const fleet = (): Fleet => aFleet(LANE).cluster("pay").service("api", { desired: 6 }).service("cheap").spot().build();

  it("has the quotas of the scan, and the scan's use with the fleet's tasks in it once", () => {
    const small = worldOf(withOnDemand(fleet(), known(8, "now"), known(5, "now")));
    assert.deepEqual(vcpu(small), { onDemand: { quota: 8, inUse: 5 }, spot: { quota: 4_000, inUse: 0.5 } });
  });

  it("takes the fleet's own tasks for what is used when CloudWatch had counted fewer, or could not be read", () => {
    const why = unknown("denied", "cloudwatch:GetMetricData");
    for (const inUse of [known(0.25, "now"), why]) {
      assert.equal(vcpu(worldOf(withOnDemand(fleet(), known(8, "now"), inUse))).onDemand.inUse, 1.5);
    }
  });

  it("has no limit where the quota could not be read", () => {
    const why = unknown("denied", "servicequotas:GetServiceQuota");
    assert.equal(vcpu(worldOf(withOnDemand(fleet(), why, known(5, "now")))).onDemand.quota, null);
  });

  it("does not let a rolling deployment over a full quota finish, nor harm what runs", () => {
    const full = aFleet(LANE)
      .cluster("pay")
      .service("api", { desired: 4 })
      .percents(100, 200)
      .vcpu({ onDemand: 1 })
      .build();
    const small = worldOf(full);
    small.force("pay", "api");
    small.pass(60 * MINUTE);
    assert.equal(small.rolloutState("pay", "api"), "IN_PROGRESS");
    assert.equal(small.describe("pay", "api").runningCount, 4);
  });
});

function small256(onDemand: number): SmallWorld {
  const small = new SmallWorld();
  small.cluster("pay");
  if (onDemand > 0) small.inject({ kind: "vcpu-quota", capacity: "onDemand", vcpu: onDemand });
  return small;
}

function worldOf(fleet: Fleet): SmallWorld {
  const small = new SmallWorld({}, worldFromFleet(fleet, { seed: 3 }));
  small.nowMs = Date.parse(fleet.readAt);
  return small;
}

function withOnDemand(
  fleet: Fleet,
  quota: Fleet["capacity"]["onDemand"]["quota"],
  inUse: Fleet["capacity"]["onDemand"]["inUse"],
): Fleet {
  return { ...fleet, capacity: { ...fleet.capacity, onDemand: { quota, inUse } } };
}

function vcpu(small: SmallWorld): LaneView["vcpu"] {
  const [lane] = small.world.state().lanes;
  assert.ok(lane);
  return lane.vcpu;
}

function events(small: SmallWorld): readonly string[] {
  return (small.describe("pay", "api").events ?? []).map(({ message }) => message ?? "");
}
