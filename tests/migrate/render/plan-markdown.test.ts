import assert from "node:assert/strict";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { planMarkdown } from "../../../migrate/render/plan-markdown";
import { demoFleet } from "../../../simulator/demo-fleet";

describe("planMarkdown", () => {
  const fleet = demoFleet({ seed: 3 });
  const allow = [
    { class: "rolls-with-downtime", service: "ops/directory-sync", reason: "agreed | with people" },
  ] as const;
  const plan = makePlan({ fleet, fleetSha256: "a".repeat(64), options: { ...DEFAULT_PLAN_OPTIONS, allow } });
  const text = planMarkdown(plan, fleet);

  it("names every service and every task of no service", () => {
    for (const one of [...plan.services, ...plan.rest]) {
      assert.ok(text.includes(`| ${one.clusterName}/${one.name.replaceAll("_", "\\_")} |`), one.arn);
    }
  });

  it("holds what was allowed, escaped, and the whole plan id", () => {
    assert.ok(text.includes("| `rolls-with-downtime` | ops/directory-sync | agreed \\| with people |"));
    assert.ok(text.includes(`Plan \`${plan.planId}\``));
  });

  it("gives tables as many cells as their heads", () => {
    for (const block of text.split("\n\n").filter((part) => part.startsWith("| "))) {
      const cells = block
        .trim()
        .split("\n")
        .map((line) => line.replaceAll("\\|", "").split("|").length);
      assert.equal(new Set(cells).size, 1, block);
    }
  });
});
