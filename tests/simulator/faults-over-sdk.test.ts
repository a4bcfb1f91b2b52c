// Faults as a person makes them (POST /_simulator/fault), and as the clients of the SDK then meet them over HTTP.

import assert from "node:assert/strict";
import { CloudTrailClient, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import {
  DescribeTasksCommand,
  ECSClient,
  ListServicesCommand,
  ListTasksCommand,
  RunTaskCommand,
  UpdateClusterCommand,
} from "@aws-sdk/client-ecs";
import { DescribeKeyCommand, ListKeysCommand } from "@aws-sdk/client-kms";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { aFleet } from "../../simulator/fleet-builder";
import { type Simulator, startSimulator } from "../../simulator/start-simulator";
import { type SdkClients, sdkClients } from "./sdk-clients";

const START_MS = Date.parse("2026-06-01T08:00:00Z");

describe("a fault, met by the clients of the SDK", () => {
  let simulator: Simulator;
  let clients: SdkClients;
  let key: string;
  beforeEach(async () => {
    const fleet = aFleet({ at: new Date(START_MS).toISOString() })
      .key("pay-key", { clusters: ["pay"], metadata: { origin: "EXTERNAL" } })
      .cluster("pay", { key: "pay-key" })
      .service("api", { desired: 1 })
      .service("web", { desired: 1 })
      .service("job", { desired: 1 })
      .build();
    key = String(fleet.keys[0]?.arn);
    simulator = await startSimulator({ fleet, seed: 3, clock: { mode: "manual" } });
    clients = sdkClients({ endpoint: simulator.endpoint });
  });
  afterEach(async () => {
    clients.destroy();
    await simulator.close();
    assert.deepEqual(simulator.defects(), []);
  });

  it("neighbour-takes-tokens throttles a caller that keeps to half of the rate", async () => {
    const refused = async (): Promise<number> => {
      let throttled = 0;
      for (let call = 0; call < 25; call++) {
        await post("advance", { seconds: 2 });
        await clients.ecs.send(new UpdateClusterCommand({ cluster: "pay" })).catch((error: Error) => {
          assert.equal(error.name, "ThrottlingException");
          throttled += 1;
        });
      }
      return throttled;
    };
    assert.equal(await refused(), 0);
    await fault({ kind: "neighbour-takes-tokens", operation: "UpdateCluster", share: 1, forSeconds: 3_600 });
    assert.equal(await refused(), 6, "19 of 25 pass: the bucket of 20 without the latest call");
    const endless = await post("fault", { kind: "neighbour-takes-tokens", share: 1 });
    assert.equal(endless.status, 400);
    assert.match(await endless.text(), /untilMs must be/);
  });

  it("pagination-token-expires refuses the next page, and never a first one", async () => {
    const first = new ListServicesCommand({ cluster: "pay", maxResults: 2 });
    await fault({ kind: "pagination-token-expires", operation: "ListServices" });
    const { nextToken } = await clients.ecs.send(first);
    const next = new ListServicesCommand({ cluster: "pay", maxResults: 2, nextToken });
    await assert.rejects(clients.ecs.send(next), { name: "InvalidParameterException", message: /expired/ });
    assert.equal((await clients.ecs.send(next)).serviceArns?.length, 1, "it strikes once");
    await fault({ kind: "pagination-token-expires", service: "kms" });
    await assert.rejects(clients.kms.send(new ListKeysCommand({ Marker: "any" })), { name: "InvalidMarkerException" });
  });

  it("clock-skew is told as each protocol tells it, with the simulation's time in the Date of the refusal, and of no other answer", async () => {
    await fault({ kind: "clock-skew", count: 1 });
    await assert.rejects(clients.ecs.send(new ListServicesCommand({ cluster: "pay" })), {
      name: "InvalidSignatureException",
      message: "Signature expired: 20260601T075000Z is now earlier than 20260601T075500Z (20260601T080000Z - 5 min.)",
    });
    await fault({ kind: "clock-skew", service: "sts", aheadSeconds: 1_200 });
    await assert.rejects(clients.sts.send(new GetCallerIdentityCommand({})), {
      name: "SignatureDoesNotMatch",
      message:
        "Signature not yet current: 20260601T082000Z is still later than 20260601T081500Z (20260601T080000Z + 15 min.)",
    });
    await post("advance", { seconds: 90 });
    const target = "AmazonEC2ContainerServiceV20141113.ListClusters";
    const type = "application/x-amz-json-1.1";
    const headers = {
      "x-amz-target": target,
      "content-type": type,
      authorization: "AWS4-HMAC-SHA256 Credential=111122223333/20260601/eu-west-1/ecs/aws4_request",
    };
    const ask = () => fetch(simulator.endpoint, { method: "POST", body: "{}", headers });
    await fault({ kind: "clock-skew", operation: "ListClusters", count: 1 });
    assert.equal((await ask()).headers.get("date"), "Mon, 01 Jun 2026 08:01:30 GMT");
    assert.notEqual((await ask()).headers.get("date")?.slice(8, 16), "Jun 2026");
  });

  it("clock-skew is overcome by a client that may try again, by the Date of the refusal", async () => {
    await fault({ kind: "clock-skew", operation: "ListServices", count: 1 });
    const credentials = { accessKeyId: "111122223333", secretAccessKey: "any" };
    const patient = new ECSClient({ region: "eu-west-1", credentials, endpoint: simulator.endpoint, maxAttempts: 2 });
    const { serviceArns } = await patient.send(new ListServicesCommand({ cluster: "pay" }));
    assert.equal(serviceArns?.length, 3);
    assert.deepEqual(simulator.simulation.calls().byOperation["ecs:ListServices"], {
      calls: 2,
      throttled: 0,
      failed: 1,
    });
    patient.destroy();
  });

  it("organisation-denies-key stops starts until organisation-allows-key", async () => {
    await fault({ kind: "organisation-denies-key", key, text: "TaskFailedToStart: not permitted" });
    assert.equal((await startedTask()).stoppedReason, "TaskFailedToStart: not permitted");
    await fault({ kind: "organisation-allows-key", key });
    assert.equal((await startedTask()).lastStatus, "RUNNING");
    const stranger = await post("fault", { kind: "organisation-denies-key", key: "unheard-of" });
    assert.equal(stranger.status, 400);
  });

  it("key-material-expires makes the key wait for an import", async () => {
    await fault({ kind: "key-material-expires", key });
    const { KeyMetadata } = await clients.kms.send(new DescribeKeyCommand({ KeyId: key }));
    assert.equal(KeyMetadata?.KeyState, "PendingImport");
    assert.equal((await startedTask()).stopCode, "TaskFailedToStart");
  });

  it("key-disabled is told by the event history a quarter of an hour later", async () => {
    const trails = clients.clientOf(CloudTrailClient);
    const ask = new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "DisableKey" }],
    });
    await fault({ kind: "key-disabled", key });
    assert.deepEqual((await trails.send(ask)).Events, []);
    await post("advance", { seconds: 900 });
    const { Events = [] } = await trails.send(ask);
    assert.deepEqual(
      Events.map(({ Username, EventTime, Resources }) => [Username, EventTime, Resources?.[0]?.ResourceName]),
      [["somebody-else", new Date(START_MS), key]],
    );
    const more = await Promise.allSettled(Array.from({ length: 3 }, () => trails.send(ask)));
    assert.ok(
      more.some(({ status }) => status === "rejected"),
      "two calls a second are all there are",
    );
  });

  async function startedTask() {
    const taskDefinition = (await clients.ecs.send(new ListTasksCommand({ cluster: "pay" }))).taskArns?.[0];
    const [known] = (await describe(taskDefinition)).tasks ?? [];
    const run = { cluster: "pay", launchType: "FARGATE", taskDefinition: known?.taskDefinitionArn } as const;
    const networkConfiguration = { awsvpcConfiguration: { subnets: ["subnet-1"] } };
    const { tasks } = await clients.ecs.send(new RunTaskCommand({ ...run, networkConfiguration }));
    await post("advance", { seconds: 600 });
    const [task] = (await describe(tasks?.[0]?.taskArn)).tasks ?? [];
    assert.ok(task);
    return task;
  }

  function describe(task: string | undefined) {
    return clients.ecs.send(new DescribeTasksCommand({ cluster: "pay", tasks: [String(task)] }));
  }

  async function fault(body: object): Promise<void> {
    const reply = await post("fault", body);
    assert.equal(reply.status, 200, await reply.text());
  }

  function post(route: string, body: object): Promise<Response> {
    return fetch(`${simulator.endpoint}/_simulator/${route}`, { method: "POST", body: JSON.stringify(body) });
  }
});
