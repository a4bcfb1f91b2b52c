import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chooseClock } from "../../../migrate/adapters/clocks/choose-clock";
import { isLoopback } from "../../../migrate/adapters/clocks/simulator-steering";
import { type SimulatedTime, startSimulatedTime } from "./simulated-time";

const START_MS = Date.parse("2031-05-05T05:00:00.000Z");

describe("the choice of a clock", () => {
  let simulator: SimulatedTime | null = null;

  afterEach(async () => {
    await simulator?.close();
    simulator = null;
  });

  it("is the machine's without an endpoint, and for AWS's own", async () => {
    assert.equal((await chooseClock({})).source, "system clock");
    assert.equal((await chooseClock({ endpoint: "https://ecs.eu-west-1.amazonaws.com" })).source, "system clock");
  });

  it("is the machine's for a server on loopback that is no simulator", async () => {
    const server = createServer((_, response) => response.end('{"hello": "world"}'));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const { source } = await chooseClock({ endpoint: `http://127.0.0.1:${port}` });
    server.closeAllConnections();
    server.close();
    assert.equal(source, "system clock");
  });

  it("moves a simulator's clock by sleeping when that clock stands still", async () => {
    simulator = await startSimulatedTime({ mode: "manual", speed: 0, nowMs: START_MS });
    const { clock, source } = await chooseClock({ endpoint: simulator.endpoint });
    assert.match(source, /^simulator at http:\/\/127\.0\.0\.1:\d+, whose clock moves when this program waits$/);
    assert.equal(clock.nowMs(), START_MS);
    await clock.sleep(90_000);
    assert.equal(clock.nowMs(), START_MS + 90_000);
    assert.deepEqual(simulator.advances, [90_000]);
  });

  it("lets those who sleep at the same time share one way of time, and wakes them in order", async () => {
    simulator = await startSimulatedTime({ mode: "manual", speed: 0, nowMs: START_MS });
    const { clock } = await chooseClock({ endpoint: simulator.endpoint });
    const woken: string[] = [];
    const sleeper = async (name: string, ms: number): Promise<void> => {
      await clock.sleep(ms);
      woken.push(`${name} at ${clock.nowMs() - START_MS}`);
    };
    await Promise.all([sleeper("long", 30_000), sleeper("short", 10_000), sleeper("middle", 20_000)]);
    assert.deepEqual(woken, ["short at 10000", "middle at 20000", "long at 30000"]);
    assert.deepEqual(simulator.advances, [10_000, 10_000, 10_000]);
  });

  it("does not move time for a sleep that was called off", async () => {
    simulator = await startSimulatedTime({ mode: "manual", speed: 0, nowMs: START_MS });
    const { clock } = await chooseClock({ endpoint: simulator.endpoint });
    const calledOff = new AbortController();
    const slept = clock.sleep(3_600_000, calledOff.signal);
    calledOff.abort();
    await slept;
    await clock.sleep(1_000);
    assert.deepEqual(simulator.advances, [1_000]);
    assert.equal(clock.nowMs(), START_MS + 1_000);
  });

  it("takes up time that somebody else moved on, and never goes back", async () => {
    simulator = await startSimulatedTime({ mode: "manual", speed: 0, nowMs: START_MS });
    const { clock } = await chooseClock({ endpoint: simulator.endpoint });
    simulator.nowMs += 500_000;
    await clock.sleep(1_000);
    assert.equal(clock.nowMs(), START_MS + 501_000);
    simulator.nowMs = START_MS;
    await clock.sleep(1_000);
    assert.equal(clock.nowMs(), START_MS + 502_000);
  });

  it("goes on by itself when the simulator falls silent", async () => {
    simulator = await startSimulatedTime({ mode: "manual", speed: 0, nowMs: START_MS });
    const { clock } = await chooseClock({ endpoint: simulator.endpoint });
    await simulator.close();
    await clock.sleep(7_000);
    assert.equal(clock.nowMs(), START_MS + 7_000);
  });

  it("runs as many times as fast as a simulator that runs", async () => {
    simulator = await startSimulatedTime({ mode: "scaled", speed: 100_000, nowMs: START_MS });
    const { clock, source } = await chooseClock({ endpoint: simulator.endpoint });
    assert.match(source, /100000 times as fast/);
    await clock.sleep(600_000);
    assert.ok(clock.nowMs() >= START_MS + 600_000, `${clock.nowMs() - START_MS} ms passed`);
  });
});

describe("loopback", () => {
  for (const endpoint of ["http://127.0.0.1:4566", "http://localhost:1", "http://[::1]:80", "http://127.1.2.3"]) {
    it(`is ${endpoint}`, () => assert.ok(isLoopback(endpoint)));
  }

  for (const endpoint of [
    "https://ecs.eu-west-1.amazonaws.com",
    "http://127.0.0.1.example.com",
    "http://10.0.0.1",
    "nonsense",
  ]) {
    it(`is not ${endpoint}`, () => assert.ok(!isLoopback(endpoint)));
  }
});
