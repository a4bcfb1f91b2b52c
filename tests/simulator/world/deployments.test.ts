import assert from "node:assert/strict";
import { keyedLater } from "./keyed-later";
import { MINUTE, SECOND, SmallWorld } from "./small-world";

describe("simulated deployments", () => {
  describe("4 a changed key reaches new deployments only (switch keyCapture)", () => {
    it("leaves running tasks, deployments and later scale-out without the key until a deployment is forced", () => {
      const { small, key } = keyedLater();
      small.ecs("UpdateService", { cluster: "pay", service: "api", desiredCount: 4 });
      small.until(() => small.alive("pay", "api").length === 4);
      assert.deepEqual(small.keysOfLive("pay", "api"), [null, null, null, null]);
      const forced = small.force("pay", "api");
      assert.equal(forced.deployments?.[0]?.fargateEphemeralStorage?.kmsKeyId, key);
      assert.equal(forced.deployments?.[1]?.fargateEphemeralStorage, undefined);
      small.until(() => small.rolloutState("pay", "api") === "COMPLETED");
      assert.deepEqual(small.keysOfLive("pay", "api"), [key, key, key, key]);
    });

    it("keys every new task when switched to task", () => {
      const { small, key } = keyedLater({}, { switches: { keyCapture: "task" } });
      small.ecs("UpdateService", { cluster: "pay", service: "api", desiredCount: 3 });
      small.until(() => small.alive("pay", "api").length === 3);
      assert.deepEqual(small.keysOfLive("pay", "api"), [null, null, key]);
    });
  });

  describe("6 forcing or changing what runs starts a deployment, every time; counts, percents and tags do not", () => {
    const starts: readonly (readonly [what: string, input: (small: SmallWorld) => object])[] = [
      ["forceNewDeployment", () => ({ forceNewDeployment: true })],
      ["a changed task definition", (small) => ({ taskDefinition: small.taskDefinition("api") })],
      ["a changed platform version", () => ({ platformVersion: "1.4.0" })],
      ["a changed network", () => ({ networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-2"] } } })],
    ];
    for (const [what, input] of starts) {
      it(`starts one for ${what}`, () => {
        const { small } = keyedLater();
        small.ecs("UpdateService", { cluster: "pay", service: "api", ...input(small) });
        assert.equal(small.view("pay", "api").counters.deploymentsStarted, 2);
        assert.equal(small.describe("pay", "api").deployments?.length, 2);
      });
    }

    const startsNone: readonly (readonly [what: string, input: object])[] = [
      ["desiredCount", { desiredCount: 5 }],
      ["percents", { deploymentConfiguration: { maximumPercent: 150, minimumHealthyPercent: 50 } }],
      ["exec", { enableExecuteCommand: true }],
      ["tag propagation", { propagateTags: "SERVICE" }],
      ["the same platform version", { platformVersion: "LATEST" }],
    ];
    for (const [what, input] of startsNone) {
      it(`starts none for ${what}`, () => {
        const { small } = keyedLater();
        small.ecs("UpdateService", { cluster: "pay", service: "api", ...input });
        assert.equal(small.view("pay", "api").counters.deploymentsStarted, 1);
        assert.equal(small.view("pay", "api").counters.updateServiceCalls, 1);
      });
    }

    it("starts another one each time the same call is repeated", () => {
      const { small } = keyedLater();
      const first = small.force("pay", "api").deployments?.[0]?.id;
      const second = small.force("pay", "api").deployments?.[0]?.id;
      assert.notEqual(first, second);
      assert.equal(small.view("pay", "api").counters.deploymentsStarted, 3);
    });
  });

  it("7 a new deployment makes the old one ACTIVE and stops the unfinished service deployment", () => {
    const { small } = keyedLater();
    small.force("pay", "api");
    small.pass(10 * SECOND);
    const first = small.latest("pay", "api").serviceDeploymentArn ?? "";
    const statuses = small.force("pay", "api").deployments?.map((deployment) => deployment.status);
    assert.deepEqual(statuses, ["PRIMARY", "ACTIVE", "ACTIVE"]);
    assert.equal(small.serviceDeployment(first).status, "STOP_REQUESTED");
    small.pass(MINUTE);
    assert.equal(small.serviceDeployment(first).status, "STOPPED");
    small.until(() => small.rolloutState("pay", "api") === "COMPLETED");
    assert.equal(small.latest("pay", "api").status, "SUCCESSFUL");
    assert.equal(small.describe("pay", "api").deployments?.length, 1);
  });

  describe("8 a rolling deployment keeps to its percents, and says so when they leave no way to move", () => {
    const cases = [
      { desired: 4, min: 100, max: 200 },
      { desired: 4, min: 50, max: 100 },
      { desired: 3, min: 50, max: 150 },
      { desired: 5, min: 100, max: 120 },
      { desired: 1, min: 0, max: 100 },
    ];
    for (const { desired, min, max } of cases) {
      it(`runs at least ceil(${desired}×${min} %) and starts at most floor(${desired}×${max} %) to the end`, () => {
        const percents = { deploymentConfiguration: { minimumHealthyPercent: min, maximumPercent: max } };
        const { small, key } = keyedLater({ desiredCount: desired, ...percents });
        small.force("pay", "api");
        small.until(() => {
          const { runningCount = 0, pendingCount = 0 } = small.describe("pay", "api");
          assert.ok(runningCount >= Math.ceil((desired * min) / 100), `${runningCount} running`);
          assert.ok(
            runningCount + pendingCount <= Math.floor((desired * max) / 100),
            `${runningCount}+${pendingCount}`,
          );
          return small.rolloutState("pay", "api") === "COMPLETED";
        });
        assert.deepEqual(small.keysOfLive("pay", "api"), Array(desired).fill(key));
      });
    }

    it("stays IN_PROGRESS with an event when desired 1, minimum 100 and maximum 100 leave nothing to do", () => {
      const percents = { deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 100 } };
      const { small } = keyedLater({ desiredCount: 1, availabilityZoneRebalancing: "DISABLED", ...percents });
      small.force("pay", "api");
      small.pass(120 * MINUTE);
      const service = small.describe("pay", "api");
      assert.equal(service.deployments?.[0]?.rolloutState, "IN_PROGRESS");
      assert.equal(service.deployments?.[0]?.runningCount, 0);
      assert.match(service.events?.[0]?.message ?? "", /unable to stop or start tasks during a deployment/);
    });

    it("waits for draining tasks to leave when they take room (switch drainingTakesRoom)", () => {
      const most = (drainingTakesRoom: boolean): number => {
        const { small } = keyedLater(
          { desiredCount: 4, deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 100 } },
          { switches: { drainingTakesRoom } },
        );
        small.force("pay", "api");
        let alive = 0;
        small.until(() => {
          alive = Math.max(alive, small.alive("pay", "api").length);
          return small.rolloutState("pay", "api") === "COMPLETED";
        });
        return alive;
      };
      assert.equal(most(true), 4);
      assert.ok(most(false) > 4);
    });
  });

  it("9 scale-out and replacement use the key of the deployment they belong to", () => {
    const { small, key } = keyedLater({ desiredCount: 3 });
    small.inject({ kind: "task-dies", cluster: "pay", service: "api" });
    small.until(() => small.keysOfLive("pay", "api").length === 2);
    small.until(() => small.keysOfLive("pay", "api").length === 3);
    assert.deepEqual(small.keysOfLive("pay", "api"), [null, null, null]);
    small.force("pay", "api");
    small.until(() => small.rolloutState("pay", "api") === "COMPLETED");
    small.inject({ kind: "spot-interruption", cluster: "pay", service: "api" });
    small.inject({ kind: "cluster-key-changed", cluster: "pay", key: null });
    small.until(() => small.keysOfLive("pay", "api").length === 3);
    assert.deepEqual(small.keysOfLive("pay", "api"), [key, key, key]);
  });

  it("15 a protected old task keeps its deployment open until the protection ends", () => {
    const { small } = keyedLater();
    const [old] = small.listedTasks("pay", "api");
    const protect = { cluster: "pay", tasks: [old?.taskArn], protectionEnabled: true, expiresInMinutes: 60 };
    assert.equal(small.ecs("UpdateTaskProtection", protect).protectedTasks[0].protectionEnabled, true);
    small.force("pay", "api");
    small.pass(50 * MINUTE);
    assert.equal(small.rolloutState("pay", "api"), "IN_PROGRESS");
    assert.equal(small.keysOfLive("pay", "api").filter((key) => key === null).length, 1);
    small.pass(15 * MINUTE);
    assert.equal(small.rolloutState("pay", "api"), "COMPLETED");
    assert.equal(
      small.ecs("GetTaskProtection", { cluster: "pay", tasks: [old?.taskArn] }).protectedTasks[0].protectionEnabled,
      false,
    );
  });

  it("16 at desired count 0 a deployment completes without a task, and later scale-out has its key", () => {
    const { small, key } = keyedLater({ desiredCount: 0 });
    small.force("pay", "api");
    small.until(() => small.latest("pay", "api").status === "SUCCESSFUL");
    assert.deepEqual(small.view("pay", "api").tasks, []);
    small.ecs("UpdateService", { cluster: "pay", service: "api", desiredCount: 2 });
    small.until(() => small.keysOfLive("pay", "api").length === 2);
    assert.deepEqual(small.keysOfLive("pay", "api"), [key, key]);
  });

  describe("17 zone rebalancing refuses a maximumPercent of 100, and a strategy hides the launch type", () => {
    it("refuses the combination, and nothing changes", () => {
      const { small } = keyedLater({ availabilityZoneRebalancing: "ENABLED" });
      const deploymentConfiguration = { minimumHealthyPercent: 0, maximumPercent: 100 };
      const refusal = small.refused("ecs", "UpdateService", {
        cluster: "pay",
        service: "api",
        deploymentConfiguration,
      });
      assert.equal(refusal.code, "InvalidParameterException");
      assert.equal(small.describe("pay", "api").deploymentConfiguration?.maximumPercent, 200);
    });

    it("shows no launchType on a service with a capacity provider strategy, yet its tasks run on Fargate", () => {
      const small = new SmallWorld();
      small.ecs("CreateCluster", { clusterName: "pay", capacityProviders: ["FARGATE_SPOT"] });
      const capacityProviderStrategy = [{ capacityProvider: "FARGATE_SPOT", weight: 1, base: 0 }];
      small.service("pay", "api", { launchType: undefined, capacityProviderStrategy });
      assert.equal("launchType" in small.describe("pay", "api"), false);
      const [task] = small.listedTasks("pay", "api");
      assert.equal(task?.launchType, "FARGATE");
      assert.equal(task?.capacityProviderName, "FARGATE_SPOT");
    });
  });
});
