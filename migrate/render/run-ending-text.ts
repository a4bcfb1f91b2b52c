// What a person reads when a run ends: the verdict, what is left and whose it is, where the evidence lies.
// Invariant: the result first, then what to do next; at most LEFT_MAX rows of what is left, the report has them all.

import { CLASS_GROUP, type ClassGroup } from "../core/model/service-class";
import { count, span } from "../messages/amounts";
import type { LeftService, RunEnding } from "../messages/run-ending";
import { besideName, nameColumn } from "./name-column";
import { wrap } from "./wrap";

const LEFT_MAX = 12;

export function runEndingText(ending: RunEnding, { width }: { readonly width: number }): string {
  const block = (text: string) => wrap(text, width - 2).map((line) => `  ${line}`);
  const { stopped } = ending;
  return [
    "",
    ...wrap(headline(ending), width),
    "",
    ...ending.sentences.flatMap(block),
    ...leftLines(ending.left, width),
    ...(stopped === null ? [] : ["", ...block(`stopped: ${stopped.why}`), ...block(`to go on: ${stopped.next}`)]),
    "",
    `Report: ${ending.report}`,
  ].join("\n");
}

function headline({ planId, outcome, planned, tookMs, calls }: RunEnding): string {
  const took = tookMs === null ? "" : ` in ${span(tookMs)}`;
  const sent = `${count(calls.total, "AWS call")}, ${calls.throttled} throttled`;
  const words = outcome === "proved" && planned === 0 ? "finished: nothing was planned" : END_WORDS[outcome ?? "left"];
  return `run ${planId.slice(0, 6)} ${words}${took}; ${sent}`;
}

const END_WORDS: Readonly<Record<NonNullable<RunEnding["outcome"]> | "left", string>> = {
  proved: "finished: everything planned is proved",
  "failed-or-unproved": "finished, with services that are not proved",
  aborted: "was aborted",
  left: "stopped with work left",
};

function leftLines(left: readonly LeftService[], width: number): readonly string[] {
  if (left.length === 0) return [];
  const shown = left.slice(0, LEFT_MAX);
  const nameWidth = nameColumn(
    shown.map(({ name }) => name),
    width,
  );
  const stateWidth = Math.max(...shown.map((one) => stateOf(one).length));
  const rows = shown.flatMap((one) => {
    const owner = one.owner ?? "owner unknown";
    return besideName({ name: one.name, nameWidth, lines: [`${stateOf(one).padEnd(stateWidth)}   ${owner}`] });
  });
  const more = left.length > LEFT_MAX ? [`    and ${left.length - LEFT_MAX} more in the report`] : [];
  return ["", "  left to do, and whose it is", ...rows, ...more];
}

function stateOf({ outcome, class: className }: LeftService): string {
  if (outcome !== "not planned") return outcome;
  const group = GROUP_WORD[CLASS_GROUP[className]];
  return group === undefined ? className : `${group}: ${className}`;
}

const GROUP_WORD: Readonly<Partial<Record<ClassGroup, string>>> = {
  blocked: "blocked",
  "by-hand": "by hand",
  waiting: "waits",
};
