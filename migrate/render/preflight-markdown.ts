// A preflight as a Markdown page, for a pull request or a ticket: the result first, then every question with all that was found.

import type { Preflight, PreflightAnswer } from "../core/model/preflight";
import { stoppingAnswers } from "../core/preflight/judge-preflight";
import { preflightCounts, preflightHeadline } from "../core/preflight/preflight-counts";
import { titleOf } from "../core/preflight/questions";
import { chapter, code, page, plain, table, withCommand } from "./markdown";
import { instant, shortId } from "./units";

export function preflightMarkdown(preflight: Preflight): string {
  const { lane, planId, asOf, answers } = preflight;
  const where = `Plan ${code(shortId(planId))} · ${code(lane.account)} · ${code(lane.region)} · read ${instant(asOf)}`;
  const stops = new Set(stoppingAnswers(preflight).map(({ id }) => id));
  const of = (verdict: PreflightAnswer["verdict"]) => answers.filter((answer) => answer.verdict === verdict);
  const failed = of("fail");
  return page([
    ...chapter("Preflight", [where, "", `**${preflightHeadline(preflightCounts(preflight))}.**`], 1),
    ...found(
      "Stops this run",
      failed.filter(({ id }) => stops.has(id)),
    ),
    ...found(
      "Accepted",
      failed.filter(({ accepted }) => accepted !== null),
    ),
    ...found(
      "To know",
      failed.filter(({ id, accepted }) => !stops.has(id) && accepted === null),
    ),
    ...found("Not seen", of("unknown")),
    ...reasons("Passes", of("pass")),
    ...reasons("Not applicable", of("notApplicable")),
  ]);
}

function found(title: string, answers: readonly PreflightAnswer[]): readonly string[] {
  if (answers.length === 0) return [];
  return chapter(title, answers.flatMap(questionLines));
}

function questionLines({ id, accepted, findings }: PreflightAnswer): readonly string[] {
  const rows = findings.map(({ subject, verdict, reason, remedy }) => [
    code(subject),
    verdict === "fail" ? "no" : "not seen",
    plain(reason),
    remedy === null ? "none" : withCommand(remedy),
  ]);
  return [
    ...chapter(`${code(id)}: ${plain(titleOf(id))}`, accepted === null ? [] : [`Accepted: ${plain(accepted)}`], 3),
    ...table(["What", "Answer", "Why", "Next step"], rows),
    "",
  ];
}

function reasons(title: string, answers: readonly PreflightAnswer[]): readonly string[] {
  if (answers.length === 0) return [];
  const rows = answers.map(({ id, reason }) => [code(id), plain(titleOf(id)), plain(reason)]);
  return chapter(title, table(["Question", "What it asks", "Answer"], rows));
}
