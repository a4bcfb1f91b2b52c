// Found by the simulation (seed 62): services of two clusters that share an ARN of the old format, in the report of a run.

import assert from "node:assert/strict";
import { foldRun } from "../../migrate/core/machine/fold-run";
import type { Report } from "../../migrate/core/model/report";
import { buildReport } from "../../migrate/core/report/build-report";
import { aFleet, type FleetBuilder } from "../../simulator/fleet-builder";
import { problemsOf } from "./checks/checks";
import { QUIET } from "./checks/lives-to-doctor";
import { live } from "./stage/live";
import { traceOf } from "./stage/trace";

describe("services of two clusters with one ARN of the old format", function () {
  this.timeout(30_000);
  let report: Report;

  before(async () => {
    report = await reportOfRun();
  });

  it("are each told with their own cluster", () => {
    assert.deepEqual(
      alike(report)
        .map(({ clusterName }) => clusterName)
        .toSorted(),
      ["pay", "web"],
    );
  });

  it("have no evidence that could be the other's", () => {
    for (const { clusterName, evidence, tasks } of alike(report)) {
      assert.equal(evidence, null);
      assert.equal(tasks.length, clusterName === "pay" ? 2 : 3);
    }
  });

  it("have all their tasks counted, before and after", () => {
    const { before, after } = report.coverage;
    assert.deepEqual([before.tasks, before.onKey], [6, 0]);
    assert.deepEqual([after.tasks, after.onKey, after.notLookedAt], [6, 1, 0]);
  });
});

async function reportOfRun(): Promise<Report> {
  const old = (fleet: FleetBuilder, desired: number) => fleet.service("api", { desired }).oldArnFormat();
  const pay = old(
    aFleet()
      .key("a-key", { clusters: ["pay", "web"] })
      .cluster("pay", { key: "a-key" }),
    2,
  );
  const own = pay.service("own", { desired: 1 });
  const fleet = old(own.cluster("web", { key: "a-key" }), 3).build();
  const life = await live({ story: QUIET, fleet });
  const problems = problemsOf(life);
  assert.ok(problems.length === 0, traceOf(life, problems));
  const { plan, lines } = life;
  const rest = { journalHead: "0".repeat(64), callCounts: null, toolVersion: "0.0.0" };
  return buildReport({ fleet: life.fleet, plan, state: foldRun(plan, lines), lines, ...rest });
}

function alike({ services }: Report): Report["services"] {
  return services.filter(({ name }) => name === "api");
}
