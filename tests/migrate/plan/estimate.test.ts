import assert from "node:assert/strict";
import { known } from "../../../domain/fact";
import type { Fleet } from "../../../domain/fleet";
import { estimateOf, roundsOf } from "../../../migrate/core/plan/estimate";
import { surgeOf } from "../../../migrate/core/plan/surge";
import type { FleetBuilder } from "../../../simulator/fleet-builder";
import { type Changes, contextOf, payCluster } from "../fleets/service-case";

function service(desired: number, minimum: number, maximum: number): FleetBuilder {
  return payCluster().service("api", { desired, cpuUnits: 512 }).percents(minimum, maximum);
}

describe("estimateOf", () => {
  // A builder's tasks took 23 s to start; without health check 40 s more; a stop takes 30 s, deregistration 300 s.
  const cases: readonly [string, Fleet, Changes, [toSuccessMs: number, toCapacityFreeMs: number]][] = [
    ["all new tasks at once", service(4, 100, 200).build(), {}, [63_000, 93_000]],
    ["two rounds with room above", service(4, 100, 150).build(), {}, [126_000, 156_000]],
    [
      "two rounds without room above: the first drains before the second",
      service(4, 50, 100).build(),
      {},
      [156_000, 186_000],
    ],
    ["a load balancer", service(4, 100, 200).behindLoadBalancer().build(), {}, [173_000, 503_000]],
    ["no task wanted", service(0, 100, 200).build(), {}, [30_000, 30_000]],
    ["no task that tells", service(4, 100, 200).build(), { context: { tasks: [] } }, [100_000, 130_000]],
    [
      "a bake time",
      service(4, 100, 200).build(),
      { service: { strategy: "BLUE_GREEN", bakeTimeMinutes: 5 } },
      [363_000, 393_000],
    ],
    [
      "a task that began before it was made",
      service(1, 100, 200).build(),
      { firstTask: { startedAt: "2020-01-01T00:00:00Z" } },
      [100_000, 130_000],
    ],
  ];
  for (const [title, fleet, changes, [toSuccessMs, toCapacityFreeMs]] of cases) {
    it(`reckons with ${title}`, () => {
      assert.deepEqual(estimateOf(contextOf(fleet, changes)), { toSuccessMs, toCapacityFreeMs });
    });
  }

  it("takes the median of the running tasks, so that one slow start does not count", () => {
    const fleet = service(3, 100, 200).build();
    const context = contextOf(fleet, { firstTask: { startedAt: "2026-06-01T07:00:00.000Z" } });
    assert.equal(estimateOf(context).toSuccessMs, 63_000);
  });

  it("takes the longest stop timeout and knows container health checks", () => {
    const context = contextOf(service(4, 100, 200).build());
    assert.ok(context.taskDefinition?.kind === "known");
    const { value, asOf } = context.taskDefinition;
    const containers = value.containers.flatMap((one) => [
      { ...one, stopTimeoutSeconds: 120, hasHealthCheck: true },
      { ...one, stopTimeoutSeconds: 5 },
    ]);
    const estimate = estimateOf({ ...context, taskDefinition: known({ ...value, containers }, asOf) });
    assert.deepEqual(estimate, { toSuccessMs: 83_000, toCapacityFreeMs: 203_000 });
  });
});

describe("roundsOf", () => {
  const cases: readonly [desired: number, minimum: number, maximum: number, rounds: number][] = [
    [0, 100, 200, 0],
    [1, 100, 200, 1],
    [4, 100, 200, 1],
    [4, 100, 150, 2],
    [10, 100, 110, 10],
    [10, 90, 110, 5],
    [3, 50, 100, 3],
    [3, 100, 133, 3],
  ];
  for (const [desired, minimum, maximum, rounds] of cases) {
    it(`is ${rounds} for ${desired} tasks between ${minimum} and ${maximum} percent`, () => {
      assert.equal(roundsOf(contextOf(service(desired, minimum, maximum).build()).service), rounds);
    });
  }
});

describe("surgeOf", () => {
  const cases: readonly [desired: number, minimum: number, maximum: number, tasks: number, vcpu: number][] = [
    [4, 100, 200, 4, 2],
    [4, 100, 150, 2, 1],
    [4, 50, 100, 2, 1],
    [1, 0, 200, 1, 0.5],
    [0, 100, 200, 0, 0],
  ];
  for (const [desired, minimum, maximum, tasks, vcpu] of cases) {
    it(`is ${tasks} tasks for ${desired} between ${minimum} and ${maximum} percent: those that drain count`, () => {
      const surge = surgeOf(contextOf(service(desired, minimum, maximum).build()));
      assert.deepEqual(surge, { tasks, vcpu, taskVcpu: 0.5, sizeSeen: true });
    });
  }

  it("is never more than one new task for each old one", () => {
    const context = contextOf(service(4, 100, 200).build(), { service: { maximumPercent: 300 } });
    assert.equal(surgeOf(context).tasks, 4);
  });

  it("is all tasks anew for a blue/green deployment, whatever the percents", () => {
    const context = contextOf(service(4, 100, 110).build(), { service: { strategy: "BLUE_GREEN" } });
    assert.equal(surgeOf(context).tasks, 4);
  });
});
