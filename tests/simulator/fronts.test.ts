// The two fronts with the real clients of the SDK: whatever holds over HTTP must hold in process.

import assert from "node:assert/strict";
import { DescribeSubnetsCommand } from "@aws-sdk/client-ec2";
import { DescribeTasksCommand, ListClustersCommand, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { DescribeKeyCommand, EnableKeyCommand } from "@aws-sdk/client-kms";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { ApiFault } from "../../simulator/api-fault";
import { VirtualClock } from "../../simulator/clock/virtual-clock";
import { startHttpServer } from "../../simulator/http-server";
import { inProcessHandler } from "../../simulator/in-process-handler";
import { Simulation } from "../../simulator/simulation";
import type { Call, Reply } from "../../simulator/world/call";
import { type FakeWorld, fakeWorld, ok } from "./fake-world";
import { type SdkClients, sdkClients } from "./sdk-clients";

interface Front {
  readonly clients: SdkClients;
  readonly world: FakeWorld;
  readonly simulation: Simulation;
  close(): Promise<void>;
}

/** Simulated time. */
const TIMEOUT_MS = 60;

const FRONTS: readonly (readonly [name: string, open: (world: FakeWorld) => Promise<Front>])[] = [
  ["over HTTP", openHttp],
  ["in process", openInProcess],
];

for (const [name, open] of FRONTS) {
  describe(`the SDK's clients ${name}`, () => {
    let front: Front;
    beforeEach(async () => {
      front = await open(fakeWorld(canned));
    });
    afterEach(() => front.close());

    it("read dates, nested lists and numbers of ECS replies", async () => {
      const { tasks } = await front.clients.ecs.send(new DescribeTasksCommand({ cluster: "pay", tasks: ["t"] }));
      assert.deepEqual(tasks?.[0]?.createdAt, new Date("2026-01-02T03:04:05.678Z"));
      assert.deepEqual(tasks?.[0]?.fargateEphemeralStorage, { sizeInGiB: 20 });
      assert.equal(tasks?.[0]?.attachments?.[0]?.details?.[0]?.value, "subnet-1");
    });

    it("read KMS replies, and the lack of one", async () => {
      const { KeyMetadata } = await front.clients.kms.send(new DescribeKeyCommand({ KeyId: "k" }));
      assert.equal(KeyMetadata?.KeyId, "k");
      assert.deepEqual(KeyMetadata?.CreationDate, new Date(0));
      await front.clients.kms.send(new EnableKeyCommand({ KeyId: "k" }));
      assert.equal(front.world.seen[1]?.call.operation, "EnableKey");
    });

    it("read STS replies in Query XML", async () => {
      const { Account, Arn } = await front.clients.sts.send(new GetCallerIdentityCommand({}));
      assert.deepEqual([Account, Arn], ["111122223333", "arn:aws:iam::111122223333:user/operator"]);
    });

    it("send filters and read subnets in EC2 XML, an address count as a number", async () => {
      const input = {
        SubnetIds: ["subnet-1"],
        Filters: [{ Name: "vpc-id", Values: ["vpc-1", "vpc-2"] }],
        MaxResults: 9,
      };
      const { Subnets, NextToken } = await front.clients.ec2.send(new DescribeSubnetsCommand(input));
      assert.deepEqual(front.world.seen[0]?.call.input, input);
      assert.equal(Subnets?.[0]?.AvailableIpAddressCount, 250);
      assert.deepEqual(Subnets?.[0]?.Tags, [{ Key: "Name", Value: "a & b" }]);
      assert.equal(NextToken, undefined);
    });

    it("throw the modelled error class for an error of the world, in every protocol", async () => {
      const missing = front.clients.ecs.send(new DescribeTasksCommand({ cluster: "missing", tasks: [] }));
      await assert.rejects(missing, { name: "ClusterNotFoundException", message: "Cluster not found." });
      const noSubnet = front.clients.ec2.send(new DescribeSubnetsCommand({ SubnetIds: ["subnet-none"] }));
      await assert.rejects(noSubnet, { name: "InvalidSubnetID.NotFound" });
    });

    const faults: readonly (readonly [ApiFault, object])[] = [
      [{ kind: "throttle" }, { name: "ThrottlingException", message: "Rate exceeded" }],
      [{ kind: "server-error" }, { name: "ServerException" }],
      [{ kind: "expired-credentials" }, { name: "ExpiredTokenException" }],
      [
        { kind: "access-denied" },
        { name: "AccessDeniedException", message: /not authorized to perform: ecs:UpdateService/ },
      ],
      [{ kind: "reset" }, { code: "ECONNRESET" }],
      // In process the handler's own time-out ends it; over HTTP whoever waits gives up.
      [{ kind: "timeout-after-act" }, { name: /^(TimeoutError|AbortError)$/ }],
    ];
    for (const [fault, error] of faults) {
      it(`see a ${fault.kind} fault once, then none`, async () => {
        front.simulation.scheduleFault(fault);
        const update = new UpdateServiceCommand({ service: "api", forceNewDeployment: true });
        const { ecs } = front.clients;
        const isLost = fault.kind === "timeout-after-act";
        await assert.rejects(ecs.send(update, isLost ? { abortSignal: seen(front.world) } : {}), error);
        await ecs.send(update);
        assert.equal(front.world.seen.length, fault.kind === "timeout-after-act" ? 2 : 1);
      });
    }

    it("wait for a slow answer in simulated time", async () => {
      front.simulation.scheduleFault({ kind: "slow", delayMs: 3_600_000 });
      const before = front.simulation.clock.nowMs();
      await front.clients.ecs.send(new ListClustersCommand({}));
      assert.equal(front.simulation.clock.nowMs() - before, 3_600_000);
    });

    it("are throttled by the bucket of the operation", async () => {
      const calls = Array.from({ length: 51 }, () =>
        front.clients.ecs.send(new UpdateServiceCommand({ service: "api" })).then(
          () => "ok",
          (error: Error) => error.name,
        ),
      );
      const names = await Promise.all(calls);
      assert.equal(names.filter((end) => end === "ok").length, 50);
      assert.equal(names.filter((end) => end === "ThrottlingException").length, 1);
    });
  });
}

/** Aborted as soon as the world has seen a call. */
function seen(world: FakeWorld): AbortSignal {
  const patience = new AbortController();
  const look = (): void => {
    if (world.seen.length > 0) patience.abort();
    else setImmediate(look);
  };
  look();
  return patience.signal;
}

async function openHttp(world: FakeWorld): Promise<Front> {
  const simulation = new Simulation({ world, clock: new VirtualClock(0) });
  const server = await startHttpServer({ simulation, worldOf: () => fakeWorld() });
  const clients = sdkClients({ endpoint: server.endpoint });
  const close = async (): Promise<void> => {
    clients.destroy();
    await server.close();
    assert.deepEqual(server.defects(), []);
  };
  return { clients, world, simulation, close };
}

async function openInProcess(world: FakeWorld): Promise<Front> {
  const simulation = new Simulation({ world, clock: new VirtualClock(0) });
  const handler = inProcessHandler({ simulation, requestTimeoutMs: TIMEOUT_MS });
  const clients = sdkClients({ handler });
  const close = async (): Promise<void> => assert.deepEqual(handler.defects(), []);
  return { clients, world, simulation, close };
}

function canned({ operation, input }: Call): Reply {
  switch (operation) {
    case "DescribeTasks":
      return input.cluster === "missing" ? clusterNotFound() : ok({ tasks: [TASK], failures: [] });
    case "DescribeKey":
      return ok({ KeyMetadata: { KeyId: String(input.KeyId), CreationDate: new Date(0), KeyState: "Enabled" } });
    case "GetCallerIdentity":
      return ok({ Account: "111122223333", Arn: "arn:aws:iam::111122223333:user/operator", UserId: "AIDA" });
    case "DescribeSubnets":
      return String(input.SubnetIds).includes("none") ? noSubnet() : ok({ Subnets: [SUBNET] });
    case "ListClusters":
      return ok({ clusterArns: [] });
    default:
      return ok({});
  }
}

const TASK = {
  taskArn: "arn:aws:ecs:eu-west-1:111122223333:task/pay/1",
  createdAt: new Date("2026-01-02T03:04:05.678Z"),
  fargateEphemeralStorage: { sizeInGiB: 20 },
  attachments: [{ type: "ElasticNetworkInterface", details: [{ name: "subnetId", value: "subnet-1" }] }],
};

const SUBNET = { SubnetId: "subnet-1", AvailableIpAddressCount: 250, Tags: [{ Key: "Name", Value: "a & b" }] };

function clusterNotFound(): Reply {
  return { kind: "error", code: "ClusterNotFoundException", message: "Cluster not found.", httpStatus: 400 };
}

function noSubnet(): Reply {
  return { kind: "error", code: "InvalidSubnetID.NotFound", message: "The subnet ID does not exist", httpStatus: 400 };
}
