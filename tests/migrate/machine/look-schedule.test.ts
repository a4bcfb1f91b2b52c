import assert from "node:assert/strict";
import fc from "fast-check";
import { LIMITS, limitsProblem } from "../../../migrate/core/limits";
import { deadlineAtMs, nextLookAtMs } from "../../../migrate/core/machine/look-schedule";
import type { ServiceRun } from "../../../migrate/core/machine/run-state";
import { agendaOf, at, begun, intended, PROGRESS, plannedOf, planOf, runOf, stateAfter } from "./run-fixture";

const plan = planOf([["a"]]);
const deploying = runOf(
  stateAfter(plan, [
    [0, intended("a")],
    [0, begun("a")],
  ]),
  "a",
);

const DAY_MS = 86_400_000;
const estimate = fc.record({
  toSuccessMs: fc.integer({ min: 0, max: 3 * DAY_MS }),
  toCapacityFreeMs: fc.integer({ min: 0, max: 3 * DAY_MS }),
});
/** Whole seconds since the redeployment at which it was looked at last. */
const lastLook = fc.integer({ min: 0, max: 4 * 86_400 });

function intervalMs(
  run: ServiceRun,
  toExpect: { toSuccessMs: number; toCapacityFreeMs: number },
  last: number,
): number {
  const planned = { ...plannedOf(plan, "a"), estimate: toExpect };
  return nextLookAtMs({ run, planned, agenda: agendaOf({ a: last }), drainsMatter: true }) - at(last);
}

describe("the schedule of looks", () => {
  it("has its first look within 45 s of the redeployment, whatever the estimate", () => {
    fc.assert(
      fc.property(estimate, (toExpect) => {
        const planned = { ...plannedOf(plan, "a"), estimate: toExpect };
        const first = nextLookAtMs({ run: deploying, planned, agenda: agendaOf(), drainsMatter: true });
        assert.ok(first - at(0) + LIMITS.tickMs <= 45_000);
      }),
    );
  });

  it("sees any start failure within 60 s of the first failed task, a tick included, whatever the estimate", () => {
    const progress = fc.record({ tasksOnKey: fc.nat(9), failedTasks: fc.nat(3) });
    fc.assert(
      fc.property(estimate, lastLook, fc.option(progress), (toExpect, last, seen) => {
        const run = { ...deploying, progress: seen === null ? null : { ...PROGRESS, ...seen } };
        const interval = intervalMs(run, toExpect, last);
        assert.ok(interval > 0 && interval + LIMITS.tickMs < 60_000, `${interval} ms`);
      }),
    );
  });

  it("looks at whole multiples of its intervals, so that services begun at different moments are looked at together", () => {
    const run = { ...deploying, progress: PROGRESS };
    const toExpect = { toSuccessMs: 600_000, toCapacityFreeMs: 900_000 };
    const planned = { ...plannedOf(plan, "a"), estimate: toExpect };
    const next = (last: number) => nextLookAtMs({ run, planned, agenda: agendaOf({ a: last }), drainsMatter: true });
    for (let last = 60; last <= 80; last += 1) assert.equal(next(last), at(90));
    assert.equal(next(81), at(120));
  });

  it("leaves a service alone that rolls as expected, until its end is near, and no longer than that", () => {
    const run = { ...deploying, progress: PROGRESS };
    const toExpect = { toSuccessMs: 120_000, toCapacityFreeMs: 150_000 };
    const near = [60, 75, 90, 240].map((last) => intervalMs(run, toExpect, last));
    assert.deepEqual(near, [LIMITS.quietLookMs, LIMITS.nearEndLookMs, LIMITS.nearEndLookMs, LIMITS.nearEndLookMs]);
    assert.equal(intervalMs(run, toExpect, 270), LIMITS.quietLookMs);
  });

  it("does not watch the end of a service that takes long more closely than a quiet one", () => {
    const run = { ...deploying, progress: PROGRESS };
    const toExpect = { toSuccessMs: 200_000, toCapacityFreeMs: LIMITS.longRollMs };
    assert.equal(intervalMs(run, toExpect, 180), LIMITS.quietLookMs);
  });

  it("looks at a long drain rarely until it may be over, and then as often as at others", () => {
    const run = { ...deploying, phase: "settling" as const, settledAtMs: at(0), progress: PROGRESS };
    const toExpect = { toSuccessMs: 100_000, toCapacityFreeMs: 430_000 };
    const at60 = intervalMs(run, toExpect, 60);
    const at240 = intervalMs(run, toExpect, 240);
    assert.deepEqual([at60, at240], [LIMITS.drainLookMs, LIMITS.quietLookMs]);
  });

  it("watches a failing service closely, even one whose first tasks run on the key", () => {
    const run = { ...deploying, progress: { ...PROGRESS, failedTasks: 1 } };
    assert.equal(intervalMs(run, { toSuccessMs: DAY_MS, toCapacityFreeMs: DAY_MS }, 60), LIMITS.nearEndLookMs);
  });

  it("looks at a doubt at once, then every 15 s", () => {
    const run = { ...deploying, phase: "indoubt" as const };
    const planned = plannedOf(plan, "a");
    assert.equal(nextLookAtMs({ run, planned, agenda: agendaOf(), drainsMatter: true }), 0);
    assert.equal(nextLookAtMs({ run, planned, agenda: agendaOf({ a: 7 }), drainsMatter: true }), at(22));
  });

  it("never calls a service late before 30 minutes, and then not before four times its estimate", () => {
    const deadlineMinutes = (minutes: number) => {
      const toCapacityFreeMs = minutes * 60_000;
      const planned = { ...plannedOf(plan, "a"), estimate: { toSuccessMs: 1, toCapacityFreeMs } };
      return (deadlineAtMs(deploying, planned) - at(0)) / 60_000;
    };
    assert.deepEqual([deadlineMinutes(1), deadlineMinutes(7), deadlineMinutes(20)], [30, 30, 80]);
  });
});

describe("the limits", () => {
  it("hold their relations", () => {
    assert.equal(limitsProblem(LIMITS), null);
  });

  const wrong: readonly (readonly [title: string, change: Readonly<Record<string, number>>])[] = [
    ["a first look that comes too late", { firstLookMs: 56_000 }],
    ["quiet looks too far apart", { quietLookMs: 45_000 }],
    ["looks that may not follow each other soon enough", { looksApartMinMs: 15_000 }],
    ["a look that is too old before its call is sent", { admissionLookAgainMs: 5_000 }],
    ["a cluster's look that is too old before its batch ends", { clusterLookAgainMs: 25_000 }],
    ["a tick longer than the shortest interval", { tickMs: 16_000 }],
    ["one look that is enough to repeat a call", { doubtLooksNeeded: 1 }],
    ["a wait that ends before its first retry", { inFlightWaitMaxMs: 60_000 }],
  ];
  for (const [title, change] of wrong)
    it(`would not bear ${title}`, () => {
      assert.notEqual(limitsProblem({ ...LIMITS, ...change } as typeof LIMITS), null);
    });
});
