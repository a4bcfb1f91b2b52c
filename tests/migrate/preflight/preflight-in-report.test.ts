import assert from "node:assert/strict";
import type { JournalEvent } from "../../../migrate/core/model/journal-event";
import { parseJournalEvent } from "../../../migrate/core/model/parse-journal-event";
import { parseReport } from "../../../migrate/core/model/parse-report";
import { isPreflightDue, preflightEvent } from "../../../migrate/core/preflight/preflight-event";
import { reportMarkdown } from "../../../migrate/render/report-markdown";
import { thrownBy } from "../parse/thrown";
import { begun, reportOf } from "../report/a-run";
import { judged, LANE, planOf, withMetadata } from "./a-lane";

const STARTED = begun(planOf(LANE));
const ACCEPTED = judged(withMetadata({ keyState: "Disabled" }), {
  accept: new Map([["key-enabled", "enabled | at nine"]]),
});
const EVENT = preflightEvent(ACCEPTED);

describe("a preflight in the journal", () => {
  it("keeps ids, verdicts, counts and reasons given, and nothing of the account", () => {
    assert.deepEqual(parseJournalEvent(JSON.parse(JSON.stringify(EVENT)), "line 2"), EVENT);
    const text = JSON.stringify(EVENT);
    for (const name of ["checkout", "arn:aws", "111122223333"]) assert.equal(text.includes(name), false, name);
    assert.match(
      text,
      /"id":"key-enabled","level":"stops","verdict":"fail","findings":1,"accepted":"enabled \| at nine"/,
    );
  });

  it("may hold a question that this program does not know, and no other verdict than the four", () => {
    const foreign = { id: "moon-phase", level: "advises", verdict: "pass", findings: 0, accepted: null };
    const event = { kind: "preflight", asOf: LANE.readAt, answers: [foreign] };
    assert.deepEqual(parseJournalEvent(event, "line 2"), event);
    const odd = { ...event, answers: [{ ...foreign, verdict: "maybe" }] };
    assert.equal(thrownBy(() => parseJournalEvent(odd, "line 2")).code, "wrong-shape");
  });

  it("is due until a run has opened something or was asked already, however often it was interrupted", () => {
    const paused: JournalEvent = { kind: "paused", reason: "interrupted", next: "run" };
    assert.equal(isPreflightDue([]), true);
    assert.equal(isPreflightDue([STARTED, paused]), true);
    assert.equal(isPreflightDue([STARTED, EVENT]), false);
    assert.equal(isPreflightDue([STARTED, { kind: "wave-opened", wave: 1 }]), false);
  });
});

describe("a preflight in the report", () => {
  it("stands there with titles and waivers, and reads back", () => {
    const report = reportOf(LANE, [STARTED, EVENT]);
    const answer = report.checks?.answers.find(({ id }) => id === "key-enabled");
    assert.equal(answer?.title, "the keys are enabled");
    assert.deepEqual(parseReport(JSON.stringify(report), "report.json"), report);
    const what = report.timeline.events.map((event) => event.what);
    assert.match(what[1] ?? "", /^preflight: \d+ of \d+ questions passed, 1 accepted$/);
  });

  it("shows waivers before what is open, and what passed in one line", () => {
    const markdown = reportMarkdown(reportOf(LANE, [STARTED, EVENT]));
    const checks = markdown.slice(markdown.indexOf("## Checks"), markdown.indexOf("## Services"));
    assert.match(checks, /questions passed before the run, as of .*: `caller-account`, /);
    assert.ok(checks.indexOf("| `key-enabled` |") < checks.indexOf("| `images-by-digest` |"));
    assert.match(checks, /enabled \\\| at nine/);
  });

  it("leaves a report of a journal without one as it was", () => {
    const report = reportOf(LANE, [STARTED]);
    assert.equal("checks" in report, false);
    assert.equal(reportMarkdown(report).includes("## Checks"), false);
  });
});
