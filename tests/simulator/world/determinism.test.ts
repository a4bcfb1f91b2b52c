import assert from "node:assert/strict";
import { EventQueue } from "../../../simulator/world/event-queue";
import { Random } from "../../../simulator/world/random";
import { breaker, MINUTE, SmallWorld, withKey } from "./small-world";

/** A busy hour, and everything that was answered in it as bytes. */
function story(seed: number): string {
  const small = new SmallWorld({ seed, readLagMaxMs: 1_500 });
  const replies: unknown[] = [];
  small.cluster("pay");
  for (const name of ["a", "b", "c"]) replies.push(small.create("pay", name, { desiredCount: 4, ...breaker(true) }));
  small.pass(10 * MINUTE);
  replies.push(small.ecs("UpdateCluster", { cluster: "pay", ...withKey(small.goodKey("pay")) }));
  small.inject({ kind: "new-tasks-fail", cluster: "pay", service: "b", how: "exits" });
  for (const name of ["a", "b", "c"]) replies.push(small.force("pay", name));
  for (let minute = 0; minute < 50; minute++) {
    small.pass(MINUTE);
    replies.push(small.ecs("DescribeServices", { cluster: "pay", services: ["a", "b", "c"] }));
  }
  return JSON.stringify([replies, small.world.state()]);
}

describe("the determinism of a simulated world", () => {
  it("gives the same bytes for the same seed and the same calls at the same instants", () => {
    assert.equal(story(11), story(11));
  });

  it("gives the same bytes where launches are refused for want of vCPU, on both kinds of capacity", () => {
    const tight = (): string => {
      const small = new SmallWorld({ seed: 11 });
      small.cluster("pay");
      small.ecs("PutClusterCapacityProviders", {
        cluster: "pay",
        capacityProviders: ["FARGATE", "FARGATE_SPOT"],
        defaultCapacityProviderStrategy: [],
      });
      for (const capacity of ["onDemand", "spot"] as const) small.inject({ kind: "vcpu-quota", capacity, vcpu: 1 });
      const capacityProviderStrategy = ["FARGATE", "FARGATE_SPOT"].map((name) => ({
        capacityProvider: name,
        weight: 1,
      }));
      small.create("pay", "a", { desiredCount: 12, launchType: undefined, capacityProviderStrategy });
      small.pass(20 * MINUTE);
      small.inject({ kind: "neighbour-takes-vcpu", capacity: "spot", vcpu: 1, untilMs: small.nowMs + 5 * MINUTE });
      small.force("pay", "a");
      small.pass(20 * MINUTE);
      return JSON.stringify([small.describe("pay", "a"), small.world.state()]);
    };
    const [first, second] = [tight(), tight()];
    assert.equal(first, second);
    assert.match(first, /number of vCPUs/);
  });

  it("gives another story for another seed", () => {
    assert.notEqual(story(11), story(12));
  });

  it("lets reads change nothing of what happens", () => {
    const end = (reads: number): string => {
      const small = new SmallWorld({ readLagMaxMs: 1_000 });
      small.cluster("pay");
      small.create("pay", "api", { desiredCount: 5 });
      for (let minute = 0; minute < 20; minute++) {
        small.pass(MINUTE);
        for (let read = 0; read < reads; read++) small.ecs("ListTasks", { cluster: "pay" });
      }
      return JSON.stringify(small.world.state());
    };
    assert.equal(end(0), end(7));
  });

  it("does not let a caller change the world through what it was given, or sent", () => {
    const small = new SmallWorld();
    const configuration = { executeCommandConfiguration: { logging: "NONE" } };
    small.ecs("CreateCluster", { clusterName: "pay", configuration });
    const ask = () => small.ecs("DescribeClusters", { clusters: ["pay"], include: ["CONFIGURATIONS"] }).clusters[0];
    ask().configuration.executeCommandConfiguration.logging = "DEFAULT";
    configuration.executeCommandConfiguration.logging = "OVERRIDE";
    assert.equal(ask().configuration.executeCommandConfiguration.logging, "NONE");
  });

  it("keeps the queue in the order of instants, then of entry", () => {
    const queue = new EventQueue<number>();
    const random = new Random(5, "queue");
    const expected = Array.from({ length: 500 }, (_, index) => ({ atMs: random.below(50), index }));
    for (const { atMs, index } of expected) queue.push(atMs, index);
    const order = expected.toSorted((a, b) => a.atMs - b.atMs || a.index - b.index).map(({ index }) => index);
    const popped = order.map(() => queue.popDue(50)?.item);
    assert.deepEqual(popped, order);
    assert.equal(queue.popDue(50), null);
  });

  it("draws heavy-tailed durations around the median, within bounds", () => {
    const random = new Random(1, "durations");
    const drawn = Array.from({ length: 4_001 }, () => random.heavyTailed(1_000, 0.5)).toSorted((a, b) => a - b);
    const median = drawn[2_000] ?? 0;
    assert.ok(median > 900 && median < 1_100, `median ${median}`);
    assert.ok((drawn[0] ?? 0) >= 250 && (drawn.at(-1) ?? 0) <= 12_000);
    assert.ok((drawn[3_900] ?? 0) > 2 * median, "a heavy right tail");
  });
});
