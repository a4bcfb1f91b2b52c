// A process that dies at any line of its journal, before or after it is written: whoever takes the run up ends where the one would
// have ended that nobody disturbed.

import assert from "node:assert/strict";
import { foldRun } from "../../migrate/core/machine/fold-run";
import { buildReport } from "../../migrate/core/report/build-report";
import { FLEET_OF_ALL_ENDS } from "../e2e/fleet-of-all-ends";
import { problemsOf } from "./checks/checks";
import { type Life, live } from "./stage/live";
import { traceOf } from "./stage/trace";
import { quietStory } from "./stories/quiet-story";
import type { Story } from "./stories/story";

const CALM = quietStory({ seed: 11, options: { soakMs: 60_000, failuresMax: 5 } });

describe("a run taken up after a death at any line of its journal", function () {
  this.timeout(120_000);
  let undisturbed: Life;

  before(async () => {
    undisturbed = await lived([]);
    assert.deepEqual([...new Set(ending(undisturbed).services.map(({ outcome }) => outcome))].toSorted(), [
      "failed",
      "not planned",
      "proved",
    ]);
  });

  for (const when of ["before", "after"] as const)
    for (const awayMs of [1_000, 30 * 60_000])
      it(`${when} it is written, away for ${awayMs / 1_000} s, ends with the same report`, async () => {
        const lines = undisturbed.lines.length;
        for (let line = 1; line <= lines; line += 1) {
          const life = await lived([{ line, when, awayMs }]);
          assert.deepEqual(ending(life), ending(undisturbed), `died ${when} line ${line}`);
        }
      });
});

async function lived(deaths: Story["deaths"]): Promise<Life> {
  const life = await live({ story: { ...CALM, deaths }, fleet: FLEET_OF_ALL_ENDS });
  const problems = problemsOf(life);
  assert.ok(problems.length === 0, traceOf(life, problems));
  return life;
}

/** What a report says, but for instants, ids of tasks that come and go, and who took the run up when. */
function ending({ fleet, plan, lines }: Life) {
  const state = foldRun(plan, lines);
  const rest = { journalHead: "0".repeat(64), callCounts: null, toolVersion: "0.0.0" };
  const report = buildReport({ fleet, plan, state, lines, ...rest });
  const services = report.services.map(({ arn, outcome, reason, keyBefore, keyAfter, evidence, tasks }) => ({
    arn,
    outcome,
    // A rollback that nobody saw happen is told as what was found afterwards.
    reason: outcome === "failed" ? null : reason,
    keyBefore,
    keyAfter,
    verdict: evidence?.verdict,
    running: tasks.filter(({ verdict }) => verdict === "pass").length,
  }));
  const { before, after } = report.coverage;
  const coverage = [before.tasks, before.onKey, after.tasks, after.onKey, after.notLookedAt];
  return { outcome: report.run.outcome, verdict: report.verdict, coverage, services };
}
