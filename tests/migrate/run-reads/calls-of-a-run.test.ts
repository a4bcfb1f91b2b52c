// How many calls a fault-free run takes, from the scan before it to the final look, through the real SDK and adapters against the
// simulated AWS in process: beside the fewest with which it can be done, and none of them throttled.

import assert from "node:assert/strict";
import type { Fleet } from "../../../domain/fleet";
import { callDuties } from "../../../migrate/core/plan/api-calls-min";
import { aFleet, type FleetBuilder } from "../../../simulator/fleet-builder";
import { type Life, live } from "../../sim/stage/live";
import { quietStory } from "../../sim/stories/quiet-story";

/** Of all calls of a whole run, to the fewest that its duties take. */
const CALLS_OVER_MINIMUM_MAX = 1.5;
const SERVICES = 60;

const FAULT_FREE = quietStory({ readLagMaxMs: 0 });

for (const clusters of [1, 6])
  describe(`a run of ${SERVICES} services in ${clusters === 1 ? "one cluster" : `${clusters} clusters`}`, function () {
    this.timeout(60_000);
    let life: Life;
    const sent = (operation: string) => life.calls.filter((call) => call.operation === operation).length;

    before(async () => {
      life = await live({ story: FAULT_FREE, fleet: accountOf(clusters) });
    });

    it("ends with all of them proved", () => {
      assert.deepEqual(life.lines.at(-1)?.event, { kind: "finished", outcome: "proved" });
      assert.deepEqual(life.defects, []);
    });

    it(`makes at most ${CALLS_OVER_MINIMUM_MAX} times the fewest calls`, () => {
      const least = leastOf(life);
      assert.ok(life.calls.length >= least, `${life.calls.length} calls of at least ${least}`);
      assert.ok(life.calls.length <= CALLS_OVER_MINIMUM_MAX * least, `${life.calls.length} calls of at least ${least}`);
    });

    it("is never throttled", () => {
      const refused = life.calls.filter(({ answer }) => answer !== "ok");
      assert.deepEqual(refused, []);
    });

    it("calls no operation less often than its duties say, so that the minimum is one", () => {
      for (const [operation, least] of leastByOperation(life))
        assert.ok(sent(operation) >= least, `${operation}: ${sent(operation)} of at least ${least}`);
    });

    it("never asks for the service deployments of one service at a time", () => {
      assert.equal(sent("ListServiceDeployments"), 0);
    });

    it("redeploys each service once", () => {
      assert.equal(sent("UpdateService"), SERVICES);
    });
  });

function leastByOperation({ fleet, plan }: Life): ReadonlyMap<string, number> {
  const least = new Map<string, number>();
  for (const { operation, calls } of callDuties(fleet, plan.services)) {
    const name = operation.slice(operation.indexOf(":") + 1);
    least.set(name, (least.get(name) ?? 0) + calls);
  }
  return least;
}

function leastOf(life: Life): number {
  return [...leastByOperation(life).values()].reduce((total, calls) => total + calls, 0);
}

/** Every second service is behind a load balancer, which makes its drain long; every third counts failures itself. */
function accountOf(clusters: number): Fleet {
  const names = Array.from({ length: clusters }, (_, index) => `cluster-${index}`);
  const empty = aFleet().key("key", { clusters: names });
  return names
    .reduce((fleet, name, at) => withServices(fleet.cluster(name, { key: "key" }), at, clusters), empty)
    .build();
}

function withServices(fleet: FleetBuilder, cluster: number, clusters: number): FleetBuilder {
  const own = Array.from({ length: SERVICES }, (_, index) => index).filter((index) => index % clusters === cluster);
  return own.reduce((so, index) => {
    const service = so.service(`service-${String(index).padStart(3, "0")}`, { desired: 1 + (index % 4) });
    const balanced = index % 2 === 0 ? service.behindLoadBalancer() : service;
    return index % 3 === 0 ? balanced.breaker(true) : balanced;
  }, fleet);
}
