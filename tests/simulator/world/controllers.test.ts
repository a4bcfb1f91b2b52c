import assert from "node:assert/strict";
import { NETWORK, SmallWorld, withKey } from "./small-world";

describe("14 CODE_DEPLOY services refuse to be forced, EXTERNAL ones are moved by task sets", () => {
  it("refuses forceNewDeployment on CODE_DEPLOY with AWS's text", () => {
    const small = new SmallWorld();
    small.cluster("pay");
    small.create("pay", "api", { deploymentController: { type: "CODE_DEPLOY" } });
    const refusal = small.refused("ecs", "UpdateService", { cluster: "pay", service: "api", forceNewDeployment: true });
    assert.equal(refusal.code, "InvalidParameterException");
    assert.equal(
      refusal.message,
      "Cannot force a new deployment on services with a CODE_DEPLOY deployment controller. " +
        "Use AWS CodeDeploy to trigger a new deployment.",
    );
  });

  it("lets CODE_DEPLOY change its desired count but not its task definition", () => {
    const small = new SmallWorld();
    small.cluster("pay");
    small.create("pay", "api", { deploymentController: { type: "CODE_DEPLOY" } });
    const service = { cluster: "pay", service: "api" };
    assert.equal(small.ecs("UpdateService", { ...service, desiredCount: 3 }).service.desiredCount, 3);
    const taskDefinition = small.taskDefinition("api");
    assert.equal(
      small.refused("ecs", "UpdateService", { ...service, taskDefinition }).code,
      "InvalidParameterException",
    );
  });

  it("moves an EXTERNAL service by a second task set, which captures the key of its day", () => {
    const small = new SmallWorld();
    small.cluster("pay");
    const taskDefinition = small.taskDefinition("api");
    const service = { cluster: "pay", service: "api" };
    small.create("pay", "api", { deploymentController: { type: "EXTERNAL" } });
    const make = () =>
      small.ecs("CreateTaskSet", { ...service, taskDefinition, launchType: "FARGATE", ...NETWORK }).taskSet;
    const describe = (id: string) => small.ecs("DescribeTaskSets", { ...service, taskSets: [id] }).taskSets[0];
    const old = make();
    small.ecs("UpdateServicePrimaryTaskSet", { ...service, primaryTaskSet: old.id });
    small.until(() => describe(old.id).stabilityStatus === "STEADY_STATE");
    const key = small.goodKey("pay");
    small.ecs("UpdateCluster", { cluster: "pay", ...withKey(key) });
    const young = make();
    assert.equal(young.fargateEphemeralStorage.kmsKeyId, key);
    assert.equal(describe(old.id).fargateEphemeralStorage, undefined);
    small.until(() => describe(young.id).stabilityStatus === "STEADY_STATE");
    small.ecs("UpdateServicePrimaryTaskSet", { ...service, primaryTaskSet: young.id });
    small.ecs("DeleteTaskSet", { ...service, taskSet: old.id });
    small.until(() => small.keysOfLive("pay", "api").length === 2);
    assert.deepEqual(small.keysOfLive("pay", "api"), [key, key]);
    assert.equal(small.describe("pay", "api").launchType, "EC2");
  });

  it("names task sets and services that are not there", () => {
    const small = new SmallWorld();
    small.cluster("pay");
    small.create("pay", "api", { deploymentController: { type: "EXTERNAL" } });
    const scale = { value: 50, unit: "PERCENT" };
    const absent = { cluster: "pay", service: "api", taskSet: "ecs-svc/1", scale };
    assert.equal(small.refused("ecs", "UpdateTaskSet", absent).code, "TaskSetNotFoundException");
    assert.equal(
      small.refused("ecs", "UpdateService", { cluster: "pay", service: "none" }).code,
      "ServiceNotFoundException",
    );
    assert.equal(
      small.refused("ecs", "UpdateService", { cluster: "none", service: "api" }).code,
      "ClusterNotFoundException",
    );
    small.ecs("DeleteService", { cluster: "pay", service: "api", force: true });
    small.pass(10_000);
    assert.equal(
      small.refused("ecs", "UpdateService", { cluster: "pay", service: "api" }).code,
      "ServiceNotActiveException",
    );
  });
});
