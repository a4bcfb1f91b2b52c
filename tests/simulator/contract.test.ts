// Every modelled operation, called by the real clients of the SDK, over HTTP and in process.

import assert from "node:assert/strict";
import { ListContainerInstancesCommand } from "@aws-sdk/client-ecs";
import { operations } from "../../simulator/aws/operations";
import { VirtualClock } from "../../simulator/clock/virtual-clock";
import { inProcessHandler } from "../../simulator/in-process-handler";
import { Simulation } from "../../simulator/simulation";
import { startSimulator } from "../../simulator/start-simulator";
import { worldFromFleet } from "../../simulator/world-from-fleet";
import { callEveryOperation, contractFleet } from "./contract-sequence";
import { sdkClients } from "./sdk-clients";

describe("the embedded AWS", () => {
  it("answers every modelled operation to the SDK's clients over HTTP", async () => {
    const simulator = await startSimulator({ fleet: contractFleet(), seed: 7, clock: { mode: "manual" } });
    const clients = sdkClients({ endpoint: simulator.endpoint });
    try {
      const pass = async (seconds: number): Promise<void> => simulator.simulation.clock.advance(seconds * 1000);
      await callEveryOperation({ clients, pass });
      assertAllCalled(simulator.simulation);
      assert.deepEqual(simulator.defects(), []);
    } finally {
      clients.destroy();
      await simulator.close();
    }
  });

  it("answers every modelled operation to the SDK's clients in process", async () => {
    const fleet = contractFleet();
    const clock = new VirtualClock(Date.parse(fleet.readAt));
    const simulation = new Simulation({ world: worldFromFleet(fleet, { seed: 7 }), clock });
    const handler = inProcessHandler({ simulation });
    const clients = sdkClients({ handler });
    await callEveryOperation({ clients, pass: (seconds) => clock.sleep(seconds * 1000) });
    assertAllCalled(simulation);
    assert.deepEqual(handler.defects(), []);
  });

  it("answers an operation that AWS has and the simulator does not with a 4xx that names it", async () => {
    const fleet = contractFleet();
    const clock = new VirtualClock(Date.parse(fleet.readAt));
    const simulation = new Simulation({ world: worldFromFleet(fleet, { seed: 7 }), clock });
    const clients = sdkClients({ handler: inProcessHandler({ simulation }) });
    await assert.rejects(clients.ecs.send(new ListContainerInstancesCommand({ cluster: "pay" })), (error: Error) => {
      assert.equal(error.name, "UnknownOperationException");
      assert.match(error.message, /ecs:ListContainerInstances/);
      return true;
    });
  });
});

function assertAllCalled(simulation: Simulation): void {
  const modelled = Object.entries(operations).flatMap(([service, table]) =>
    Object.keys(table).map((operation) => `${service}:${operation}`),
  );
  const called = Object.entries(simulation.calls().byOperation);
  assert.deepEqual(called.map(([name]) => name).toSorted(), modelled.toSorted());
  assert.deepEqual(
    called.filter(([, { failed }]) => failed > 0),
    [],
  );
}
