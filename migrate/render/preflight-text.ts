// A preflight as a person reads it in a terminal: the result, what stops the run with the next step, then what is good to know.
//
// Invariants
//   no line is wider than asked, save one whose single word or name is
//   every question stands there once; of its findings the first few, and how many more the file has

import { groupBy } from "../core/group-by";
import type { Preflight, PreflightAnswer, PreflightFinding } from "../core/model/preflight";
import { stoppingAnswers } from "../core/preflight/judge-preflight";
import { preflightCounts, preflightHeadline } from "../core/preflight/preflight-counts";
import { titleOf } from "../core/preflight/questions";
import { besideName, nameColumn } from "./name-column";
import { instant, shortId } from "./units";
import { wrap, wrapParts } from "./wrap";

export interface PreflightTextOptions {
  /** Columns of the terminal; at least 80 are used. */
  readonly width: number;
  /** Where all of it is written. */
  readonly file: string;
  /** The command that runs the plan; null when it holds nothing to run. */
  readonly run: string | null;
}

/** Lines joined by line breaks, with one at the end. */
export function preflightText(preflight: Preflight, options: PreflightTextOptions): string {
  const width = Math.max(80, options.width);
  const { answers } = preflight;
  const stops = stoppingAnswers(preflight);
  const blocks = [
    heading(preflight, width),
    wrap(`${preflightHeadline(preflightCounts(preflight))}.`, width - 2).map((line) => `  ${line}`),
    open("stops this run", stops, { ...options, width }),
    waived(
      answers.filter(({ accepted }) => accepted !== null),
      width,
    ),
    open("to know", answers.filter(isAdvice), { ...options, width }),
    open(
      "not seen",
      answers.filter(({ verdict }) => verdict === "unknown"),
      { ...options, width },
    ),
    table(
      "passes",
      answers.filter(({ verdict }) => verdict === "pass"),
      width,
    ),
    table(
      "not applicable",
      answers.filter(({ verdict }) => verdict === "notApplicable"),
      width,
    ),
    closing(stops, options, width),
  ];
  const shown = blocks.filter((block) => block.length > 0).map((block) => block.join("\n"));
  return `${shown.join("\n\n")}\n`;
}

/** The findings of one question that are shown. */
const SHOWN_MAX = 5;

function isAdvice({ level, verdict, accepted }: PreflightAnswer): boolean {
  return level === "advises" && verdict === "fail" && accepted === null;
}

function heading({ lane, planId, asOf }: Preflight, width: number): readonly string[] {
  const parts = [
    `Preflight of plan ${shortId(planId)}`,
    `account ${lane.account}`,
    lane.region,
    `read ${instant(asOf)}`,
  ];
  return wrapParts(parts, " · ", width);
}

interface Page {
  readonly width: number;
  readonly file: string;
}

/** Questions with what speaks against them. */
function open(title: string, answers: readonly PreflightAnswer[], page: Page): readonly string[] {
  if (answers.length === 0) return [];
  return [`  ${title}`, ...answers.flatMap((answer) => [...question(answer, page.width), ...findings(answer, page)])];
}

function question({ id }: PreflightAnswer, width: number): readonly string[] {
  return wrap(`${id} (wanted: ${titleOf(id)})`, width - 4).map((line) => `    ${line}`);
}

/** What is found of several subjects for one reason is said once. */
function findings({ findings: all }: PreflightAnswer, { width, file }: Page): readonly string[] {
  const groups = [...groupBy(all, ({ verdict, reason }) => `${verdict} ${reason}`).values()];
  const shown = groups.slice(0, SHOWN_MAX);
  const rest = groups.slice(SHOWN_MAX).reduce((sum, group) => sum + group.length, 0);
  const lines = shown.flatMap((group, at) => groupLines(group, shown[at - 1]?.[0]?.remedy ?? null, { width, file }));
  return [...lines, ...(rest > 0 ? [`      and ${rest} more, all in ${file}`] : [])];
}

/** A next step that is the same as the one before is not said again. */
function groupLines(
  group: readonly PreflightFinding[],
  before: string | null,
  { width, file }: Page,
): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  const subjects = group.slice(0, SHOWN_MAX).map(({ subject }) => subject);
  const more = group.length - subjects.length;
  const who = `${subjects.join(", ")}${more > 0 ? ` and ${more} more, all in ${file}` : ""}`;
  const told = wrap(`${who}: ${first.verdict === "unknown" ? "not seen, " : ""}${first.reason}`, width - 8);
  const lines = told.map((line, at) => `${at === 0 ? "      " : "        "}${line}`);
  if (first.remedy === null || first.remedy === before) return lines;
  const isForAll = group.every(({ remedy }) => remedy === first.remedy);
  const next = [...wrap(first.remedy, width - 10), ...(isForAll ? [] : ["and so for the others"])];
  return [...lines, ...next.map((line, at) => `        ${at === 0 ? "→ " : "  "}${line}`)];
}

function waived(answers: readonly PreflightAnswer[], width: number): readonly string[] {
  const rows = answers.map(({ id, accepted, reason }) => ({ id, reason: `${accepted} (${reason})` }));
  return rows.length === 0 ? [] : ["  accepted, with the reason given", ...named(rows, width)];
}

function table(title: string, answers: readonly PreflightAnswer[], width: number): readonly string[] {
  return answers.length === 0 ? [] : [`  ${title}`, ...named(answers, width)];
}

function named(rows: readonly Pick<PreflightAnswer, "id" | "reason">[], width: number): readonly string[] {
  const nameWidth = nameColumn(
    rows.map(({ id }) => id),
    width,
  );
  return rows.flatMap(({ id, reason }) =>
    besideName({ name: id, nameWidth, lines: wrap(reason, width - 4 - nameWidth - 3) }),
  );
}

const NOTHING_TO_RUN = "There is nothing to run: the plan redeploys no service.";

function closing(stops: readonly PreflightAnswer[], options: PreflightTextOptions, width: number): readonly string[] {
  const { file, run } = options;
  const [first] = stops;
  if (run === null) return wrap(`All of it is in ${file}. ${NOTHING_TO_RUN}`, width - 2).map((line) => `  ${line}`);
  const next =
    first === undefined
      ? [`Next: ${run}`]
      : [
          `Mend ${stops.length === 1 ? "this, or accept it with a" : "these, or accept one with its"} reason: ${run} --accept ${first.id}=REASON`,
        ];
  return [`All of it is in ${file}.`, ...next].flatMap((line) => wrap(line, width - 2)).map((line) => `  ${line}`);
}
