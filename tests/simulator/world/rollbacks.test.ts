import assert from "node:assert/strict";
import { breaker, MINUTE, SmallWorld, withKey } from "./small-world";

/** A settled un-keyed service in a cluster that has a key by now, whose new tasks will fail as said. */
function failing(
  more: Readonly<Record<string, unknown>>,
  how: "exits" | "image-missing" | "unhealthy" = "exits",
  options: object = {},
): SmallWorld {
  const small = new SmallWorld(options);
  small.cluster("pay");
  small.service("pay", "api", more);
  small.ecs("UpdateCluster", { cluster: "pay", ...withKey(small.goodKey("pay")) });
  small.inject({ kind: "new-tasks-fail", cluster: "pay", service: "api", how });
  small.force("pay", "api");
  return small;
}

describe("simulated failures of deployments", () => {
  describe("10 the circuit breaker trips at half of desired, from 3 to 200, and rolls back with the old revision's key", () => {
    for (const how of ["exits", "image-missing", "unhealthy"] as const) {
      it(`rolls back to un-keyed tasks when new ones fail (${how})`, () => {
        const rollbackDeployment = how === "image-missing" ? "same" : "new";
        const small = failing(breaker(true), how, { switches: { rollbackDeployment } });
        small.until(() => small.latest("pay", "api").status === "ROLLBACK_SUCCESSFUL", 240 * MINUTE);
        assert.deepEqual(small.keysOfLive("pay", "api"), [null, null]);
        const { deploymentCircuitBreaker, rollback } = small.latest("pay", "api");
        assert.equal(deploymentCircuitBreaker?.status, "TRIGGERED");
        assert.equal(deploymentCircuitBreaker?.threshold, 3);
        assert.match(rollback?.reason ?? "", /circuit breaker: rolling back to deploymentId ecs-svc\//);
        assert.ok(small.view("pay", "api").counters.failedLaunches >= 3);
      });
    }

    it("fails to roll back when the old revision's image is gone too, and keeps what still runs", () => {
      const small = failing(breaker(true), "image-missing", { switches: { rollbackDeployment: "new" } });
      small.until(() => small.latest("pay", "api").status === "ROLLBACK_FAILED", 240 * MINUTE);
      small.pass(60 * MINUTE);
      assert.equal(small.describe("pay", "api").runningCount, 2);
    });

    it("starts another deployment of the old revision, or brings back the old one (switch rollbackDeployment)", () => {
      const idsKept = (rollbackDeployment: "same" | "new"): boolean => {
        const small = failing(breaker(true), "exits", { switches: { rollbackDeployment } });
        const old = small.describe("pay", "api").deployments?.[1]?.id;
        small.until(() => small.latest("pay", "api").status === "ROLLBACK_SUCCESSFUL");
        return small.describe("pay", "api").deployments?.[0]?.id === old;
      };
      assert.equal(idsKept("same"), true);
      assert.equal(idsKept("new"), false);
    });

    const thresholds = [
      { desired: 1, threshold: 3 },
      { desired: 7, threshold: 4 },
      { desired: 500, threshold: 200 },
    ];
    for (const { desired, threshold } of thresholds) {
      it(`shows a threshold of ${threshold} for a desired count of ${desired}`, () => {
        const small = new SmallWorld();
        small.cluster("pay");
        small.create("pay", "api", { desiredCount: desired, ...breaker(true) });
        assert.equal(small.latest("pay", "api").deploymentCircuitBreaker?.threshold, threshold);
      });
    }

    it("stalls with nothing to roll back to, and launches no more", () => {
      const small = new SmallWorld();
      small.cluster("pay");
      small.create("pay", "api", breaker(true));
      small.inject({ kind: "new-tasks-fail", cluster: "pay", service: "api", how: "exits" });
      small.until(() => small.latest("pay", "api").status === "ROLLBACK_FAILED");
      assert.equal(small.rolloutState("pay", "api"), "FAILED");
      const { launches } = small.view("pay", "api").counters;
      small.pass(180 * MINUTE);
      assert.equal(small.view("pay", "api").counters.launches, launches);
    });

    it("only stops when rollback is off, and keeps the old tasks", () => {
      const small = failing(breaker(false));
      small.until(() => small.latest("pay", "api").status === "STOPPED");
      small.pass(30 * MINUTE);
      assert.equal(small.rolloutState("pay", "api"), "FAILED");
      assert.equal(small.describe("pay", "api").runningCount, 2);
    });
  });

  it("18 a rolled-back service looks stable, on its last successful revision", () => {
    const small = failing(breaker(true));
    const failed = small.latest("pay", "api").targetServiceRevision?.arn;
    small.until(() => small.latest("pay", "api").status === "ROLLBACK_SUCCESSFUL");
    const service = small.describe("pay", "api");
    assert.equal(service.deployments?.length, 1);
    assert.equal(service.runningCount, service.desiredCount);
    assert.equal(service.deployments?.[0]?.rolloutState, "COMPLETED");
    const [current] = service.currentServiceRevisions ?? [];
    assert.notEqual(current?.arn, failed);
    assert.equal(small.latest("pay", "api").rollback?.serviceRevisionArn, current?.arn);
    const { serviceRevisions } = small.ecs("DescribeServiceRevisions", { serviceRevisionArns: [failed, current?.arn] });
    assert.match(serviceRevisions[0].fargateEphemeralStorage.kmsKeyId, /:key\//);
    assert.equal(serviceRevisions[1].fargateEphemeralStorage, undefined);
  });

  it("18a UpdateService and DescribeServices name the service deployment, at times blank at first", () => {
    const small = new SmallWorld();
    small.cluster("pay");
    small.service("pay", "api");
    const named: boolean[] = [];
    for (let round = 0; round < 12; round++) {
      const reply = small.force("pay", "api");
      named.push(reply.currentServiceDeployment !== "");
      assert.ok((reply.currentServiceRevisions ?? []).length > 0);
      small.pass(10 * MINUTE);
      assert.equal(
        small.describe("pay", "api").currentServiceDeployment,
        small.latest("pay", "api").serviceDeploymentArn,
      );
    }
    assert.ok(named.includes(true) && named.includes(false), "both ways were seen");
  });

  describe("18b without a breaker failing tasks are relaunched for ever, and stopping works without rollback configured", () => {
    it("goes on IN_PROGRESS for a day, launching all the while", () => {
      const small = failing({});
      small.pass(12 * 60 * MINUTE);
      const { launches } = small.view("pay", "api").counters;
      small.pass(12 * 60 * MINUTE);
      assert.ok(small.view("pay", "api").counters.launches > launches);
      assert.equal(small.latest("pay", "api").status, "IN_PROGRESS");
      assert.deepEqual(small.keysOfLive("pay", "api").filter((key) => key === null).length, 2);
    });

    it("rolls back when stopped, and refuses to stop what has ended", () => {
      const small = failing({});
      small.pass(20 * MINUTE);
      const serviceDeploymentArn = small.latest("pay", "api").serviceDeploymentArn;
      small.ecs("StopServiceDeployment", { serviceDeploymentArn });
      small.until(() => small.latest("pay", "api").status === "ROLLBACK_SUCCESSFUL");
      assert.deepEqual(small.keysOfLive("pay", "api"), [null, null]);
      assert.equal(small.refused("ecs", "StopServiceDeployment", { serviceDeploymentArn }).code, "ConflictException");
    });

    it("aborts the record alone: the deployment goes on", () => {
      const small = failing({});
      small.pass(5 * MINUTE);
      const serviceDeploymentArn = small.latest("pay", "api").serviceDeploymentArn;
      small.ecs("StopServiceDeployment", { serviceDeploymentArn, stopType: "ABORT" });
      small.until(() => small.latest("pay", "api").status === "STOPPED");
      const { launches } = small.view("pay", "api").counters;
      small.pass(60 * MINUTE);
      assert.ok(small.view("pay", "api").counters.launches > launches);
    });
  });

  it("18c during a deployment scale-in is off and scale-out goes on, on both revisions", () => {
    const small = failing({ desiredCount: 4 });
    small.pass(MINUTE);
    const scale = { kind: "somebody-scales", cluster: "pay", service: "api", by: "autoscaling" } as const;
    small.inject({ ...scale, desiredCount: 2 });
    assert.equal(small.view("pay", "api").desiredCount, 4);
    small.inject({ ...scale, desiredCount: 12 });
    small.pass(10 * MINUTE);
    assert.equal(small.view("pay", "api").desiredCount, 12);
    const [, old] = small.describe("pay", "api").deployments ?? [];
    assert.ok((old?.runningCount ?? 0) > 4, "the old revision was scaled out too");
    const { launches, launchesWithKey } = small.view("pay", "api").counters;
    assert.ok(launchesWithKey > 0 && launches - launchesWithKey > 4);
  });
});
