// A report as a Markdown page: the verdict first, then what is open, since that is work; then everything, task by task.

import type { Report, ReportedService } from "../core/model/report";
import { share } from "../core/report/share";
import { chapter, code, list, page, plain, table, withCommand } from "./markdown";
import { serviceTables, standaloneTable } from "./report-markdown-tasks";
import { duration, durationAtLeast, instant, shortId } from "./units";

export function reportMarkdown(report: Report): string {
  const lines = [
    ...chapter("Ephemeral storage encryption: evidence", head(report), 1),
    ...chapter("Coverage", coverage(report)),
    ...chapter("Not covered", notCovered(report)),
    ...(report.failures.length === 0 ? [] : chapter("Failures", failures(report))),
    ...chapter("How it went", timeline(report)),
    ...(report.checks === undefined ? [] : chapter("Checks", checks(report.checks))),
    ...chapter("Services", serviceTables(report)),
    ...(report.standalone.length === 0 ? [] : chapter("Tasks of no service", standaloneTable(report))),
    ...(report.newServices.length === 0 ? [] : chapter("Services that came up since the scan", newServices(report))),
    ...(report.changed === undefined ? [] : chapter("Changed by others", changedByOthers(report.changed))),
    ...chapter("What this proves, and what it does not", claims(report)),
    ...chapter("Calls", calls(report)),
    ...chapter("Integrity", integrity(report)),
  ];
  return page(lines);
}

function head({ lane, planId, run, verdict }: Report): readonly string[] {
  const when =
    run.startedAt === null
      ? "not begun"
      : `${instant(run.startedAt)} to ${run.endedAt === null ? "now" : instant(run.endedAt)}`;
  return [
    `${code(lane.account)} · ${code(lane.region)} · run ${code(shortId(planId))} · ${when}`,
    "",
    `**Verdict: ${VERDICT_WORD[verdict.word]}**`,
    "",
    ...list(verdict.sentences.map(plain)),
  ];
}

const VERDICT_WORD: Readonly<Record<Report["verdict"]["word"], string>> = {
  pass: "proved",
  fail: "not proved",
  unknown: "not decided yet",
  notApplicable: "nothing to prove",
};

function coverage({ coverage: { before, after } }: Report): readonly string[] {
  const rows = [
    ["before", String(before.onKey), String(before.tasks), share(before.onKey, before.tasks), instant(before.asOf)],
    ["after", ...afterCells(after)],
  ];
  return table(["", "Tasks on their key", "Tasks that could be", "Share", "As of"], rows);
}

function afterCells(after: Report["coverage"]["after"]): readonly string[] {
  if (after.asOf === null) return ["not looked at", String(after.tasks), "not known", "never"];
  return [String(after.onKey), String(after.tasks), share(after.onKey, after.tasks), instant(after.asOf)];
}

function notCovered({ services }: Report): readonly string[] {
  const open = services.filter(({ outcome, class: name }) => outcome !== "proved" && name !== "current");
  return table(["Service", "Outcome", "Owner", "Why", "Next step"], open.map(openRow));
}

function openRow(service: ReportedService): readonly string[] {
  return [
    plain(`${service.clusterName}/${service.name}`),
    service.outcome === "not planned" ? `not planned: ${code(service.class)}` : service.outcome,
    plain(service.owner ?? "not known"),
    plain(service.reason),
    service.nextStep === null ? "none" : withCommand(service.nextStep),
  ];
}

function failures({ failures: all }: Report): readonly string[] {
  return table(
    ["Service", "What happened", "First task", "AWS's reason for it", "Rolled back", "Next step"],
    all.map(({ serviceArn, reason, firstTask, rolledBack, remedy }) => [
      code(serviceArn),
      plain(reason),
      firstTask.arn === null ? "not seen" : code(firstTask.arn),
      plain(firstTask.reason ?? "none given"),
      rolledBack ? "yes" : "no",
      withCommand(remedy),
    ]),
  );
}

function timeline({ timeline: { waves, services, events, tookMs, lowerBoundMs } }: Report): readonly string[] {
  const took = tookMs === null ? "not finished" : duration(tookMs);
  const actual = lowerBoundMs.actual === null ? "not known yet" : durationAtLeast(lowerBoundMs.actual);
  return [
    `Took ${took}; at least ${durationAtLeast(lowerBoundMs.planned)} by the times that AWS documents, ${actual} with those that services took.`,
    "",
    ...table(
      ["Wave", "Opened", "Closed", "Soak until", "Expected"],
      waves.map((wave) => [
        `${wave.number} ${plain(wave.name)}`,
        second(wave.openedAt),
        second(wave.closedAt),
        second(wave.soakUntil),
        duration(wave.expectedMs),
      ]),
    ),
    "",
    ...table(
      ["Service", "Wave", "Started", "Settled", "Decided"],
      services.map(({ arn, wave, startedAt, settledAt, endedAt }) => [
        code(arn),
        String(wave),
        second(startedAt),
        second(settledAt),
        second(endedAt),
      ]),
    ),
    "",
    ...list(events.map(({ at, what }) => `${second(at)} ${plain(what)}`)),
  ];
}

/** Waivers first: somebody answers for them. What passed is one line. */
function checks({ asOf, answers }: NonNullable<Report["checks"]>): readonly string[] {
  const waived = answers.filter(({ accepted }) => accepted !== null);
  const open = answers.filter(
    ({ accepted, verdict }) => accepted === null && verdict !== "pass" && verdict !== "notApplicable",
  );
  const passed = answers.filter(({ verdict }) => verdict === "pass");
  return [
    `${passed.length} of ${answers.length} questions passed before the run, as of ${instant(asOf)}: ${passed.map(({ id }) => code(id)).join(", ")}.`,
    "",
    ...(waived.length === 0
      ? []
      : [...table(["Accepted", "What failed", "Things found", "Reason given"], waived.map(waiver)), ""]),
    ...table(
      ["Open", "What it asks", "Answer", "Things found"],
      open.map(({ id, title, verdict, findings }) => [
        code(id),
        plain(title),
        ANSWER_WORDS[verdict] ?? verdict,
        String(findings),
      ]),
    ),
  ];
}

function waiver({ id, title, findings, accepted }: ReportedAnswer): readonly string[] {
  return [code(id), plain(title), String(findings), plain(accepted ?? "")];
}

type ReportedAnswer = NonNullable<Report["checks"]>["answers"][number];

const ANSWER_WORDS: Readonly<Record<string, string>> = { fail: "no", unknown: "not seen" };

function second(iso: string | null): string {
  return iso === null ? "none" : `${iso.slice(0, 10)} ${iso.slice(11, 19)}Z`;
}

/** A redeployment changes none of this. */
function changedByOthers(changed: NonNullable<Report["changed"]>): readonly string[] {
  const rows = changed.flatMap(({ name, changes }) => changes.map((change) => [plain(name), plain(change)]));
  return table(["Service", "Not as planned"], rows);
}

function newServices({ newServices: all }: Report): readonly string[] {
  return table(
    ["Service", "Verdict", "Reason", "As of"],
    all.map(({ arn, verdict, reason, asOf }) => [code(arn), verdict, plain(reason), second(asOf)]),
  );
}

function claims({ proves, doesNotProve }: Report): readonly string[] {
  return ["It proves:", "", ...list(proves.map(plain)), "", "It does not prove:", "", ...list(doesNotProve.map(plain))];
}

function calls({ calls: counts }: Report): readonly string[] {
  if (counts === null) return ["Not counted: this report was made from the run directory alone."];
  const rows = Object.entries(counts.byOperation)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([operation, count]) => [code(operation), String(count)]);
  return [`${counts.total} in all, ${counts.throttled} throttled.`, "", ...table(["Operation", "Calls"], rows)];
}

function integrity({ journal, planId, fleet, run, toolVersion }: Report): readonly string[] {
  return list([
    `Journal: ${journal.lines} lines, head hash ${code(journal.head)}`,
    `Plan: ${code(planId)}`,
    `Fleet: ${code(fleet.sha256)}, read ${instant(fleet.readAt)}`,
    `Made with fargate-cmk ${plain(toolVersion)}; run by ${run.callers.length === 0 ? "nobody yet" : run.callers.map(code).join(", ")}`,
  ]);
}
