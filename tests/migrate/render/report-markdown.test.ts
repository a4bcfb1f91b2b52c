import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { reportMarkdown } from "../../../migrate/render/report-markdown";
import { payCluster } from "../fleets/service-case";
import { begun, intended, look, minute, planFor, reportOf, started } from "../report/a-run";

const FLEET = payCluster()
  .service("checkout", { desired: 2 })
  .breaker(true)
  .tagged({ owner: "payments" })
  .service("settlement", { desired: 1 })
  .percents(100, 100)
  .standaloneTask("backup")
  .build();
const [CHECKOUT] = FLEET.services;
const KEY = FLEET.keys[0]?.arn ?? "";

describe("reportMarkdown", () => {
  assert.ok(CHECKOUT);
  const report = reportOf(FLEET, [
    begun(planFor(FLEET)),
    { kind: "wave-opened", wave: 1 },
    intended(CHECKOUT.arn),
    started(CHECKOUT.arn),
    { kind: "verified", service: CHECKOUT.arn, proof: look(CHECKOUT, { keyArn: KEY, asOf: minute(4) }) },
    { kind: "wave-closed", wave: 1, soakUntilMs: Date.parse(minute(5)) },
    { kind: "swept", proofs: [look(CHECKOUT, { keyArn: KEY, asOf: minute(6) })], standalone: [], newServices: [] },
    { kind: "finished", outcome: "proved" },
  ]);

  it("reads as in its golden file", () => {
    const planId = "3f9a1c".padEnd(64, "0");
    const golden = readFileSync(path.resolve("tests/migrate/render/report.golden.md"), "utf8");
    assert.equal(reportMarkdown({ ...report, planId }), golden);
  });

  it("says that nothing was looked at when nothing was", () => {
    const text = reportMarkdown(reportOf(FLEET, []));
    assert.ok(text.includes("| after | not looked at | 4 | not known | never |"), text);
    assert.ok(text.includes("**Verdict: not decided yet**"));
  });

  it("says that calls were not counted when they were not", () => {
    assert.ok(reportMarkdown({ ...report, calls: null }).includes("Not counted: this report was made from the run"));
  });
});
