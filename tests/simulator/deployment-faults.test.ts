// Faults of deployments and tasks, made over HTTP and seen by the real clients of the SDK.

import assert from "node:assert/strict";
import {
  ContinueServiceDeploymentCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  type ECSClient,
  ListServiceDeploymentsCommand,
  ListTasksCommand,
  type ServiceDeployment,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { aFleet } from "../../simulator/fleet-builder";
import { startSimulator } from "../../simulator/start-simulator";
import { sdkClients } from "./sdk-clients";

const HOUR = 3_600;

interface Stage {
  readonly ecs: ECSClient;
  fault(fault: object): Promise<number>;
  pass(seconds: number): Promise<void>;
}

describe("faults of deployments, over the SDK", () => {
  it("a hook-fails fault rolls a deployment back whose pause was waiting", async () => {
    await onStage(async ({ ecs, fault, pass }) => {
      await deploy(ecs);
      await pass(HOUR);
      assert.equal((await latest(ecs)).lifecycleHookDetails?.[0]?.status, "AWAITING_ACTION");
      assert.equal(await fault({ kind: "hook-fails", cluster: "pay", service: "api" }), 200);
      await pass(HOUR);
      assert.equal((await latest(ecs)).status, "ROLLBACK_SUCCESSFUL");
    });
  });

  it("ContinueServiceDeployment takes the deployment on, and is refused a second time with the modelled error", async () => {
    await onStage(async ({ ecs, pass }) => {
      await deploy(ecs);
      await pass(HOUR);
      const { serviceDeploymentArn, lifecycleHookDetails } = await latest(ecs);
      const command = new ContinueServiceDeploymentCommand({
        serviceDeploymentArn: String(serviceDeploymentArn),
        hookId: String(lifecycleHookDetails?.[0]?.hookId),
      });
      assert.equal((await ecs.send(command)).serviceDeploymentArn, serviceDeploymentArn);
      await pass(HOUR);
      assert.equal((await latest(ecs)).status, "SUCCESSFUL");
      await assert.rejects(ecs.send(command), { name: "InvalidParameterException" });
    });
  });

  it("an alarm-fires fault fails the deployment that watches the alarm", async () => {
    await onStage(async ({ ecs, fault, pass }) => {
      await deploy(ecs);
      await pass(HOUR);
      await fault({ kind: "alarm-fires", alarm: "errors" });
      await pass(HOUR);
      const { status, alarms } = await latest(ecs);
      assert.deepEqual([status, alarms?.triggeredAlarmNames], ["ROLLBACK_SUCCESSFUL", ["errors"]]);
    });
  });

  it("a zones-rebalanced fault replaces one task, and no deployment is started", async () => {
    await onStage(async ({ ecs, fault, pass }) => {
      const before = await tasksOf(ecs);
      assert.equal(await fault({ kind: "zones-rebalanced", cluster: "pay", service: "api" }), 200);
      assert.equal((await tasksOf(ecs)).length, 3);
      await pass(HOUR);
      await assertReplaced(ecs, before);
    });
  });

  it("a task-retired fault stops one task with the reason of AWS, and the scheduler replaces it", async () => {
    await onStage(async ({ ecs, fault, pass }) => {
      const before = await tasksOf(ecs);
      assert.equal(await fault({ kind: "task-retired", cluster: "pay", service: "api" }), 200);
      const left = await tasksOf(ecs);
      const [retired] = before.filter((arn) => !left.includes(arn));
      const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: "pay", tasks: [String(retired)] }));
      assert.match(tasks?.[0]?.stoppedReason ?? "", /performing maintenance/);
      await pass(HOUR);
      await assertReplaced(ecs, before);
    });
  });

  it("a fault with a member too many is refused with 400", async () => {
    await onStage(async ({ fault }) => {
      assert.equal(await fault({ kind: "zones-rebalanced", cluster: "pay", service: "api", zone: "a" }), 400);
      assert.equal(await fault({ kind: "task-retired", cluster: "pay" }), 400);
    });
  });
});

async function assertReplaced(ecs: ECSClient, before: readonly string[]): Promise<void> {
  const after = await tasksOf(ecs);
  assert.equal(after.length, 2);
  assert.equal(after.filter((arn) => before.includes(arn)).length, 1);
  const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: "pay", tasks: [...after] }));
  assert.equal(new Set(tasks?.map(({ startedBy }) => startedBy)).size, 1);
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster: "pay", services: ["api"] }));
  assert.equal(services?.[0]?.deployments?.length, 1);
}

async function deploy(ecs: ECSClient): Promise<void> {
  await ecs.send(new UpdateServiceCommand({ cluster: "pay", service: "api", forceNewDeployment: true }));
}

async function latest(ecs: ECSClient): Promise<ServiceDeployment> {
  const listed = await ecs.send(new ListServiceDeploymentsCommand({ cluster: "pay", service: "api" }));
  const arn = String(listed.serviceDeployments?.[0]?.serviceDeploymentArn);
  const described = await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }));
  const [found] = described.serviceDeployments ?? [];
  assert.ok(found);
  return found;
}

async function tasksOf(ecs: ECSClient): Promise<readonly string[]> {
  return (await ecs.send(new ListTasksCommand({ cluster: "pay", serviceName: "api" }))).taskArns ?? [];
}

async function onStage(act: (stage: Stage) => Promise<void>): Promise<void> {
  const fleet = aFleet()
    .cluster("pay")
    .service("api", { desired: 2 })
    .blueGreen()
    .alarms("errors")
    .bake(5)
    .hooks({ kind: "pause", stage: "PRE_PRODUCTION_TRAFFIC_SHIFT" })
    .build();
  const simulator = await startSimulator({ fleet, seed: 3, clock: { mode: "manual" } });
  const clients = sdkClients({ endpoint: simulator.endpoint });
  const fault = async (body: object): Promise<number> =>
    (await fetch(`${simulator.endpoint}/_simulator/fault`, { method: "POST", body: JSON.stringify(body) })).status;
  try {
    await act({ ecs: clients.ecs, fault, pass: async (seconds) => simulator.simulation.clock.advance(seconds * 1000) });
  } finally {
    clients.destroy();
    await simulator.close();
    assert.deepEqual(simulator.defects(), []);
  }
}
