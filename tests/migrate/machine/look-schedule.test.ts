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
  return nextLookAtMs({ run, planned, agenda: agendaOf({ a: last }) }) - at(last);
}

describe("the schedule of looks", () => {
  it("has its first look within 45 s of the redeployment, whatever the estimate", () => {
    fc.assert(
      fc.property(estimate, (toExpect) => {
        const planned = { ...plannedOf(plan, "a"), estimate: toExpect };
        const first = nextLookAtMs({ run: deploying, planned, agenda: agendaOf() });
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

  it("leaves a service alone that rolls as expected, until its end is near", () => {
    const run = { ...deploying, progress: PROGRESS };
    const toExpect = { toSuccessMs: 600_000, toCapacityFreeMs: 900_000 };
    assert.equal(intervalMs(run, toExpect, 60), LIMITS.quietLookMs);
    assert.equal(intervalMs(run, toExpect, 450), LIMITS.nearEndLookMs);
  });

  it("watches a failing service closely, even one whose first tasks run on the key", () => {
    const run = { ...deploying, progress: { ...PROGRESS, failedTasks: 1 } };
    assert.equal(intervalMs(run, { toSuccessMs: DAY_MS, toCapacityFreeMs: DAY_MS }, 60), LIMITS.firstLookMs);
  });

  it("looks at a doubt at once, then every 15 s", () => {
    const run = { ...deploying, phase: "indoubt" as const };
    const planned = plannedOf(plan, "a");
    assert.equal(nextLookAtMs({ run, planned, agenda: agendaOf() }), 0);
    assert.equal(nextLookAtMs({ run, planned, agenda: agendaOf({ a: 7 }) }), at(22));
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
    ["quiet looks too far apart", { quietLookMs: 55_000 }],
    ["a tick longer than the shortest interval", { tickMs: 16_000 }],
    ["one look that is enough to repeat a call", { doubtLooksNeeded: 1 }],
    ["a wait that ends before its first retry", { inFlightWaitMaxMs: 60_000 }],
  ];
  for (const [title, change] of wrong)
    it(`would not bear ${title}`, () => {
      assert.notEqual(limitsProblem({ ...LIMITS, ...change } as typeof LIMITS), null);
    });
});
