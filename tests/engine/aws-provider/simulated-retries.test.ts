import assert from "node:assert/strict";
import { KMSClient, ListKeysCommand } from "@aws-sdk/client-kms";
import { aFleet } from "../../../simulator/fleet-builder";
import { startSimulator } from "../../../simulator/start-simulator";
import { simulatedRetries } from "./simulated-retries";

const CREDENTIALS = { accessKeyId: "111122223333", secretAccessKey: "any" };

describe("retries in the simulator's time", () => {
  it("get through a throttle and a 5xx, a second each, and never repeat what the caller did wrong", async () => {
    const simulator = await startSimulator({ fleet: aFleet().build(), seed: 7, clock: { mode: "manual" } });
    const pauses: number[] = [];
    const kms = new KMSClient({
      region: "eu-west-1",
      endpoint: simulator.endpoint,
      credentials: CREDENTIALS,
      retryStrategy: simulatedRetries(async (seconds) => {
        pauses.push(seconds);
        simulator.simulation.clock.advance(seconds * 1000);
      }),
    });
    try {
      for (const kind of ["throttle", "server-error"]) {
        const body = JSON.stringify({ kind, service: "kms", operation: "ListKeys", count: 1 });
        const reply = await fetch(`${simulator.endpoint}/_simulator/fault`, { method: "POST", body });
        assert.equal(reply.status, 200, await reply.text());
      }
      assert.deepEqual((await kms.send(new ListKeysCommand({}))).Keys, []);
      assert.deepEqual(pauses, [1, 1]);
      await assert.rejects(kms.send(new ListKeysCommand({ Limit: 0 })), /Limit/);
      assert.deepEqual(pauses, [1, 1]);
    } finally {
      kms.destroy();
      await simulator.close();
    }
  });

  it("are not made where nothing listens", async () => {
    const pauses: number[] = [];
    const retryStrategy = simulatedRetries(async (seconds) => void pauses.push(seconds));
    const options = { region: "eu-west-1", endpoint: "http://127.0.0.1:9", credentials: CREDENTIALS, retryStrategy };
    const kms = new KMSClient(options);
    await assert.rejects(kms.send(new ListKeysCommand({})), /ECONNREFUSED/);
    assert.deepEqual(pauses, []);
    kms.destroy();
  });
});
