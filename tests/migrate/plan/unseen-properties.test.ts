// What holds of any fleet about what was seen, what was not, and what an operator allows.

import assert from "node:assert/strict";
import fc from "fast-check";
import type { Fact } from "../../../domain/fact";
import type { Fleet } from "../../../domain/fleet";
import { ALLOWABLE_CLASSES } from "../../../migrate/core/classify/allowable-classes";
import type { Plan, PlanOptions } from "../../../migrate/core/model/plan";
import type { Classification } from "../../../migrate/core/model/service-class";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { draftPlan } from "../../../migrate/core/plan/make-plan";
import { anyFleet } from "../fleets/any-fleet";
import { denied } from "../fleets/situations";

function draftOf(fleet: Fleet, options: Partial<PlanOptions> = {}) {
  return draftPlan({ fleet, fleetSha256: "a".repeat(64), options: { ...DEFAULT_PLAN_OPTIONS, ...options } });
}

/** By the fleet's own services, in their order: ARN and class. */
function classesOf({ services, rest }: Plan, fleet: Fleet): readonly Classification[] {
  const all = new Map([...services, ...rest].map((one) => [one.arn, one.classification]));
  return fleet.services.map(({ arn }) => all.get(arn) ?? assert.fail(`${arn} is in no plan`));
}

describe("a plan of any fleet", () => {
  it("changes no other service when a class is allowed for one", () => {
    fc.assert(
      fc.property(anyFleet(), fc.constantFrom(...ALLOWABLE_CLASSES), fc.nat(), (fleet, allowed, at) => {
        const chosen = fleet.services[at % Math.max(1, fleet.services.length)];
        if (chosen === undefined) return;
        const before = classesOf(draftOf(fleet).plan, fleet);
        const allow = [{ class: allowed, service: chosen.arn, reason: "looked at" }];
        const after = classesOf(draftOf(fleet, { allow }).plan, fleet);
        const moved = fleet.services.filter((_, index) => before[index]?.class !== after[index]?.class);
        assert.ok(moved.every((one) => one === chosen));
        if (moved.length > 0) assert.equal(before[fleet.services.indexOf(chosen)]?.class, allowed);
      }),
    );
  });

  it("plans every service of the classes that are all allowed, and says so in its risks", () => {
    fc.assert(
      fc.property(anyFleet(), (fleet) => {
        const allow = ALLOWABLE_CLASSES.map((one) => ({ class: one, service: null, reason: "looked at" }));
        const before = classesOf(draftOf(fleet).plan, fleet);
        const { plan } = draftOf(fleet, { allow });
        for (const [index, { arn }] of fleet.services.entries()) {
          const was = before[index]?.class ?? "unknown";
          if (!ALLOWABLE_CLASSES.some((one) => one === was)) continue;
          const planned = plan.services.find((one) => one.arn === arn) ?? assert.fail(`${was} ${arn} is not planned`);
          assert.ok(planned.risks.some((risk) => risk.startsWith(`${was} allowed (looked at): `)));
        }
      }),
    );
  });

  it("says of each service to redeploy what was not seen of it, and weighs it", () => {
    fc.assert(
      fc.property(anyFleet(), (fleet) => {
        const seen = draftOf(fleet);
        const blind = draftOf(blinded(fleet));
        for (const candidate of blind.candidates) {
          const before = seen.candidates.find(({ service }) => service.arn === candidate.service.arn);
          const sentences = candidate.risk.sentences.join("; ");
          assert.match(sentences, /whether (image|log group) .* \(ecr:BatchGetImage denied\)/);
          assert.ok(!candidate.isFullySeen);
          if (before?.isFullySeen) assert.ok(candidate.risk.score > before.risk.score);
        }
      }),
    );
  });

  it("takes what was not seen for nothing better than what it was, save that it no longer blocks", () => {
    fc.assert(
      fc.property(anyFleet(), (fleet) => {
        const seen = classesOf(draftOf(fleet).plan, fleet);
        const blind = classesOf(draftOf(blinded(fleet)).plan, fleet);
        for (const [index, { class: after }] of blind.entries()) {
          const before = seen[index]?.class ?? "unknown";
          if (after === before) continue;
          // What kept it back was among what is no longer seen; it is redeployed with the risk told, or the next question decides.
          assert.ok(
            ALLOWABLE_CLASSES.some((one) => one === before),
            `${before} became ${after}`,
          );
          assert.notEqual(after, "current");
        }
      }),
    );
  });

  it("takes no canary of which something was not seen where an equally safe one was seen whole", () => {
    fc.assert(
      fc.property(anyFleet(), fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), (fleet, isBlind) => {
        const { plan, candidates } = draftOf(partlyBlinded(fleet, isBlind));
        const safety = (one: (typeof candidates)[number]) =>
          Number(one.service.minimumHealthyPercent >= 100) * 2 + Number(one.service.desiredCount >= 2);
        const first = plan.waves[0];
        if (!first?.name.startsWith("canar")) return;
        for (const canary of candidates.filter(({ service }) => first.services.includes(service.arn))) {
          if (canary.isFullySeen) continue;
          const better = candidates.filter(
            (one) =>
              one.cluster === canary.cluster &&
              one.service.desiredCount > 0 &&
              one.isFullySeen &&
              safety(one) >= safety(canary),
          );
          assert.deepEqual(better, []);
        }
      }),
    );
  });
});

const DENIED = denied("ecr:BatchGetImage");

/** Nothing around the services was seen. */
function blinded(fleet: Fleet): Fleet {
  return {
    ...fleet,
    images: fleet.images.map((image) => ({ ...image, found: DENIED })),
    secrets: fleet.secrets.map((secret) => ({ ...secret, state: DENIED })),
    logGroups: fleet.logGroups.map((group) => ({ ...group, exists: DENIED })),
    clusters: fleet.clusters.map((cluster) => ({ ...cluster, protectedTasks: DENIED })),
  };
}

function partlyBlinded(fleet: Fleet, isBlind: readonly boolean[]): Fleet {
  const maybe = <T>(fact: Fact<T>, index: number): Fact<T> => (isBlind[index % isBlind.length] ? DENIED : fact);
  return {
    ...fleet,
    images: fleet.images.map((image, index) => ({ ...image, found: maybe(image.found, index) })),
    logGroups: fleet.logGroups.map((group, index) => ({ ...group, exists: maybe(group.exists, index + 1) })),
  };
}
