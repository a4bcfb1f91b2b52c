// What a plan says that no run is quicker than, beside how long runs take: the whole tool in process, in worlds of many seeds.

import assert from "node:assert/strict";
import type { Fleet } from "../../../domain/fleet";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { shortestMs } from "../../../migrate/core/plan/shortest-time";
import { demoFleet } from "../../../simulator/demo-fleet";
import { aFleet, type FleetBuilder } from "../../../simulator/fleet-builder";
import { live } from "../../sim/stage/live";
import { quietStory } from "../../sim/stories/quiet-story";
import { contextOf, payCluster } from "../fleets/service-case";

const SEEDS = 8;
const COUNTS_AFTER_MS = 40_000;

const of = (desired: number, percents: readonly [number, number]) =>
  payCluster()
    .service("checkout", { desired })
    .percents(...percents);

const CASES: readonly (readonly [title: string, fleet: FleetBuilder, waits: number])[] = [
  ["one wait where all new tasks start together", of(4, [100, 200]), 1],
  ["one wait for each batch", of(4, [100, 125]), 4],
  ["only for those that must be kept running", of(4, [50, 100]), 1],
  ["none where none must be kept running", of(4, [0, 100]), 0],
  ["none where no task is wanted", of(0, [100, 200]), 0],
  ["none behind a load balancer, whose checks have no documented least", of(4, [100, 200]).behindLoadBalancer(), 0],
  ["none of a deployment that does not roll", of(4, [100, 200]).blueGreen(), 0],
];

describe("the shortest time of a redeployment", () => {
  for (const [title, builder, waits] of CASES)
    it(`holds ${title}`, () => {
      const context = contextOf(builder.build());
      const bakeMs = context.service.bakeTimeMinutes * 60_000;
      assert.equal(shortestMs(context), waits * COUNTS_AFTER_MS + bakeMs);
    });

  it("holds nothing of a service whose task definition was not seen", () => {
    const unseen = { kind: "unknown", why: "access denied" } as const;
    assert.equal(shortestMs(contextOf(of(4, [100, 200]).build(), { context: { taskDefinition: unseen } })), 0);
  });
});

describe("the staged lower bound of a plan", function () {
  this.timeout(120_000);

  it("holds the soaks and the waits of every wave, and says something", () => {
    const fleet = demoFleet({ seed: 2 });
    const { totals, waves } = makePlan({ fleet, fleetSha256: "a".repeat(64), options: DEFAULT_PLAN_OPTIONS });
    const soaksMs = waves.reduce((sum, { soakMs }) => sum + soakMs, 0);
    assert.ok(totals.stagedLowerBoundMs >= soaksMs + COUNTS_AFTER_MS, `${totals.stagedLowerBoundMs} ms`);
    assert.ok(totals.stagedLowerBoundMs < totals.expectedMs);
  });

  it(`is under what a run of the demo's fleet takes, in each of ${SEEDS} worlds`, async () => {
    for (let seed = 1; seed <= SEEDS; seed += 1) await boundHolds(demoFleet({ seed }), seed);
  });

  it(`is under what a run of services without any checks takes, whose waits are all of their time, in each of ${SEEDS} worlds`, async () => {
    for (let seed = 1; seed <= SEEDS; seed += 1) await boundHolds(uncheckedFleet(seed), seed);
  });
});

const PERCENTS: readonly (readonly [number, number])[] = [
  [100, 200],
  [100, 150],
  [50, 100],
  [75, 125],
];

/** Percents of every kind, few places: the waits of one service after the other. */
function uncheckedFleet(seed: number) {
  const start = aFleet()
    .key("k", { clusters: ["pay"] })
    .cluster("pay", { key: "k" });
  const names = Array.from({ length: 12 }, (_, at) => `s${at}`);
  return names
    .reduce((so, name, at) => {
      const [least, most] = PERCENTS[(at * seed) % PERCENTS.length] ?? [100, 200];
      return so.service(name, { desired: 2 + ((at + seed) % 5) }).percents(least, most);
    }, start)
    .build();
}

async function boundHolds(fleet: Fleet, seed: number): Promise<void> {
  const story = { ...quietStory({ options: { soakMs: 60_000, inFlightMax: 3 } }), seed };
  const { plan, beganMs, endedMs } = await live({ story, fleet });
  const { stagedLowerBoundMs } = plan.totals;
  assert.ok(stagedLowerBoundMs > 0);
  assert.ok(
    endedMs - beganMs >= stagedLowerBoundMs,
    `seed ${seed}: ${endedMs - beganMs} ms < ${stagedLowerBoundMs} ms`,
  );
}
