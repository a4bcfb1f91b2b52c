// plan --explain: every number is the plan's own, every class the classifier's, for any service of any fleet.

import assert from "node:assert/strict";
import fc from "fast-check";
import { unknown } from "../../../domain/fact";
import type { Fleet } from "../../../domain/fleet";
import type { Plan, PlanOptions } from "../../../migrate/core/model/plan";
import { CLASS_GROUP } from "../../../migrate/core/model/service-class";
import { callDuties } from "../../../migrate/core/plan/api-calls-min";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { explainService } from "../../../migrate/core/plan/explain/explain-service";
import type { Explanation } from "../../../migrate/core/plan/explain/explanation";
import { draftPlan } from "../../../migrate/core/plan/make-plan";
import { demoFleet } from "../../../simulator/demo-fleet";
import { anyFleet, shuffled } from "../fleets/any-fleet";
import { seenWhole } from "../fleets/seen-whole";
import { payCluster } from "../fleets/service-case";
import { situated } from "../fleets/situations";

function explained(fleet: Fleet, options: Partial<PlanOptions> = {}): { plan: Plan; all: readonly Explanation[] } {
  const draft = draftPlan({ fleet, fleetSha256: "a".repeat(64), options: { ...DEFAULT_PLAN_OPTIONS, ...options } });
  return { plan: draft.plan, all: fleet.services.map((service) => explainService(draft, fleet, service)) };
}

function one(fleet: Fleet, name: string, options: Partial<PlanOptions> = {}): Explanation {
  const found = explained(seenWhole(fleet), options).all.find(({ service }) => service.name === name);
  return found ?? assert.fail(`${name} is not explained`);
}

const ANY_OPTIONS: fc.Arbitrary<Partial<PlanOptions>> = fc.record(
  {
    order: fc.constantFrom(null, { tag: "tier", values: ["dev", "prod"] }),
    firstShare: fc.constantFrom(0, 0.05, 0.5),
    inFlightMax: fc.integer({ min: 1, max: 60 }),
    allow: fc.constantFrom([], [{ class: "rolls-with-downtime" as const, service: null, reason: "yes" }]),
    mutexTags: fc.constantFrom(["tier"]),
  },
  { requiredKeys: ["order", "firstShare", "inFlightMax", "allow"] },
);
const FLEETS = fc.oneof(
  { weight: 5, arbitrary: anyFleet() },
  fc.integer({ min: 1, max: 9 }).map((seed) => demoFleet({ seed })),
);

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

function forAny(check: (plan: Plan, all: readonly Explanation[], fleet: Fleet) => void, numRuns = 60): void {
  fc.assert(
    fc.property(FLEETS, ANY_OPTIONS, (fleet, options) => {
      const { plan, all } = explained(fleet, options);
      check(plan, all, fleet);
    }),
    { numRuns },
  );
}

describe("an explanation, of every service of any fleet", () => {
  it("has an estimate whose terms add up to the plan's, term by term", () => {
    forAny((plan, all) => {
      for (const { service, planned } of all) {
        const inPlan = plan.services.find(({ arn }) => arn === service.arn);
        assert.equal(planned === null, inPlan === undefined);
        if (planned === null || inPlan === undefined) continue;
        const { terms } = planned.estimate;
        for (const { times, eachMs, totalMs } of terms) assert.equal(times * eachMs, totalMs);
        const success = terms.filter(({ until }) => until === "success").map(({ totalMs }) => totalMs);
        assert.equal(sum(success), inPlan.estimate.toSuccessMs);
        assert.equal(sum(terms.map(({ totalMs }) => totalMs)), inPlan.estimate.toCapacityFreeMs);
      }
    });
  });

  it("has a surge of so many tasks of one size, and a score of its findings: the plan's", () => {
    forAny((plan, all) => {
      for (const { service, planned } of all) {
        if (planned === null) continue;
        const inPlan = plan.services.find(({ arn }) => arn === service.arn);
        assert.equal(planned.surge.tasks * planned.surge.taskVcpu, inPlan?.surgeVcpu);
        assert.equal(planned.surge.tasks, inPlan?.surgeTasks);
        assert.equal(sum(planned.risk.findings.map(({ weight }) => weight)), planned.risk.score);
        for (const { sentence } of planned.risk.findings) assert.ok(inPlan?.risks.includes(sentence));
      }
    });
  });

  it("has calls that are, with those of the scan and shared ones once, the plan's least", () => {
    forAny((plan, all, fleet) => {
      const ofServices = new Map(
        all.flatMap(({ planned }) => (planned?.calls ?? []).map((duty) => [JSON.stringify(duty), duty.calls])),
      );
      const ofLane = callDuties(fleet, plan.services).filter(({ services }) => services.length === 0);
      assert.equal(sum([...ofServices.values(), ...ofLane.map(({ calls }) => calls)]), plan.totals.apiCallsMin);
    });
  });

  it("has one question that decides, the last, with at least one fact; every fact is seen at an instant or not seen", () => {
    forAny((plan, all) => {
      const classes = new Map([...plan.services, ...plan.rest].map((entry) => [entry.arn, entry.classification]));
      for (const { service, classification, asked } of all) {
        assert.deepEqual(
          asked.map(({ answer }) => answer === "decides"),
          asked.map((_, at) => at === asked.length - 1),
        );
        for (const { facts, question } of asked) assert.ok(facts.length > 0, question);
        for (const { value, asOf } of asked.flatMap(({ facts }) => facts)) assert.equal(value === null, asOf === null);
        const { group, ...told } = classification;
        assert.deepEqual(told, classes.get(service.arn));
        assert.equal(group, CLASS_GROUP[told.class]);
      }
    });
  });

  it("names its wave, its place in it and those that it never rolls together with, as the plan has them", () => {
    forAny((plan, all) => {
      const ranks = all.flatMap(({ planned }) => planned?.wave.place.rank ?? []);
      assert.deepEqual(
        ranks.toSorted((a, b) => a - b),
        plan.services.map((_, at) => at + 1),
      );
      for (const { service, planned } of all) {
        const wave = plan.waves.find(({ services }) => services.includes(service.arn));
        assert.deepEqual([planned?.wave.number, planned?.wave.name], [wave?.number, wave?.name]);
        for (const { mutex, others } of planned?.exclusions ?? [])
          for (const { arn } of others)
            assert.ok(
              plan.services.find((other) => other.arn === arn)?.mutexes?.some(({ value }) => value === mutex.value),
            );
      }
    });
  });

  it("names only changes that move it to another class", () => {
    forAny((_, all) => {
      for (const { classification, levers } of all)
        for (const lever of levers) assert.notEqual(lever.class, classification.class, lever.change);
    });
  });

  it("says the same to the byte whatever order the fleet's lists have", () => {
    fc.assert(
      fc.property(FLEETS, ANY_OPTIONS, fc.integer(), (fleet, options, seed) => {
        const turned = explained(shuffled(fleet, seed), options).all.toSorted((a, b) =>
          a.service.arn < b.service.arn ? -1 : 1,
        );
        const straight = explained(fleet, options).all.toSorted((a, b) => (a.service.arn < b.service.arn ? -1 : 1));
        assert.equal(JSON.stringify(turned), JSON.stringify(straight));
      }),
      { numRuns: 30 },
    );
  });
});

describe("an explanation", () => {
  const lever = (explanation: Explanation, change: RegExp) =>
    explanation.levers.find((one) => change.test(one.change))?.class;

  it("of a service that cannot roll says which change frees it", () => {
    const fleet = payCluster().service("api", { desired: 1 }).percents(100, 100).build();
    const told = one(fleet, "api");
    assert.deepEqual([told.classification.class, told.planned], ["cannot-roll", null]);
    assert.match(told.classification.remedy ?? "", /aws ecs update-service --cluster pay --service api/);
    assert.equal(lever(told, /maximumPercent 200/), "redeploy");
  });

  it("of a service without a cluster key says that a key makes it one to redeploy", () => {
    const fleet = payCluster().cluster("bare").service("api", { desired: 2 }).build();
    assert.equal(lever(one(fleet, "api"), /a key is attached/), "redeploy");
  });

  it("of a service that rolls with downtime offers the option that allows it, and once allowed says why", () => {
    const fleet = payCluster().service("api", { desired: 2 }).percents(0, 100).build();
    assert.equal(lever(one(fleet, "api"), /--allow rolls-with-downtime:pay\/api=REASON/), "redeploy");
    const allow = [{ class: "rolls-with-downtime", service: null, reason: "Sunday night" }] as const;
    const answered = one(fleet, "api", { allow }).asked.find(({ answer }) => answer === "allowed");
    assert.deepEqual([answered?.family, answered?.allowedBecause], ["rollsWithDowntime", "Sunday night"]);
  });

  it("of a service with a deployment under way says what it becomes when that ends", () => {
    const fleet = payCluster().service("api", { desired: 2 }).inFlight().build();
    const told = one(fleet, "api");
    assert.equal(told.classification.class, "in-flight");
    assert.notEqual(lever(told, /the deployment under way ends/), undefined);
  });

  it("names what was not seen with its permission, and that nobody can say what it would show", () => {
    const fleet = payCluster().service("api", { desired: 2 }).build();
    const denied = unknown("access denied", "ecs:DescribeClusters");
    const told = one(
      { ...fleet, clusters: fleet.clusters.map((cluster) => ({ ...cluster, configuration: denied })) },
      "api",
    );
    assert.deepEqual(told.unseen, [
      { name: "configuration of cluster pay", why: "access denied", permission: "ecs:DescribeClusters" },
    ]);
    const last = told.asked.at(-1);
    assert.deepEqual([last?.family, last?.facts[0]?.value], ["configurationNotSeen", null]);
    assert.equal(lever(told, /scan again with ecs:DescribeClusters/), null);
  });

  it("of two services that share an ARN of the old format says so, and reckons nothing for either", () => {
    const both = payCluster()
      .service("api")
      .oldArnFormat()
      .cluster("web", { key: "pay-key" })
      .service("api")
      .oldArnFormat()
      .build();
    for (const { classification, asked, planned } of explained(both).all)
      assert.deepEqual([classification.class, asked, planned], ["unknown", [], null]);
  });

  it("takes a rolling deployment without room above apart into rounds that drain", () => {
    const fleet = payCluster().service("api", { desired: 4 }).percents(50, 100).build();
    assert.deepEqual(
      one(fleet, "api").planned?.estimate.terms.map(({ name, times, eachMs }) => [name, times, eachMs]),
      [
        ["start", 2, 23_000],
        ["health", 2, 40_000],
        ["drain between rounds", 1, 30_000],
        ["stop", 1, 30_000],
      ],
    );
  });

  for (const [situation, family, facts, change] of [
    [
      "imageGone",
      "cannotStart",
      /^image \S+api:1\.0\.0: gone; log group \/ecs\/pay-api: there$/,
      /all that its start needs/,
    ],
    ["secretBeingDeleted", "cannotStart", /secret pay\/api-AbCdEf: being deleted/, /all that its start needs/],
    ["logGroupMissing", "cannotStart", /log group \/ecs\/pay-api: missing$/, /all that its start needs/],
    [
      "imageMoved",
      "imageMoved",
      /api:1\.0\.0 is: sha256:4e77\d+; app runs: sha256:9c1f\d+$/,
      /images are those that run/,
    ],
    ["ownVolume", "stateful", /^EBS volumes of each task: data;/, /--allow stateful:pay\/api=REASON/],
    ["efsWriter", "stateful", /file systems that it writes to: fs-1; tasks wanted: 1$/, /maximumPercent 100$/],
    ["held", "protectedTasks", /^protected tasks: 1 of 1$/, /protection of its tasks ends/],
  ] as const)
    it(`of a service in situation ${situation} names the facts that decide and what would move it`, () => {
      const told = one(situated(payCluster().service("api", { desired: 1 }).build(), situation), "api");
      const decides = told.asked.find(({ answer }) => answer === "decides");
      const words =
        decides?.facts
          .slice(-3)
          .map(({ name, value }) => `${name}: ${value}`)
          .join("; ") ?? "";
      assert.equal(decides?.family, family);
      assert.match(family === "cannotStart" ? words.replace(/^task definition is: ACTIVE; /, "") : words, facts);
      const found = told.levers.find((lever) => change.test(lever.change));
      assert.ok(found !== undefined && found.class !== told.classification.class, JSON.stringify(told.levers));
    });

  it("names what was not seen of what its start needs, with the permission", () => {
    const fleet = situated(payCluster().service("api", { desired: 2 }).build(), "imageDenied");
    assert.deepEqual(
      one(fleet, "api").unseen.map(({ name, permission }) => [name.replace(/\S+\/pay/, "pay"), permission]),
      [["whether image pay-api:1.0.0 is still there", "ecr:BatchGetImage"]],
    );
  });
});
