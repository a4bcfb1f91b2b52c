// The whole simulator as `fargate-cmk simulate` starts it: a fleet, a clock, an endpoint, and the real world behind it.

import assert from "node:assert/strict";
import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { aFleet } from "../../simulator/fleet-builder";
import { type ClockChoice, type Simulator, startSimulator } from "../../simulator/start-simulator";
import { type SdkClients, sdkClients } from "./sdk-clients";

const ACCOUNT = "444455556666";
const MANUAL: ClockChoice = { mode: "manual" };

describe("a started simulator", () => {
  it("takes access keys that name no account for the fleet's own", async () => {
    await withSimulator(MANUAL, async ({ endpoint }) => {
      const clients = sdkClients({ endpoint }, "AKIAIOSFODNN7EXAMPLE");
      const { Account } = await clients.sts.send(new GetCallerIdentityCommand({}));
      clients.destroy();
      assert.equal(Account, ACCOUNT);
    });
  });

  it("carries a deployment through while a client in another process advances its clock", async () => {
    await withSimulator(MANUAL, async ({ endpoint }, { ecs }) => {
      const before = await ecs.send(new ListTasksCommand({ cluster: "pay", serviceName: "api" }));
      await ecs.send(new UpdateServiceCommand({ cluster: "pay", service: "api", forceNewDeployment: true }));
      await post(endpoint, "advance", { seconds: 3_600 });
      const { taskArns } = await ecs.send(new ListTasksCommand({ cluster: "pay", serviceName: "api" }));
      assert.equal(taskArns?.length, 2);
      assert.deepEqual(
        taskArns?.filter((arn) => before.taskArns?.includes(arn)),
        [],
      );
      const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: "pay", tasks: taskArns }));
      for (const task of tasks ?? [])
        assert.match(String(task.fargateEphemeralStorage?.kmsKeyId), /^arn:aws:kms:.*:key\//);
    });
  });

  it("starts no task any more once a fault has disabled the key", async () => {
    await withSimulator(MANUAL, async ({ endpoint }, { ecs, kms }) => {
      const state = (await (await fetch(`${endpoint}/_simulator/state`)).json()) as {
        readonly lanes: readonly { readonly keys: readonly { readonly arn: string }[] }[];
      };
      const key = String(state.lanes[0]?.keys[0]?.arn);
      await post(endpoint, "fault", { kind: "key-disabled", key });
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: key }));
      assert.equal(KeyMetadata?.KeyState, "Disabled");
      await ecs.send(new UpdateServiceCommand({ cluster: "pay", service: "api", forceNewDeployment: true }));
      await post(endpoint, "advance", { seconds: 3_600 });
      const { services } = await ecs.send(new DescribeServicesCommand({ cluster: "pay", services: ["api"] }));
      const primary = services?.[0]?.deployments?.find(({ status }) => status === "PRIMARY");
      assert.equal(primary?.runningCount, 0);
      assert.ok((primary?.failedTasks ?? 0) > 0);
    });
  });

  it("answers a fault of the world that hits nothing with 400, naming it", async () => {
    await withSimulator(MANUAL, async ({ endpoint }) => {
      const reply = await post(endpoint, "fault", { kind: "service-deleted", cluster: "pay", service: "ghost" });
      assert.equal(reply.status, 400);
      assert.match(await reply.text(), /ghost/);
    });
  });

  it("swaps its world for a posted fleet", async () => {
    await withSimulator(MANUAL, async ({ endpoint }, { ecs }) => {
      const other = aFleet({ account: ACCOUNT }).cluster("other").service("web", { desired: 3 }).build();
      assert.equal((await post(endpoint, "state", other)).status, 200);
      const { services } = await ecs.send(new DescribeServicesCommand({ cluster: "other", services: ["web"] }));
      assert.equal(services?.[0]?.runningCount, 3);
    });
  });

  it("tells a client the speed of a scaled clock, whose time begins with the fleet's scan", async () => {
    await withSimulator({ mode: "scaled", speed: 60 }, async ({ endpoint }) => {
      const clock = (await (await fetch(`${endpoint}/_simulator/clock`)).json()) as Record<string, unknown>;
      assert.equal(clock.speed, 60);
      assert.equal(clock.mode, "scaled");
      assert.ok(Number(clock.nowMs) >= Date.parse("2026-06-01T08:00:00Z"));
    });
  });

  it("answers the same bytes for the same seed and calls", async () => {
    const run = (): Promise<string> =>
      withSimulator(MANUAL, async ({ endpoint }, { ecs }) => {
        await ecs.send(new UpdateServiceCommand({ cluster: "pay", service: "api", forceNewDeployment: true }));
        await post(endpoint, "advance", { seconds: 90 });
        return (await fetch(`${endpoint}/_simulator/state`)).text();
      });
    assert.equal(await run(), await run());
  });
});

async function withSimulator<T>(
  clock: ClockChoice,
  act: (simulator: Simulator, clients: SdkClients) => Promise<T>,
): Promise<T> {
  const fleet = aFleet({ account: ACCOUNT })
    .key("pay-key", { clusters: ["pay"] })
    .cluster("pay", { key: "pay-key" })
    .service("api", { desired: 2 })
    .build();
  const simulator = await startSimulator({ fleet, seed: 3, clock });
  const clients = sdkClients({ endpoint: simulator.endpoint }, ACCOUNT);
  try {
    return await act(simulator, clients);
  } finally {
    clients.destroy();
    await simulator.close();
    assert.deepEqual(simulator.defects(), []);
  }
}

function post(endpoint: string, route: string, body: unknown): Promise<Response> {
  return fetch(`${endpoint}/_simulator/${route}`, { method: "POST", body: JSON.stringify(body) });
}
