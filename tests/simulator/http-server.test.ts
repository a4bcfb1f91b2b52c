// The HTTP front as strangers and steering see it: raw requests, wrong ones among them.

import assert from "node:assert/strict";
import { connect } from "node:net";
import { ManualClock } from "../../simulator/clock/manual-clock";
import { aFleet } from "../../simulator/fleet-builder";
import { type SimulatorServer, startHttpServer } from "../../simulator/http-server";
import { Simulation } from "../../simulator/simulation";
import { type FakeWorld, fakeWorld, ok } from "./fake-world";

const START_MS = Date.parse("2026-06-01T08:00:00.000Z");

describe("the HTTP server", () => {
  let server: SimulatorServer;
  let world: FakeWorld;
  let replaced: { readonly readAt: string }[];
  beforeEach(async () => {
    world = fakeWorld(() => ok({ clusterArns: [] }));
    replaced = [];
    const simulation = new Simulation({ world, clock: new ManualClock(START_MS) });
    const worldOf = (fleet: { readonly readAt: string }) => {
      replaced.push(fleet);
      return fakeWorld();
    };
    server = await startHttpServer({ simulation, worldOf });
  });
  afterEach(() => server.close());

  it("listens on loopback, on a port of its own choice", () => {
    assert.match(server.endpoint, /^http:\/\/127\.0\.0\.1:[0-9]+$/);
    assert.ok(server.port > 0);
  });

  it("tells its clock", async () => {
    assert.deepEqual(await get("clock"), {
      status: 200,
      body: { now: "2026-06-01T08:00:00.000Z", nowMs: START_MS, speed: 0, mode: "manual" },
    });
  });

  const advances: readonly (readonly [object, string])[] = [
    [{ ms: 1_500 }, "2026-06-01T08:00:01.500Z"],
    [{ seconds: 60 }, "2026-06-01T08:01:00.000Z"],
    [{ until: "2026-06-01T09:00:00Z" }, "2026-06-01T09:00:00.000Z"],
  ];
  for (const [body, now] of advances) {
    it(`advances its clock by ${JSON.stringify(body)}`, async () => {
      assert.equal((await post("advance", body)).body.now, now);
    });
  }

  it("advances to the next event of the world", async () => {
    world.due = () => START_MS + 5_000;
    assert.equal((await post("advance", { toNextEvent: true })).body.now, "2026-06-01T08:00:05.000Z");
  });

  it("schedules faults of the API and injects faults of the world", async () => {
    assert.equal((await post("fault", { kind: "throttle", operation: "ListClusters" })).status, 200);
    assert.equal((await post("fault", { kind: "key-disabled", key: "k" })).status, 200);
    assert.deepEqual(world.faults, [{ fault: { kind: "key-disabled", key: "k" }, nowMs: START_MS }]);
    assert.equal((await listClusters()).status, 400);
    assert.equal((await listClusters()).status, 200);
    const calls = (await get("calls")).body;
    assert.deepEqual(calls.byOperation, { "ecs:ListClusters": { calls: 2, throttled: 1, failed: 1 } });
    assert.deepEqual(calls.defects, []);
  });

  const wrong: readonly (readonly [route: string, body: unknown, message: RegExp])[] = [
    ["advance", { minutes: 1 }, /say how far/],
    ["advance", { ms: -1 }, /found -1/],
    ["advance", [], /must be a JSON object/],
    ["fault", { kind: "meteor" }, /"meteor" is no fault; the kinds are throttle/],
    ["fault", { kind: "throttle", operatoin: "X" }, /"operatoin" is no member/],
    ["fault", { kind: "slow" }, /delayMs must be a number/],
    ["fault", { kind: "key-disabled" }, /key must be a text/],
    ["fault", { kind: "new-tasks-fail", cluster: "pay", service: "api", how: "sulks" }, /how must be one of exits/],
    ["fault", { kind: "throttle", forSeconds: -3 }, /forSeconds must be/],
    ["state", { schema: "something/else", version: 1 }, /expected a fleet/],
    ["state", null, /must be a JSON object/],
  ];
  for (const [route, body, message] of wrong) {
    it(`answers 400 to POST ${route} ${JSON.stringify(body)}, saying what would be right`, async () => {
      const reply = await post(route, body);
      assert.equal(reply.status, 400);
      assert.match(String(reply.body.error), message);
    });
  }

  it("makes another world of a posted fleet, at its own time", async () => {
    await post("advance", { seconds: 10 });
    const fleet = aFleet({ at: "2020-01-01T00:00:00Z" }).cluster("pay").build();
    assert.equal((await post("state", fleet)).status, 200);
    assert.deepEqual(
      replaced.map(({ readAt }) => readAt),
      ["2026-06-01T08:00:10.000Z"],
    );
  });

  it("names its routes to whoever asks for another", async () => {
    assert.match(String((await get("metrics")).body.error), /there are clock, advance, fault, state and calls/);
  });

  it("takes no steering from a page in a browser", async () => {
    const reply = await fetch(`${server.endpoint}/_simulator/advance`, {
      method: "POST",
      headers: { origin: "https://example.com" },
      body: '{"ms": 1}',
    });
    assert.equal(reply.status, 403);
  });

  it("refuses a body that is too large, and goes on", async () => {
    const reply = await fetch(server.endpoint, { method: "POST", body: "x".repeat(1024 * 1024 + 1) }).then(
      ({ status }) => status,
      () => "connection closed",
    );
    assert.ok(reply === 413 || reply === "connection closed", String(reply));
    assert.equal((await listClusters()).status, 200);
  });

  it("answers what is not HTTP with 400, and goes on", async () => {
    assert.match(await raw(server.port, "nonsense\r\n\r\n"), /^HTTP\/1\.1 400 /);
    assert.match(
      await raw(server.port, `GET / HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(40_000)}\r\n\r\n`),
      /^HTTP\/1\.1 400 /,
    );
    assert.equal((await listClusters()).status, 200);
  });

  it("answers a GET to AWS with 4xx", async () => {
    assert.equal((await fetch(server.endpoint)).status, 403);
  });

  it("closes while an answer is outstanding", async () => {
    await post("fault", { kind: "timeout-after-act" });
    const pending = listClusters().then(
      () => "answered",
      () => "ended",
    );
    // The call has arrived once the server has counted it.
    for (let i = 0; i < 1_000 && (await get("calls")).body.calls === 0; i += 1);
    await server.close();
    assert.equal(await pending, "ended");
  });

  it("says so when the port is taken", async () => {
    const simulation = new Simulation({ world: fakeWorld(), clock: new ManualClock(0) });
    await assert.rejects(startHttpServer({ simulation, worldOf: () => fakeWorld(), port: server.port }), {
      code: "EADDRINUSE",
    });
  });

  async function get(route: string) {
    return parsed(await fetch(`${server.endpoint}/_simulator/${route}`));
  }

  async function post(route: string, body: unknown) {
    return parsed(
      await fetch(`${server.endpoint}/_simulator/${route}`, { method: "POST", body: JSON.stringify(body) }),
    );
  }

  function listClusters() {
    return fetch(server.endpoint, {
      method: "POST",
      headers: {
        authorization: "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260601/eu-west-1/ecs/aws4_request, Signature=0",
        "x-amz-target": "AmazonEC2ContainerServiceV20141113.ListClusters",
      },
      body: "{}",
    });
  }
});

async function parsed(response: Response): Promise<{ status: number; body: Record<string, unknown> }> {
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** What a server answers to bytes that no client would send. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.end(text));
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk.toString("utf8");
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}
