import assert from "node:assert/strict";
import type { Fleet } from "../../../domain/fleet";
import type { PlanOptions } from "../../../migrate/core/model/plan";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import type { FleetBuilder } from "../../../simulator/fleet-builder";
import { payCluster } from "../fleets/service-case";

/** `canary: a | first 5 %: b c`: the waves of a plan, with their services' names in order. */
function wavesOf(fleet: Fleet, options: Partial<PlanOptions> = {}): string {
  const plan = makePlan({ fleet, fleetSha256: "a".repeat(64), options: { ...DEFAULT_PLAN_OPTIONS, ...options } });
  const names = (arns: readonly string[]) => arns.map((arn) => arn.slice(arn.lastIndexOf("/") + 1)).join(" ");
  return plan.waves.map((wave) => `${wave.name}: ${names(wave.services)}`).join(" | ");
}

function soaksOf(fleet: Fleet, options: Partial<PlanOptions> = {}): readonly number[] {
  const plan = makePlan({ fleet, fleetSha256: "a".repeat(64), options: { ...DEFAULT_PLAN_OPTIONS, ...options } });
  return plan.waves.map((wave) => wave.soakMs);
}

function many(count: number): FleetBuilder {
  return Array.from({ length: count }, (_, index) => `s${String(index).padStart(2, "0")}`).reduce(
    (fleet, name) => fleet.service(name).breaker(true),
    payCluster(),
  );
}

describe("waves", () => {
  it("are one canary, a twentieth rounded up, and the rest, with a soak after the first two", () => {
    const fleet = many(21).build();
    assert.equal(
      wavesOf(fleet),
      "canary: s00 | first 5 %: s01 s02 | low risk: s03 s04 s05 s06 s07 s08 s09 s10 s11 s12 s13 s14 s15 s16 s17 s18 s19 s20",
    );
    assert.deepEqual(soaksOf(fleet), [600_000, 600_000, 0]);
  });

  it("have no soak after the last one, whichever that is", () => {
    assert.deepEqual(soaksOf(many(1).build()), [0]);
    assert.deepEqual(soaksOf(many(2).build()), [600_000, 0]);
  });

  it("take the least risky service with two tasks and minimum 100 as canary, not the least risky of all", () => {
    const fleet = payCluster()
      .service("single", { desired: 1 })
      .breaker(true)
      .service("halved", { desired: 4 })
      .percents(50, 200)
      .breaker(true)
      .service("plain", { desired: 3 })
      .service("safe", { desired: 5 })
      .breaker(true)
      .build();
    assert.match(wavesOf(fleet), /^canary: safe \|/);
  });

  it("take the best available canary where none is safe, and never one without tasks", () => {
    const fleet = payCluster()
      .service("idle", { desired: 0 })
      .service("halved", { desired: 4 })
      .percents(50, 200)
      .service("single", { desired: 1 })
      .build();
    assert.match(wavesOf(fleet), /^canary: single \|/);
    assert.equal(wavesOf(payCluster().service("idle", { desired: 0 }).build()), "first 5 %: idle");
  });

  it("have one canary a cluster, also where clusters share a key", () => {
    const fleet = payCluster()
      .key("shared", { clusters: ["ops", "web"] })
      .service("a")
      .cluster("ops", { key: "shared" })
      .service("b")
      .cluster("web", { key: "shared" })
      .service("c")
      .build();
    assert.equal(wavesOf(fleet), "canaries: b a c");
  });

  it("follow the operator's order of a tag's values, then everything else; canaries come from the front of it", () => {
    const fleet = payCluster()
      .service("a-prod")
      .tagged({ tier: "prod" })
      .breaker(true)
      .service("b-prod")
      .tagged({ tier: "prod" })
      .service("c-dev")
      .tagged({ tier: "dev" })
      .service("d-dev")
      .tagged({ tier: "dev" })
      .service("e-none")
      .service("f-dev")
      .tagged({ tier: "dev" })
      .build();
    assert.equal(
      wavesOf(fleet, { order: { tag: "tier", values: ["dev", "prod"] } }),
      "canary: c-dev | first 5 %: d-dev | tier=dev: f-dev | tier=prod: a-prod b-prod | other tier: e-none",
    );
  });

  it("leave the small share out when it is set to nothing", () => {
    assert.equal(wavesOf(many(3).build(), { firstShare: 0 }), "canary: s00 | low risk: s01 s02");
  });

  it("prefer services with tasks for the small share", () => {
    const fleet = many(2).service("a-idle", { desired: 0 }).breaker(true).build();
    assert.equal(wavesOf(fleet), "canary: s00 | first 5 %: s01 | low risk: a-idle");
  });
});
