import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import type { Fleet } from "../../../domain/fleet";
import type { Plan } from "../../../migrate/core/model/plan";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { planText } from "../../../migrate/render/plan-text";
import { aFleet } from "../../../simulator/fleet-builder";
import { anyFleet } from "../fleets/any-fleet";
import { payCluster } from "../fleets/service-case";

function planOf(fleet: Fleet): Plan {
  // The id is another one with every new version of the plan; the text shows its beginning only.
  const plan = makePlan({ fleet, fleetSha256: "a".repeat(64), options: DEFAULT_PLAN_OPTIONS });
  return { ...plan, planId: `3f9a1c${plan.planId.slice(6)}` };
}

const MIXED = payCluster()
  .service("checkout", { desired: 4, cpuUnits: 1024 })
  .breaker(true)
  .service("refunds", { desired: 3, cpuUnits: 512 })
  .behindLoadBalancer()
  .breaker(true)
  .service("vault", { desired: 2 })
  .keyed()
  .service("settlement", { desired: 1 })
  .percents(100, 100)
  .breaker(true)
  .service("gateway", { desired: 2 })
  .codeDeploy()
  .service("rates", { desired: 2 })
  .inFlight()
  .service("panes", { desired: 1 })
  .windows()
  .standaloneTask("backup")
  .build();

const LINES_MAX = 400;

function golden(name: string): string {
  return readFileSync(path.resolve("tests/migrate/render", name), "utf8");
}

describe("planText", () => {
  for (const width of [80, 120]) {
    it(`shows a mixed cluster at ${width} columns as in its golden file`, () => {
      const text = planText(planOf(MIXED), MIXED, { width, file: "plan.json" });
      assert.equal(text, golden(`plan-${width}.golden.txt`));
    });
  }

  it("says of an empty fleet that there is nothing to redeploy", () => {
    const fleet = aFleet().build();
    assert.equal(
      planText(planOf(fleet), fleet, { width: 120, file: "plan.json" }),
      `Account 111122223333 · eu-west-1 · 0 clusters · 0 services · 0 tasks that could use a key · read 2026-06-01 08:00 UTC

  runs on its cluster's key          0 services     0 tasks
  to redeploy                        0 services     0 tasks

  Nothing to redeploy.

  Plan 3f9a1c written to plan.json.
`,
    );
  });

  it("speaks in the singular of one service with one task", () => {
    const fleet = payCluster().service("checkout", { desired: 1, cpuUnits: 256 }).build();
    assert.equal(
      planText(planOf(fleet), fleet, { width: 80 }),
      `Account 111122223333 · eu-west-1 · 1 cluster · 1 service
1 task that could use a key · read 2026-06-01 08:00 UTC

  runs on its cluster's key          0 services     0 tasks   0 %
  to redeploy                        1 service      1 task

  wave               services  tasks  extra vCPU  expected
  1 canary                  1      1         0.3     2 min

  Expected 2 min (at best 2 min) · at least 24 API calls · peak 0.3 extra vCPU
  --format md shows the services of each wave, with owners and risks.

  Plan 3f9a1c.
`,
    );
  });

  it("keeps its columns under long names of waves, which give way", () => {
    const value = "a-tier-with-a-very-long-name-that-nobody-would-choose";
    const fleet = ["a", "b", "c"].reduce((so, name) => so.service(name).tagged({ tier: value }), payCluster()).build();
    const options = { ...DEFAULT_PLAN_OPTIONS, order: { tag: "tier", values: [value] } };
    const plan = makePlan({ fleet, fleetSha256: "a".repeat(64), options });
    const table = planText(plan, fleet, { width: 80 }).split("\n").slice(6, 10);
    assert.ok(
      table.every((line) => line.length <= 80),
      table.join("\n"),
    );
    assert.match(table[3] ?? "", /^ {2}3 tier=a-tier-with-a…? *\S*… +1 +2 /);
  });

  it("shows no line wider than asked, but for single words, whatever the fleet", () => {
    fc.assert(
      fc.property(anyFleet(), fc.integer({ min: 80, max: 160 }), (fleet, width) => {
        const lines = planText(planOf(fleet), fleet, { width }).split("\n");
        const wide = lines.filter(
          (line) =>
            line.length > width &&
            /\S \S/.test(
              line
                .trim()
                .replace(/^(→|\S+ {3}) ?/, "")
                .replace(/ \\$/, ""),
            ),
        );
        assert.deepEqual(
          wide.filter((line) => !line.includes("'{")),
          [],
        );
      }),
      { numRuns: 40 },
    );
  });

  it("counts what it does not show of a fleet with hundreds of blocked services", () => {
    const names = Array.from({ length: 300 }, (_, index) => `s${String(index).padStart(3, "0")}`);
    const fleet = names.reduce((so, name) => so.service(name, { desired: 1 }).percents(100, 100), payCluster()).build();
    const text = planText(planOf(fleet), fleet, { width: 120 });
    assert.ok(text.includes("    and 275 more, all in the plan file\n"));
    assert.ok(text.split("\n").length < LINES_MAX);
  });

  it("says what could not be read", () => {
    const unread = [{ operation: "ecs:ListTasks", subject: "pay", why: "access denied", permission: "ecs:ListTasks" }];
    const text = planText(planOf(MIXED), { ...MIXED, unread }, { width: 120 });
    assert.ok(text.includes("  not read\n    ecs:ListTasks on pay: access denied\n"));
  });

  it("lets no control character of a service's event reach the terminal", () => {
    const [first] = payCluster().service("checkout").build().services;
    assert.ok(first);
    const fleet = payCluster().service("checkout").build();
    const event = { at: "2026-06-01T07:00:00Z", message: "bad\u001b[2Jthing\nnext" };
    const stuck = { ...fleet, services: [{ ...first, runningCount: 0, events: [event] }], tasks: [] };
    const text = planText(planOf(stuck), stuck, { width: 120 });
    assert.ok(text.includes("newest event: bad [2Jthing next"));
    assert.ok(!text.includes("\u001b"));
  });
});
