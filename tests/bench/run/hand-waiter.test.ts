import assert from "node:assert/strict";
import { aFleet } from "../../../simulator/fleet-builder";
import type { WorldFault } from "../../../simulator/world/world-fault";
import { setBenchStage } from "./bench-stage";
import { HandCli } from "./hand-cli";
import { waitServicesStable } from "./hand-waiter";

describe("aws ecs wait services-stable", () => {
  it("is over at once when nothing moves", async () => {
    assert.deepEqual(await waited({}), { end: { kind: "stable" }, checks: 1 });
  });

  it("waits while fewer tasks run than desired, though there is one deployment", async () => {
    const { end, checks } = await waited({ before: { kind: "task-dies", cluster: "pay", service: "api" } });
    assert.deepEqual(end, { kind: "stable" });
    assert.ok(checks > 1);
  });

  it("ends with a failure when one of its services is not there, and the others do not matter", async () => {
    assert.deepEqual(await waited({ services: ["api", "ghost"] }), {
      end: { kind: "failed", why: "MISSING" },
      checks: 1,
    });
  });

  it("ends with the error when the call itself is refused", async () => {
    assert.deepEqual(await waited({ cluster: "ghost" }), {
      end: { kind: "failed", why: "ClusterNotFoundException" },
      checks: 1,
    });
  });
});

interface Told {
  readonly cluster?: string;
  readonly services?: readonly string[];
  readonly before?: WorldFault;
}

async function waited({ cluster: clusterArn = "pay", services = ["api"], before }: Told) {
  const fleet = aFleet()
    .key("key", { clusters: ["pay"] })
    .cluster("pay", { key: "key" })
    .service("api")
    .build();
  const { clock, clients, simulation } = setBenchStage({ fleet, seed: 1 });
  if (before !== undefined) {
    simulation.inject(before);
    // Longer than reads lag.
    await clock.sleep(3_000);
  }
  const cli = new HandCli({ clock, seed: 1 });
  const end = await waitServicesStable({ cli, clock, ecs: clients.ecs, clusterArn, services });
  return { end, checks: cli.calls };
}
