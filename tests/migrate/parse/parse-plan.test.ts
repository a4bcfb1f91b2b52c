import assert from "node:assert/strict";
import { parsePlan } from "../../../migrate/core/model/parse-plan";
import type { Plan } from "../../../migrate/core/model/plan";
import { planIdOf } from "../../../migrate/core/model/plan-id";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { demoFleet } from "../../../simulator/demo-fleet";
import { thrownBy } from "./thrown";

const PLAN = makePlan({ fleet: demoFleet({ seed: 7 }), fleetSha256: "a".repeat(64), options: DEFAULT_PLAN_OPTIONS });

/** The plan with something changed and the id that then belongs to it. */
function resigned(change: Partial<Plan>): string {
  const plan = { ...PLAN, ...change };
  return JSON.stringify({ ...plan, planId: planIdOf(plan) });
}

describe("parsePlan", () => {
  it("gives back what makePlan made", () => {
    assert.deepEqual(parsePlan(JSON.stringify(PLAN, null, 2), "plan.json"), PLAN);
  });

  it("does not mind members in another order", () => {
    const reversed = Object.fromEntries(Object.entries(PLAN).toReversed());
    assert.deepEqual(parsePlan(JSON.stringify(reversed), "plan.json"), PLAN);
  });

  it("refuses a plan in which a wave's soak was shortened by hand", () => {
    const waves = PLAN.waves.map((wave) => ({ ...wave, soakMs: 0 }));
    const { code, message } = thrownBy(() => parsePlan(JSON.stringify({ ...PLAN, waves }), "plan.json"));
    assert.equal(code, "plan-mismatch");
    assert.match(message, new RegExp(`^plan\\.json was changed after it was made: its planId is ${PLAN.planId}, its`));
  });

  it("refuses a plan to which a member was added that this version does not know", () => {
    const text = JSON.stringify({ ...PLAN, force: true });
    assert.equal(thrownBy(() => parsePlan(text, "plan.json")).code, "plan-mismatch");
  });

  it("refuses a plan of another version, naming both", () => {
    const error = thrownBy(() => parsePlan(JSON.stringify({ ...PLAN, version: 9 }), "plan.json"));
    assert.deepEqual(error, {
      code: "foreign-version",
      message: "plan.json is a plan of version 9; this program reads versions 1, 2 and 3",
    });
  });

  it("refuses waves with a gap in their numbers, whatever the id", () => {
    const waves = PLAN.waves.map((wave) => ({ ...wave, number: wave.number + 1 }));
    const error = thrownBy(() => parsePlan(resigned({ waves }), "plan.json"));
    assert.deepEqual(error, { code: "wrong-shape", message: "plan.json: at $.waves[0].number is 2, not 1" });
  });

  it("refuses a planned service that stands in no wave", () => {
    const waves = PLAN.waves.map((wave) => (wave.number === 1 ? { ...wave, services: wave.services.slice(1) } : wave));
    const error = thrownBy(() => parsePlan(resigned({ waves }), "plan.json"));
    assert.equal(error.code, "wrong-shape");
    assert.match(error.message, /is not in wave 1$/);
  });
});
