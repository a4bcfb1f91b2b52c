import assert from "node:assert/strict";
import type { ServiceRecord } from "../../../domain/fleet";
import type { ServiceDeploymentRecord } from "../../../migrate/ports/ecs-port";
import { aFleet } from "../../../simulator/fleet-builder";
import { type SimulatedAws, withSimulatedAws } from "./simulated-aws";

const FLEET = aFleet()
  .key("pay-key", { clusters: ["pay"] })
  .cluster("pay", { key: "pay-key" })
  .service("api", { desired: 2 })
  .build();
const [API] = FLEET.services;
const KEY = FLEET.keys[0]?.arn;

describe("ECS over HTTP with the real SDK", () => {
  it("follows a forced deployment from its reply to tasks that carry the key", async () => {
    await withSimulatedAws(FLEET, async (aws) => {
      const before = await deploymentsOf(aws);
      const { service } = await aws.ecs.forceNewDeployment(target());
      const [started, ...others] = await deploymentsSince(before, aws);
      assert.deepEqual(others, []);
      const ended = await untilEnded(aws, started ?? "");
      assert.equal(ended.status, "SUCCESSFUL");
      const { found: revisions } = await aws.ecs.describeServiceRevisions([ended.targetRevisionArn ?? ""]);
      assert.equal(revisions[0]?.kmsKeyArn, KEY);
      const tasks = await aws.ecs.listTasks({ clusterArn: service.clusterArn, service: service.name });
      const { found } = await aws.ecs.describeTasks({ clusterArn: service.clusterArn, tasks });
      assert.equal(found.length, 2);
      assert.ok(found.every(({ kmsKeyArn }) => kmsKeyArn === KEY));
    });
  });

  it("tells what AWS does not know from what it found", async () => {
    await withSimulatedAws(FLEET, async (aws) => {
      const { found, missing } = await aws.ecs.describeServices({
        clusterArn: target().clusterArn,
        services: ["api", "gone"],
      });
      assert.deepEqual(
        found.map(({ name }) => name),
        ["api"],
      );
      assert.equal(missing.length, 1);
      assert.match(missing[0] ?? "", /gone/);
      const clusters = await aws.ecs.describeClusters(["pay", "nowhere"]);
      assert.equal(clusters.found.length, 1);
      assert.equal(clusters.missing.length, 1);
    });
  });

  it("reads the subnets that are there although one of them is gone", async () => {
    await withSimulatedAws(FLEET, async (aws) => {
      const ids = FLEET.subnets.map(({ id }) => id);
      const subnets = await aws.account.describeSubnets([...ids, "subnet-0gone", "subnet-1gone"]);
      assert.deepEqual(subnets.map(({ id }) => id).toSorted(), ids.toSorted());
    });
  });

  it("asks AWS again as another role when it is given one, once for all services", async () => {
    const roleArn = "arn:aws:iam::444455556666:role/migrator";
    const use = async (aws: SimulatedAws): Promise<void> => {
      assert.equal((await aws.account.identity()).account, "444455556666");
      await aws.ecs.listClusters();
      assert.equal(aws.gate.counts().byOperation["sts:AssumeRole"], 1);
    };
    await withSimulatedAws(FLEET, use, { roleArn });
  });

  it("sends UpdateService once when the answer is lost, and the deployment is there to be found", async () => {
    const options = { losing: "ecs:UpdateService" };
    const use = async (aws: SimulatedAws): Promise<void> => {
      const before = await deploymentsOf(aws);
      aws.simulator.simulation.scheduleFault({ kind: "timeout-after-act", operation: "UpdateService", count: 1 });
      await assert.rejects(aws.ecs.forceNewDeployment(target()), { kind: "timeout", mayHaveActed: true });
      assert.equal(aws.gate.counts().byOperation["ecs:UpdateService"], 1);
      assert.equal((await deploymentsSince(before, aws)).length, 1);
    };
    await withSimulatedAws(FLEET, use, options);
  });

  it("sends UpdateService once when the connection breaks, although nothing was done", async () => {
    await withSimulatedAws(FLEET, async (aws) => {
      const before = await deploymentsOf(aws);
      aws.simulator.simulation.scheduleFault({ kind: "reset", operation: "UpdateService", count: 1 });
      await assert.rejects(aws.ecs.forceNewDeployment(target()), { kind: "reset", mayHaveActed: true });
      assert.equal(aws.gate.counts().byOperation["ecs:UpdateService"], 1);
      assert.deepEqual(await deploymentsSince(before, aws), []);
    });
  });

  it("brings a burst of UpdateService through a neighbour that uses up the bucket", async () => {
    await withSimulatedAws(FLEET, async (aws) => {
      const before = await deploymentsOf(aws);
      aws.simulator.simulation.scheduleFault({ kind: "throttle", operation: "UpdateService", count: 4 });
      await aws.ecs.forceNewDeployment(target());
      assert.equal(aws.gate.counts().byOperation["ecs:UpdateService"], 5);
      assert.equal((await deploymentsSince(before, aws)).length, 1);
    });
  });

  it("stops a deployment by rolling it back", async () => {
    await withSimulatedAws(FLEET, async (aws) => {
      const before = await deploymentsOf(aws);
      await aws.ecs.forceNewDeployment(target());
      const [started = ""] = await deploymentsSince(before, aws);
      await aws.ecs.rollBackServiceDeployment(started);
      const ended = await untilEnded(aws, started);
      assert.notEqual(ended.status, "SUCCESSFUL");
    });
  });

  it("says denied, not found and rejected apart", async () => {
    await withSimulatedAws(FLEET, async (aws) => {
      await assert.rejects(aws.ecs.forceNewDeployment({ ...target(), service: "gone" }), { kind: "not-found" });
      await assert.rejects(aws.ecs.forceNewDeployment({ ...target(), platformVersion: "9.9.9" }), { kind: "rejected" });
      aws.simulator.simulation.scheduleFault({ kind: "access-denied", operation: "UpdateService", count: 1 });
      await assert.rejects(aws.ecs.forceNewDeployment(target()), { kind: "denied", operation: "ecs:UpdateService" });
    });
  });
});

function target(): { readonly clusterArn: string; readonly service: string } {
  const service: ServiceRecord | undefined = API;
  assert.ok(service);
  return { clusterArn: service.clusterArn, service: service.arn };
}

async function deploymentsOf(aws: SimulatedAws): Promise<readonly string[]> {
  return (await aws.ecs.listServiceDeployments(target())).map(({ arn }) => arn);
}

async function deploymentsSince(before: readonly string[], aws: SimulatedAws): Promise<readonly string[]> {
  return (await deploymentsOf(aws)).filter((arn) => !before.includes(arn));
}

const ENDED = ["SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED"];

/** Looks every ten seconds of simulated time, for at most an hour of it. */
async function untilEnded(aws: SimulatedAws, arn: string): Promise<ServiceDeploymentRecord> {
  for (let look = 0; look < 360; look += 1) {
    const { found } = await aws.ecs.describeServiceDeployments([arn]);
    const [deployment] = found;
    if (deployment !== undefined && ENDED.includes(deployment.status)) return deployment;
    await aws.clock.sleep(10_000);
  }
  throw new Error(`${arn} never ended`);
}
