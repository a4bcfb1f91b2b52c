import assert from "node:assert/strict";
import type { Fleet } from "../../../domain/fleet";
import { aFleet } from "../../../simulator/fleet-builder";
import { worldFromFleet } from "../../../simulator/world-from-fleet";
import { MINUTE, SmallWorld } from "./small-world";

function smallWorldOf(fleet: Fleet, options: object = {}): SmallWorld {
  const small = new SmallWorld({}, worldFromFleet(fleet, { seed: 5, ...options }));
  small.nowMs = Date.parse(fleet.readAt);
  return small;
}

const LANE = { account: "111122223333", region: "eu-central-1" };

function payFleet() {
  return aFleet(LANE)
    .key("k", { clusters: ["pay"] })
    .cluster("pay", { key: "k" });
}

describe("a world made of a fleet", () => {
  describe("29 service deployments exist only for deployments made in the simulator", () => {
    it("lists none for a service that was never redeployed, and one after it was", () => {
      const fleet = payFleet()
        .service("api", { desired: 3, ageHours: 24 * 365 * 3 })
        .build();
      const small = smallWorldOf(fleet);
      const ask = () => small.ecs("ListServiceDeployments", { cluster: "pay", service: "api" }).serviceDeployments;
      assert.deepEqual(ask(), []);
      assert.equal("currentServiceRevisions" in small.describe("pay", "api"), false);
      small.force("pay", "api");
      assert.equal(ask().length, 1);
    });
  });

  it("holds the clusters, services and tasks as they were read, and leaves services at rest alone", () => {
    const fleet = payFleet().service("api", { desired: 3 }).service("web", { desired: 2 }).build();
    const small = smallWorldOf(fleet);
    small.pass(24 * 60 * MINUTE);
    const arns = small.world
      .state()
      .lanes[0]?.clusters[0]?.services.flatMap(({ tasks }) => tasks.map(({ arn }) => arn));
    assert.deepEqual(arns?.toSorted(), fleet.tasks.map(({ arn }) => arn).toSorted());
    assert.equal(small.view("pay", "api").counters.launches, 0);
    assert.equal(small.describe("pay", "api").runningCount, 3);
  });

  it("moves a service to the cluster's key when it is forced", () => {
    const fleet = payFleet().service("api", { desired: 3 }).behindLoadBalancer().build();
    const small = smallWorldOf(fleet);
    assert.deepEqual(small.keysOfLive("pay", "api"), [null, null, null]);
    small.force("pay", "api");
    small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
    assert.deepEqual(small.keysOfLive("pay", "api"), Array(3).fill(fleet.keys[0]?.arn));
  });

  it("lets a deployment that was under way go on to its end", () => {
    const small = smallWorldOf(payFleet().service("api", { desired: 3 }).inFlight().build());
    assert.equal(small.describe("pay", "api").deployments?.length, 2);
    small.until(() => small.rolloutState("pay", "api") === "COMPLETED");
    assert.equal(small.describe("pay", "api").deployments?.length, 1);
  });

  it("lets services marked as failing fail their new tasks, so that the breaker brings the old ones back", () => {
    const small = smallWorldOf(payFleet().service("api", { desired: 2 }).breaker(true).failing("exits").build());
    small.force("pay", "api");
    small.until(() => small.latest("pay", "api").status === "ROLLBACK_SUCCESSFUL");
    assert.deepEqual(small.keysOfLive("pay", "api"), [null, null]);
  });

  it("keeps tasks of 1.3.0 running but starts none", () => {
    const small = smallWorldOf(payFleet().service("old", { desired: 2 }).pinned("1.3.0").build());
    assert.equal(small.describe("pay", "old").runningCount, 2);
    const force = { cluster: "pay", service: "old", forceNewDeployment: true };
    assert.equal(small.refused("ecs", "UpdateService", force).code, "PlatformUnknownException");
    small.inject({ kind: "task-dies", cluster: "pay", service: "old" });
    small.pass(30 * MINUTE);
    assert.equal(small.describe("pay", "old").runningCount, 1);
    assert.match(small.describe("pay", "old").events?.[0]?.message ?? "", /1\.3\.0 can no longer start tasks/);
    small.force("pay", "old", { platformVersion: "LATEST" });
    small.until(() => small.rolloutState("pay", "old") === "COMPLETED");
    assert.equal(small.describe("pay", "old").runningCount, 2);
  });

  it("holds back launches when subnets have no free address, and goes on when they have", () => {
    const fleet = payFleet().subnet("subnet-0a1b2c3d", { freeAddresses: 20 }).service("api", { desired: 3 }).build();
    const small = smallWorldOf(fleet);
    const subnets = fleet.subnets.map(({ id }) => id);
    for (const subnet of subnets) small.inject({ kind: "subnet-full", subnet, untilMs: small.nowMs + 30 * MINUTE });
    small.force("pay", "api");
    small.pass(20 * MINUTE);
    assert.equal(small.view("pay", "api").counters.launches, 0);
    assert.match(small.describe("pay", "api").events?.[0]?.message ?? "", /free addresses/);
    small.until(() => small.rolloutState("pay", "api") === "COMPLETED");
  });

  it("takes a key whose policy nobody could read for a good one", () => {
    const fleet = payFleet().service("api", { desired: 1 }).build();
    const keys = fleet.keys.map((key) => ({ ...key, policy: { kind: "unknown" as const, why: "denied" } }));
    const small = smallWorldOf({ ...fleet, keys });
    assert.equal(small.refused("kms", "GetKeyPolicy", { KeyId: keys[0]?.arn }).code, "AccessDeniedException");
    small.force("pay", "api");
    small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
  });

  it("takes everything that a builder can make, with a read lag too", () => {
    const fleet = payFleet()
      .service("deploy", { desired: 2 })
      .codeDeploy()
      .service("ext", { desired: 2 })
      .external()
      .service("win", { desired: 1 })
      .windows()
      .service("spot", { desired: 3 })
      .spot()
      .service("odd", { desired: 1 })
      .oldArnFormat()
      .standaloneTask("job")
      .build();
    const small = smallWorldOf(fleet, { readLagMaxMs: 2_000 });
    for (const { name, controller } of fleet.services) {
      const service = small.describe("pay", name);
      assert.equal(service.runningCount, service.desiredCount, name);
      assert.equal(service.deploymentController?.type, controller);
    }
    const { taskArns } = small.ecs("ListTasks", { cluster: "pay" });
    assert.deepEqual(taskArns.toSorted(), fleet.tasks.map(({ arn }) => arn).toSorted());
  });

  it("refuses what it cannot understand under extra.simulator, with its name", () => {
    const fleet = payFleet().service("api", { desired: 1 }).build();
    const unknownService = { failingServices: [{ cluster: "pay", service: "none", how: "exits" }] };
    assert.throws(() => smallWorldOf({ ...fleet, extra: { simulator: unknownService } }), /pay\/none/);
    const oddMode = { failingServices: [{ cluster: "pay", service: "api", how: "sulks" }] };
    assert.throws(() => smallWorldOf({ ...fleet, extra: { simulator: oddMode } }), /sulks/);
    assert.throws(() => smallWorldOf({ ...fleet, extra: { simulator: { durations: { pullMs: 0 } } } }), /pullMs is 0/);
  });

  it("redeploys a thousand services of three thousand tasks in virtual time", () => {
    let builder = payFleet();
    for (let index = 0; index < 1_000; index++) builder = builder.service(`s${index}`, { desired: 3 });
    const small = smallWorldOf(builder.build());
    for (let index = 0; index < 1_000; index++) {
      small.force("pay", `s${index}`);
      small.pass(200);
    }
    small.pass(120 * MINUTE);
    const services = small.world.state().lanes[0]?.clusters[0]?.services ?? [];
    assert.equal(services.filter(({ deployments }) => deployments[0]?.rolloutState === "COMPLETED").length, 1_000);
    const live = services.flatMap(({ tasks }) => tasks.filter(({ desiredStatus }) => desiredStatus === "RUNNING"));
    assert.equal(live.length, 3_000);
    assert.ok(live.every(({ kmsKeyArn }) => kmsKeyArn !== null));
  });
});
