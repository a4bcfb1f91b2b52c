import assert from "node:assert/strict";
import fc from "fast-check";
import { known, unknown } from "../../../domain/fact";
import type { Fleet } from "../../../domain/fleet";
import type { Plan, PlanOptions } from "../../../migrate/core/model/plan";
import { planIdOf } from "../../../migrate/core/model/plan-id";
import { CLASS_GROUP } from "../../../migrate/core/model/service-class";
import { apiCallsMin } from "../../../migrate/core/plan/api-calls-min";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { aFleet } from "../../../simulator/fleet-builder";
import { anyFleet, shuffled } from "../fleets/any-fleet";
import { seenWhole } from "../fleets/seen-whole";
import { payCluster } from "../fleets/service-case";

const FLEET_SHA = "a".repeat(64);
const UNSEEN_VCPU = { quota: known(120, "2026-06-01T08:00:00.000Z"), inUse: unknown("no metric was measured") };
const NO_CAPACITY = { onDemand: UNSEEN_VCPU, spot: UNSEEN_VCPU };

function planOf(fleet: Fleet, options: Partial<PlanOptions> = {}): Plan {
  return makePlan({ fleet, fleetSha256: FLEET_SHA, options: { ...DEFAULT_PLAN_OPTIONS, ...options } });
}

const ANY_OPTIONS: fc.Arbitrary<Partial<PlanOptions>> = fc.record({
  order: fc.constantFrom(null, { tag: "tier", values: ["dev", "prod"] }),
  firstShare: fc.constantFrom(0, 0.05, 0.5, 1),
  inFlightMax: fc.integer({ min: 1, max: 60 }),
});

describe("makePlan, of any fleet and options", () => {
  it("puts every service and every standalone task into the plan exactly once", () => {
    fc.assert(
      fc.property(anyFleet(), ANY_OPTIONS, (fleet, options) => {
        const plan = planOf(fleet, options);
        const told = [...plan.services, ...plan.rest].map(({ arn }) => arn).toSorted();
        const standalone = fleet.tasks.filter((task) => task.group?.startsWith("family:"));
        assert.deepEqual(told, [...fleet.services, ...standalone].map(({ arn }) => arn).toSorted());
      }),
    );
  });

  it("plans exactly the services that are to be redeployed", () => {
    fc.assert(
      fc.property(anyFleet(), (fleet) => {
        const plan = planOf(fleet);
        assert.ok(plan.services.every((one) => CLASS_GROUP[one.classification.class] === "to-redeploy"));
        assert.ok(plan.rest.every((one) => CLASS_GROUP[one.classification.class] !== "to-redeploy"));
      }),
    );
  });

  it("numbers waves from 1 without a gap, none empty, each planned service in the one that it names", () => {
    fc.assert(
      fc.property(anyFleet(), ANY_OPTIONS, (fleet, options) => {
        const plan = planOf(fleet, options);
        assert.deepEqual(
          plan.waves.map((wave) => wave.number),
          plan.waves.map((_, index) => index + 1),
        );
        assert.ok(plan.waves.every((wave) => wave.services.length > 0));
        const placed = plan.waves.flatMap((wave) => wave.services.map((arn) => `${arn} ${wave.number}`)).toSorted();
        assert.deepEqual(placed, plan.services.map((one) => `${one.arn} ${one.wave}`).toSorted());
      }),
    );
  });

  it("says the same to the byte whatever order the fleet's lists have", () => {
    fc.assert(
      fc.property(anyFleet(), ANY_OPTIONS, fc.integer(), (fleet, options, seed) => {
        assert.equal(JSON.stringify(planOf(shuffled(fleet, seed), options)), JSON.stringify(planOf(fleet, options)));
      }),
    );
  });

  it("begins with one canary for each cluster that has a service with tasks to redeploy, never one that wants no task", () => {
    fc.assert(
      fc.property(anyFleet(), ANY_OPTIONS, (fleet, options) => {
        const plan = planOf(fleet, options);
        const desired = new Map(fleet.services.map((one) => [one.arn, one]));
        const withTasks = plan.services.filter(({ arn }) => (desired.get(arn)?.desiredCount ?? 0) > 0);
        const clusters = [...new Set(withTasks.map((one) => one.clusterArn))].toSorted();
        const canaries = plan.waves[0]?.name.startsWith("canar") ? plan.services.filter((one) => one.wave === 1) : [];
        assert.deepEqual(canaries.map((one) => one.clusterArn).toSorted(), clusters);
        for (const canary of canaries) {
          const safe = withTasks.some(
            ({ arn, clusterArn }) => clusterArn === canary.clusterArn && isSafe(desired.get(arn)),
          );
          assert.ok(withTasks.includes(canary));
          assert.equal(isSafe(desired.get(canary.arn)), safe, "a safe canary whenever there is one");
        }
      }),
    );
  });

  it("never expects to be faster than its lower bound, nor a peak other than its highest wave", () => {
    fc.assert(
      fc.property(anyFleet(), ANY_OPTIONS, (fleet, options) => {
        const { totals, waves } = planOf(fleet, options);
        assert.ok(totals.expectedMs >= totals.stagedLowerBoundMs);
        assert.equal(totals.peakExtraVcpu, Math.max(0, ...waves.map((wave) => wave.extraVcpu)));
      }),
    );
  });

  it("is called by the hash of its content", () => {
    fc.assert(
      fc.property(anyFleet(), (fleet) => {
        const plan = planOf(fleet);
        assert.equal(plan.planId, planIdOf(plan));
      }),
      { numRuns: 20 },
    );
  });
});

describe("makePlan", () => {
  const fleet = seenWhole(
    payCluster()
      .service("checkout", { desired: 4, cpuUnits: 1024 })
      .breaker(true)
      .tagged({ tier: "prod", Owner: "payments" })
      .service("fax", { desired: 2 })
      .pinned("1.3.0")
      .service("idle", { desired: 0 })
      .service("done")
      .keyed()
      .build(),
  );
  const plan = planOf(fleet);
  const service = (name: string) =>
    plan.services.find((one) => one.name === name) ?? assert.fail(`${name} is not planned`);

  it("sets a pin only where one keeps the key away", () => {
    assert.deepEqual(
      plan.services.map((one) => [one.name, one.platformVersion]),
      [
        ["checkout", null],
        ["fax", "1.4.0"],
        ["idle", null],
      ],
    );
  });

  it("tells of a service what a run and a reader need", () => {
    const { classification, fingerprint, ...checkout } = service("checkout");
    assert.equal(classification.class, "redeploy");
    assert.match(fingerprint, /^[0-9a-f]{64}$/);
    assert.deepEqual(checkout, {
      arn: "arn:aws:ecs:eu-west-1:111122223333:service/pay/checkout",
      name: "checkout",
      clusterArn: "arn:aws:ecs:eu-west-1:111122223333:cluster/pay",
      clusterName: "pay",
      wave: 1,
      targetKeyArn: fleet.keys[0]?.arn,
      platformVersion: null,
      tasks: 4,
      surgeTasks: 4,
      surgeVcpu: 4,
      // 23 s to start as its tasks did, 40 s to count as healthy; then 30 s to stop the old ones.
      estimate: { toSuccessMs: 63_000, toCapacityFreeMs: 93_000 },
      risks: ["image 111122223333.dkr.ecr.eu-west-1.amazonaws.com/pay-checkout:1.0.0 is named by tag and pulled anew"],
      owner: "payments",
    });
  });

  it("counts running tasks and those on their key over services and standalone tasks, without Windows and EC2", () => {
    const mixed = payCluster()
      .service("one", { desired: 3 })
      .service("two", { desired: 2 })
      .keyed()
      .service("panes", { desired: 5 })
      .windows()
      .service("metal", { desired: 7 })
      .ec2()
      .standaloneTask("backup", { keyed: true })
      .build();
    const { totals } = planOf(mixed);
    assert.deepEqual([totals.tasks, totals.tasksOnKey, totals.services, totals.clusters], [6, 3, 4, 1]);
  });

  it("makes an empty plan of an empty fleet", () => {
    const nothing = { ...aFleet().build(), subnets: [], capacity: NO_CAPACITY };
    const empty = planOf(nothing);
    assert.deepEqual([empty.waves, empty.services, empty.rest, empty.targets], [[], [], [], []]);
    assert.deepEqual(empty.totals, {
      clusters: 0,
      services: 0,
      tasks: 0,
      tasksOnKey: 0,
      expectedMs: 0,
      stagedLowerBoundMs: 0,
      apiCallsMin: apiCallsMin(nothing, []),
      peakExtraVcpu: 0,
      peakVcpu: { onDemand: 0, spot: 0 },
      freeVcpu: { onDemand: null, spot: null },
    });
  });

  it("says unknown, with the permission, of a service whose task definition the scan was denied", () => {
    const [first] = fleet.services;
    assert.ok(first?.taskDefinitionArn);
    const denied = {
      operation: "ecs:DescribeTaskDefinition",
      subject: first.taskDefinitionArn,
      why: "access denied",
      permission: "ecs:DescribeTaskDefinition",
    };
    const rest = planOf({ ...fleet, taskDefinitions: [], unread: [denied] }).rest;
    const found = rest.find((one) => one.arn === first.arn);
    assert.equal(found?.classification.class, "unknown");
    assert.match(found.classification.reason, /access denied$/);
    assert.equal(found.classification.remedy, "allow ecs:DescribeTaskDefinition to who scans, then scan again");
  });

  it("changes its id with the options, and with the fleet's hash", () => {
    const other = makePlan({ fleet, fleetSha256: "b".repeat(64), options: DEFAULT_PLAN_OPTIONS });
    assert.equal(new Set([plan.planId, planOf(fleet, { inFlightMax: 49 }).planId, other.planId]).size, 3);
  });

  it("keeps a task of a service that the fleet does not hold, as unknown", () => {
    const [task] = fleet.tasks;
    assert.ok(task);
    const ghost = { ...task, arn: `${task.arn}0`, group: "service:ghost" };
    const found = planOf({ ...fleet, tasks: [...fleet.tasks, ghost] }).rest.find((one) => one.arn === ghost.arn);
    assert.deepEqual([found?.kind, found?.classification.class], ["task", "unknown"]);
  });

  it("notes the risk of a service whose task size was not seen", () => {
    const blind = {
      ...fleet,
      tasks: fleet.tasks.map((task) => ({ ...task, cpuUnits: null })),
      taskDefinitions: fleet.taskDefinitions.map((fact) =>
        fact.kind === "known" ? known({ ...fact.value, cpuUnits: null }, fact.asOf) : fact,
      ),
    };
    const checkout = planOf(blind).services.find((one) => one.name === "checkout");
    assert.equal(checkout?.surgeVcpu, 0);
    assert.equal(checkout?.risks.at(-1), "the size of its tasks was not seen: its extra vCPU counts as 0 here");
  });
});

function isSafe(service: Fleet["services"][number] | undefined): boolean {
  return service !== undefined && service.desiredCount >= 2 && service.minimumHealthyPercent >= 100;
}
