import assert from "node:assert/strict";
import { DEFAULT_PLAN_OPTIONS } from "../../../migrate/core/plan/default-plan-options";
import { makePlan } from "../../../migrate/core/plan/make-plan";
import { planMarkdown } from "../../../migrate/render/plan-markdown";
import { demoFleet } from "../../../simulator/demo-fleet";
import { aFleet } from "../../../simulator/fleet-builder";
import { payCluster } from "../fleets/service-case";

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

  it("stays short enough for a comment on a pull request, with 2,000 services of long names, and counts what it leaves out", () => {
    const names = Array.from({ length: 2000 }, (_, at) => `${"n".repeat(55)}-${String(at).padStart(4, "0")}`);
    const great = names
      .reduce(
        (so, name, at) =>
          [so.service(name), so.service(name).imageMoved(), so.service(name).codeDeploy()][at % 3] ?? so,
        payCluster(),
      )
      .build();
    const whole = makePlan({ fleet: great, fleetSha256: "a".repeat(64), options: DEFAULT_PLAN_OPTIONS });
    const page = planMarkdown(whole, great);
    assert.ok(page.length < 60_000, `${page.length} characters`);
    const shown = names.filter((name) => page.includes(`| pay/${name} |`)).length;
    const more = [...page.matchAll(/^and (\d+) more, all in the plan file\.$/gm)].map(([, count]) => Number(count));
    assert.ok(shown > 50, `${shown} shown`);
    assert.equal(shown + more.reduce((sum, one) => sum + one, 0), names.length);
  });

  it("says None of an empty fleet, in every chapter", () => {
    const empty = aFleet().build();
    const nothing = makePlan({ fleet: empty, fleetSha256: "a".repeat(64), options: DEFAULT_PLAN_OPTIONS });
    const chapters = planMarkdown(nothing, empty).split("\n## ").slice(1);
    assert.deepEqual(
      chapters.map((chapter) => chapter.split("\n").slice(0, 3)),
      ["Keys", "Waves", "To redeploy", "Not seen", "Allowed"].map((title) => [title, "", "None."]),
    );
  });

  it("tells of services that are left alone and could not start again", () => {
    const gone = payCluster().service("ledger").keyed().logGroupMissing().build();
    const left = makePlan({ fleet: gone, fleetSha256: "a".repeat(64), options: DEFAULT_PLAN_OPTIONS });
    const page = planMarkdown(left, gone);
    assert.match(
      page,
      /## Would not start again if restarted\n\n.*\n.*\n\| pay\/ledger \| `current` \| .* does not exist \|/,
    );
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
