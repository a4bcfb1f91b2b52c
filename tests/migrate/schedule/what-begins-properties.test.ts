// A run of any works in any room, turn by turn: services begin as they are let, and end in any order.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { ServicePhase } from "../../../migrate/core/machine/run-state";
import type { PlannedService } from "../../../migrate/core/model/plan";
import type { Need, Part } from "../../../migrate/core/schedule/resource";
import { wholeOf } from "../../../migrate/core/schedule/resource";
import { type Beginning, RAMP, type Turn, whatBegins } from "../../../migrate/core/schedule/what-begins";
import { arnOf, at } from "../machine/run-fixture";
import { clusterArn, type Lane, laneOf, type Space, turnOf, type Work } from "./schedule-fixture";

const NAMES = "abcdefghijkl".split("");
const ON_THE_WAY = ["indoubt", "deploying", "settling", "superseded"] as const;
const RUNS = { numRuns: 150 };

/** Small enough to be read when a property fails. */
interface Story {
  readonly works: Readonly<Record<string, Work>>;
  readonly space: Space;
  readonly places: number;
  /** Which of those on their way ends next, and what it goes through meanwhile. */
  readonly draws: readonly number[];
  readonly isProven: boolean;
}

describe("any run, by whatBegins", () => {
  it("never has more on its way than there is room for, nor two of a mutex", () => {
    fc.assert(
      fc.property(anyStory(), (story) => {
        play(story, ({ lane, onTheirWay }) => {
          for (const [index, capacity] of lane.schedule.room.capacities.entries()) {
            const held = sumOf(onTheirWay, lane, ({ holds }) => holds, index);
            assert.ok(held <= wholeOf(capacity), `${held} of ${JSON.stringify(capacity)}`);
          }
          assert.ok(onTheirWay.length <= story.places);
        });
      }),
      RUNS,
    );
  });

  it("ends with every service begun, in whatever order they end", () => {
    fc.assert(
      fc.property(anyStory(), (story) => {
        assert.deepEqual(play(story, () => {}).toSorted(), NAMES);
      }),
      RUNS,
    );
  });

  it("lets a service wait only for what is not there, and comes back when time brings it", () => {
    fc.assert(
      fc.property(anyStory(), (story) => {
        play(story, ({ beginning, turn, onTheirWay }) => {
          for (const { for: shortage } of beginning.waiting) {
            if ("needed" in shortage) assert.ok(shortage.needed > shortage.free || shortage.keptFor !== null);
            if ("untilMs" in shortage) assert.ok(shortage.untilMs > turn.nowMs && beginning.nextAtMs !== null);
            if (shortage.kind === "places")
              assert.ok(beginning.begin.length >= turn.placesMax || beginning.nextAtMs !== null);
            if (shortage.kind === "mutex")
              assert.ok(onTheirWay.includes(shortage.holder) || beginning.nextAtMs !== null);
          }
        });
      }),
      RUNS,
    );
  });

  it("has no more on a cluster whose key nobody saw at work than the ramp", () => {
    fc.assert(
      fc.property(anyStory(), (story) => {
        play({ ...story, isProven: false }, ({ onTheirWay }) => {
          for (const cluster of ["pay", "web"]) {
            const count = onTheirWay.filter(
              ({ clusterName, surgeTasks }) => clusterName === cluster && surgeTasks > 0,
            ).length;
            assert.ok(count <= RAMP);
          }
        });
      }),
      RUNS,
    );
  });

  it("begins the same whatever the order of what is ready", () => {
    fc.assert(
      fc.property(anyStory(), fc.infiniteStream(fc.nat()), (story, numbers) => {
        play(story, ({ beginning, turn }) => {
          const keyed = turn.ready.map((planned) => [numbers.next().value, planned] as const);
          const ready = keyed.toSorted(([a], [b]) => a - b).map(([, planned]) => planned);
          assert.deepEqual(whatBegins({ ...turn, ready }), beginning);
        });
      }),
      RUNS,
    );
  });

  it("never draws more on a rate than its bucket gives, but for one service that alone needs more", () => {
    fc.assert(
      fc.property(anyStory(), (story) => {
        const begun: { readonly atMs: number; readonly need: Need }[] = [];
        play(story, ({ beginning, turn, lane }) => {
          for (const { arn } of beginning.begin) begun.push({ atMs: turn.nowMs, need: needOf(lane, arn) });
        });
        for (const [index, rate] of laneOf(story.works, story.space).schedule.room.rates.entries())
          for (const [first, { atMs: fromMs }] of begun.entries()) {
            let drawn = 0;
            for (const { atMs, need } of begun.slice(first)) {
              const amount = amountOf(need.draws, index);
              const given = rate.burst + ((atMs - fromMs) / 1_000) * rate.perSecond;
              if (amount > 0) assert.ok(drawn + Math.min(amount, rate.burst) <= given + 1e-6);
              drawn += amount;
            }
          }
      }),
      RUNS,
    );
  });
});

interface Scene {
  readonly lane: Lane;
  readonly turn: Turn;
  readonly beginning: Beginning;
  /** What began now included. */
  readonly onTheirWay: readonly PlannedService[];
}

/** The names in the order in which they began. */
function play({ works, space, places, draws, isProven }: Story, watch: (scene: Scene) => void): readonly string[] {
  const lane = laneOf(works, space);
  const moment: Record<string, readonly [ServicePhase, number]> = {};
  const names: string[] = [];
  const unproven = new Set(isProven ? [] : [clusterArn("pay"), clusterArn("web")]);
  let seconds = 0;
  // A turn begins some, waits for a rate or ends one, so this is enough for all of them to begin and to end.
  for (
    let step = 0;
    step < 10 * NAMES.length && (step === 0 || names.length < NAMES.length || ongoing(moment).length > 0);
    step += 1
  ) {
    const placesMax = places - ongoing(moment).length;
    const turn = turnOf(lane, moment, { placesMax, nowMs: at(seconds), unproven });
    const beginning = whatBegins(turn);
    for (const { name } of beginning.begin)
      moment[name] = [ON_THE_WAY[(draws[step % draws.length] ?? 0) % 4] ?? "indoubt", seconds];
    names.push(...beginning.begin.map(({ name }) => name));
    const going = ongoing(moment);
    watch({ lane, turn, beginning, onTheirWay: lane.plan.services.filter(({ name }) => going.includes(name)) });
    if (beginning.nextAtMs !== null && (going.length === 0 || (draws[step % draws.length] ?? 0) % 2 === 0)) {
      seconds = (beginning.nextAtMs - at(0)) / 1_000;
      continue;
    }
    const ended = going[(draws[step % draws.length] ?? 0) % Math.max(1, going.length)];
    if (ended !== undefined) moment[ended] = ["verified", moment[ended]?.[1] ?? 0];
    seconds += ((draws[step % draws.length] ?? 0) % 7) / 2;
  }
  return names;
}

function ongoing(moment: Readonly<Record<string, readonly [ServicePhase, number]>>): readonly string[] {
  return Object.keys(moment).filter((name) => moment[name]?.[0] !== "verified");
}

function needOf({ schedule }: Lane, arn: string): Need {
  return schedule.needs.get(arn) ?? assert.fail(`no need of ${arn}`);
}

function sumOf(
  services: readonly PlannedService[],
  lane: Lane,
  partsOf: (need: Need) => readonly Part[],
  index: number,
): number {
  return services.reduce((sum, { name }) => sum + amountOf(partsOf(needOf(lane, arnOf(name))), index), 0);
}

function amountOf(parts: readonly Part[], index: number): number {
  return parts.find((part) => part.at === index)?.amount ?? 0;
}

function anyStory(): fc.Arbitrary<Story> {
  return fc
    .record({
      works: fc.array(anyWork(), { minLength: NAMES.length, maxLength: NAMES.length }),
      space: anySpace(),
      places: fc.integer({ min: 1, max: 8 }),
      draws: fc.array(fc.nat(1_000), { minLength: 60, maxLength: 60 }),
      isProven: fc.boolean(),
    })
    .map(({ works, ...rest }) => ({
      ...rest,
      works: Object.fromEntries(NAMES.map((name, index) => [name, works[index] ?? {}])),
    }));
}

function anyWork(): fc.Arbitrary<Work> {
  return fc
    .record({
      tasks: fc.oneof(fc.nat(6), fc.constant(40)),
      size: fc.constantFrom(0.25, 1, 4),
      minutes: fc.integer({ min: 1, max: 9 }),
      on: fc.constantFrom("onDemand" as const, "spot" as const, "either" as const),
      subnets: fc.subarray(["subnet-1", "subnet-2", "subnet-3"]),
      targets: fc.subarray(["targetgroup/web/1", "targetgroup/api/2"]),
      cluster: fc.constantFrom("pay", "web"),
      wave: fc.constantFrom(1, 1, 2),
      mutex: fc.constantFrom("orders", "users", null),
    })
    .map(({ size, mutex, ...work }) => ({ ...work, vcpu: work.tasks * size, ...(mutex === null ? {} : { mutex }) }));
}

function anySpace(): fc.Arbitrary<Space> {
  const free = (max: number) => fc.oneof(fc.nat(max), fc.constant(null));
  return fc.record({
    onDemand: fc.oneof(fc.double({ min: 0, max: 40, noNaN: true }), fc.constant(null)),
    spot: free(40),
    addresses: fc.record({ "subnet-1": free(20), "subnet-2": free(20), "subnet-3": free(20) }),
  });
}
