// A plan as a person reads it in a terminal: what there is, what will happen in which order, and what will not, with the next step.
//
// Invariants
//   no line is wider than asked, save one whose single word or name is
//   everything that is not said for want of room is counted, and stands in the plan file

import type { Fleet } from "../../domain/fleet";
import type { Plan } from "../core/model/plan";
import { counted } from "../core/words/counted";
import { shellCommand } from "../core/words/remedy-command";
import { expectedWords } from "./plan-expected";
import { planGroups } from "./plan-groups";
import { mutexSentences } from "./plan-mutexes";
import { planNotSeen } from "./plan-not-seen";
import { peakWarnings, peakWords } from "./plan-peak";
import { planSections } from "./plan-sections";
import { planWaves } from "./plan-waves";
import { instant, shortId } from "./units";
import { wrap, wrapParts } from "./wrap";

export interface PlanTextOptions {
  /** Columns of the terminal; at least 80 are used. */
  readonly width: number;
  /** Where the plan was written; with it the text ends in the next step. */
  readonly file?: string;
}

/** Lines joined by line breaks, with one at the end. */
export function planText(plan: Plan, fleet: Fleet, options: PlanTextOptions): string {
  const width = Math.max(WIDTH_MIN, options.width);
  const blocks = [
    heading(plan, width),
    planGroups(plan, width),
    planWaves(plan, width),
    expectation(plan, width),
    ...planSections(plan, width),
    planNotSeen(plan, fleet, width),
    closing(plan, options.file, width),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

const WIDTH_MIN = 80;

function heading({ lane, totals, fleet }: Plan, width: number): readonly string[] {
  const parts = [
    `Account ${lane.account}`,
    lane.region,
    counted(totals.clusters, "cluster"),
    counted(totals.services, "service"),
    counted(totals.tasks, "task that could use a key", "tasks that could use a key"),
    `read ${instant(fleet.readAt)}`,
  ];
  return wrapParts(parts, " · ", width);
}

function expectation(plan: Plan, width: number): readonly string[] {
  const { totals, waves } = plan;
  if (waves.length === 0) return ["  Nothing to redeploy."];
  const parts = [expectedWords(totals), `at least ${counted(totals.apiCallsMin, "API call")}`, peakWords(totals)];
  const names = "--format md shows the services of each wave, with owners and risks.";
  const apart = mutexSentences(plan).flatMap((sentence) => wrap(sentence, width - 2));
  const tooMuch = peakWarnings(totals).flatMap((sentence) => wrap(sentence, width - 2));
  return indented([...wrapParts(parts, " · ", width - 2), ...tooMuch, ...apart, names]);
}

function closing({ planId, waves }: Plan, file: string | undefined, width: number): readonly string[] {
  const written = `Plan ${shortId(planId)}${file === undefined ? "" : ` written to ${file}`}.`;
  if (file === undefined || waves.length === 0) return indented([written]);
  const command = (verb: string): string => shellCommand("fargate-cmk", verb, file);
  return indented(wrapParts([written, `Next: ${command("preflight")},`, `then ${command("run")}`], " ", width - 2));
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
