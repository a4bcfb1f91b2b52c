// What planning costs as a fleet grows: 4,000 services against 2,000 of the same account, and 5,000 in seconds and memory, printed.
// Invariant: the sizes take turns in one run on one machine, and their quickest times are compared: what else the machine did only adds.

import assert from "node:assert/strict";
import type { Fleet } from "../../domain/fleet";
import { DEFAULT_PLAN_OPTIONS } from "../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../migrate/core/plan/make-plan";
import { aFleet, type FleetBuilder } from "../../simulator/fleet-builder";

const CLUSTERS = 20;
const ROUNDS = 7;
/** Twice is linear; sorting and the memory's own growth add to it. */
const RATIO_MAX = 3;

describe("planning 4,000 services", function () {
  this.timeout(300_000);

  it(`takes at most ${RATIO_MAX} times as long as planning 2,000`, () => {
    // First and alone, so that the memory is that of one plan.
    const largest = elapsed(account(5_000));
    const memory = `${Math.round(process.memoryUsage().rss / 1_000_000)} MB, its fleet and the compiled tests included`;
    const [small = 0, large = 0] = quickest([2_000, 4_000].map(account));
    const ratio = large / small;
    process.stdout.write(
      `plan: 2,000 services ${seconds(small)}, 4,000 ${seconds(large)}, ${ratio.toFixed(2)} times\n` +
        `plan: 5,000 services ${seconds(largest)} the first time, ${memory}\n`,
    );
    assert.ok(ratio <= RATIO_MAX, `planning twice as many services takes ${ratio.toFixed(2)} times as long`);
  });
});

function quickest(fleets: readonly Fleet[]): readonly number[] {
  const best = fleets.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [at, fleet] of fleets.entries()) best[at] = Math.min(best[at] ?? 0, elapsed(fleet));
  return best;
}

function elapsed(fleet: Fleet): number {
  const start = performance.now();
  // A copy: what is looked up of a fleet is kept with it, and would be free the second time.
  const plan = makePlan({ fleet: { ...fleet }, fleetSha256: "a".repeat(64), options: DEFAULT_PLAN_OPTIONS });
  assert.equal(plan.services.length, fleet.services.length);
  return performance.now() - start;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}

function account(services: number): Fleet {
  const clusters = Array.from({ length: CLUSTERS }, (_, at) => `cluster-${at}`);
  const start: FleetBuilder = aFleet().key("key", { clusters });
  return clusters
    .reduce(
      (fleet, cluster) =>
        Array.from({ length: services / CLUSTERS }, (_, at) => `service-${at}`).reduce(
          (so, name, at) => so.service(name, { desired: 1 + (at % 3) }),
          fleet.cluster(cluster, { key: "key" }),
        ),
      start,
    )
    .build();
}
