// --mutex-tag in a plan: what it carries, and what it does to times and capacity.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Fleet } from "../../../domain/fleet";
import { parsePlan } from "../../../migrate/core/model/parse-plan";
import type { Plan, PlanOptions } from "../../../migrate/core/model/plan";
import { planIdOf } from "../../../migrate/core/model/plan-id";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { mutexKey } from "../../../migrate/core/plan/mutex";
import { planMarkdown } from "../../../migrate/render/plan-markdown";
import { planText } from "../../../migrate/render/plan-text";
import { anyFleet, shuffled } from "../fleets/any-fleet";
import { payCluster } from "../fleets/service-case";
import { thrownBy } from "../parse/thrown";

function planOf(fleet: Fleet, options: Partial<PlanOptions> = {}): Plan {
  return makePlan({ fleet, fleetSha256: "a".repeat(64), options: { ...DEFAULT_PLAN_OPTIONS, ...options } });
}

/** Services of four tasks with half a vCPU each: alike, so that a wave of n of them one by one takes n times as long. */
function account(values: readonly (string | null)[]): Fleet {
  const names = values.map((value, index) => ({ name: `s${index}`, value }));
  return names
    .reduce((fleet, { name, value }) => {
      const service = fleet.service(name, { desired: 4, cpuUnits: 512 }).breaker(true);
      return value === null ? service : service.tagged({ db: value });
    }, payCluster())
    .build();
}

const ONE_MS = 93_000;
const ALONE = { firstShare: 0, soakMs: 0 };

/** Without a health check a task counts as healthy after that (documented): the least that each takes. */
const COUNTS_AFTER_MS = 40_000;

describe("a plan with mutex tags", () => {
  it("is of version 2 and carries them; without them it is version 1, the same to the byte as ever", () => {
    const fleet = account(["x", "x", null]);
    const apart = planOf(fleet, { mutexTags: ["db"] });
    assert.deepEqual([apart.version, planOf(fleet).version], [2, 1]);
    assert.deepEqual(
      apart.services.map(({ mutexes }) => mutexes),
      [[{ tag: "db", value: "x" }], [{ tag: "db", value: "x" }], []],
    );
    assert.ok(!JSON.stringify(planOf(fleet)).includes("mutex"));
    assert.deepEqual(parsePlan(JSON.stringify(apart), "plan.json"), apart);
  });

  it("expects those that share a value one after the other, and the rest beside them", () => {
    const fleet = account(["x", "x", "x", "x", null, null]);
    const wave = (plan: Plan) => plan.waves.at(-1);
    assert.equal(wave(planOf(fleet, ALONE))?.expectedMs, ONE_MS);
    const apart = planOf(fleet, { ...ALONE, mutexTags: ["db"] });
    assert.equal(wave(apart)?.expectedMs, 3 * ONE_MS);
    const freeMs = planOf(fleet, ALONE).totals.stagedLowerBoundMs;
    assert.equal(apart.totals.stagedLowerBoundMs - freeMs, 2 * COUNTS_AFTER_MS);
  });

  it("needs the capacity of one of them at a time", () => {
    const fleet = account(["x", "x", "x", "y", null]);
    assert.equal(planOf(fleet, ALONE).totals.peakExtraVcpu, 8);
    assert.equal(planOf(fleet, { ...ALONE, mutexTags: ["db"] }).totals.peakExtraVcpu, 6);
  });

  it("takes an empty value for a value, and a missing tag for none", () => {
    const plan = planOf(account(["", "", null, null]), { ...ALONE, mutexTags: ["db"] });
    assert.deepEqual(
      plan.services.map(({ mutexes = [] }) => mutexes.length),
      [1, 1, 0, 0],
    );
  });

  it("says in its views who is kept apart, and when a tag keeps nobody apart", () => {
    const fleet = account(["x", "x", "y", "y", "z", null]);
    const plan = planOf(fleet, { mutexTags: ["db", "other"] });
    const text = planText(plan, fleet, { width: 80 });
    assert.match(text, /\n {2}Tag db: 4 services with one of 2 values roll one after the other\.\n/);
    assert.match(text, /\n {2}Tag other keeps none apart: no two planned services have the same value of it\.\n/);
    const markdown = planMarkdown(plan, fleet);
    assert.match(
      markdown,
      /## One after the other\n\n.*\n.*\n\| db=x \| pay\/s0 and pay\/s1 \|\n\| db=y \| pay\/s2 and pay\/s3 \|\n/,
    );
    assert.ok(!planMarkdown(planOf(fleet), fleet).includes("One after the other"));
  });

  const anyTagged = anyFleet().chain((fleet) =>
    fc.array(fc.constantFrom("x", "y", "", null), { minLength: 60, maxLength: 60 }).map((values) => ({
      ...fleet,
      services: fleet.services.map((service, index) => {
        const [db, queue] = [values[index % 60], values[(index + 7) % 60]];
        return { ...service, tags: { ...service.tags, ...(db != null && { db }), ...(queue != null && { queue }) } };
      }),
    })),
  );
  const anyTags = fc.constantFrom(["db"], ["db", "queue"], ["tier"]);

  it("never expects less than without them, nor less than its bound, nor more than one service after the other", () => {
    fc.assert(
      fc.property(anyTagged, anyTags, fc.integer({ min: 1, max: 60 }), (fleet, mutexTags, inFlightMax) => {
        const plan = planOf(fleet, { mutexTags, inFlightMax });
        const free = planOf(fleet, { inFlightMax });
        const longest = new Map(plan.services.map(({ arn, estimate }) => [arn, estimate.toCapacityFreeMs]));
        for (const [index, wave] of plan.waves.entries()) {
          const inARow = wave.services.reduce((sum, arn) => sum + (longest.get(arn) ?? 0), 0);
          assert.ok(wave.expectedMs <= Math.max(inARow, free.waves[index]?.expectedMs ?? 0));
          assert.ok(wave.extraVcpu <= (free.waves[index]?.extraVcpu ?? 0));
          for (const sum of sumsByMutex(plan, wave.services).values()) assert.ok(wave.expectedMs >= sum);
        }
        assert.ok(plan.totals.expectedMs >= plan.totals.stagedLowerBoundMs);
        assert.ok(plan.totals.stagedLowerBoundMs >= free.totals.stagedLowerBoundMs);
      }),
    );
  });

  it("says the same to the byte whatever order the fleet's lists have", () => {
    fc.assert(
      fc.property(anyTagged, anyTags, fc.integer(), (fleet, mutexTags, seed) => {
        const [one, other] = [planOf(fleet, { mutexTags }), planOf(shuffled(fleet, seed), { mutexTags })];
        assert.equal(JSON.stringify(one), JSON.stringify(other));
      }),
      { numRuns: 50 },
    );
  });
});

describe("parsePlan, of a plan with mutexes", () => {
  const plan = planOf(account(["x", "x", null]), { mutexTags: ["db"] });
  const { mutexTags: _, ...options } = plan.options;
  const cases: readonly [string, Partial<Plan>, RegExp][] = [
    ["them in version 1", { version: 1 }, /mutexTags belongs to version 2 of a plan$/],
    ["none of them in version 2", { options }, /mutexTags is missing in a plan of version 2$/],
    [
      "a service that lost its own",
      {
        services: plan.services.map(({ mutexes, ...service }, at) =>
          at === 0 ? service : { ...service, mutexes: mutexes ?? [] },
        ),
      },
      /\$\.services\[0\]\.mutexes does not belong to/,
    ],
    [
      "a tag that was not asked for",
      { services: plan.services.map((service) => ({ ...service, mutexes: [{ tag: "other", value: "x" }] })) },
      /\$\.services\[0\]\.mutexes does not belong to/,
    ],
  ];
  for (const [what, change, message] of cases)
    it(`refuses ${what}`, () => {
      const changed = { ...plan, ...change };
      const text = JSON.stringify({ ...changed, planId: planIdOf(changed) });
      const error = thrownBy(() => parsePlan(text, "plan.json"));
      assert.equal(error.code, "wrong-shape");
      assert.match(error.message, message);
    });

  it("tells a program of one version which ones there are", () => {
    const error = thrownBy(() => parsePlan(JSON.stringify({ ...plan, version: 4 }), "plan.json"));
    assert.equal(error.message, "plan.json is a plan of version 4; this program reads versions 1, 2 and 3");
  });
});

function sumsByMutex({ services }: Plan, arns: readonly string[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { arn, mutexes = [], estimate } of services) {
    if (!arns.includes(arn)) continue;
    for (const mutex of mutexes) {
      const key = mutexKey(mutex);
      sums.set(key, (sums.get(key) ?? 0) + estimate.toCapacityFreeMs);
    }
  }
  return sums;
}
