// What a person reads when a run ends: the verdict, what is left and whose it is, where the evidence lies.
// Invariant: the result first, then what to do next; at most LEFT_MAX rows of what is left, the report has them all.

import type { RunOutcome } from "../core/model/journal-event";
import { span } from "./amounts";

export interface RunEnding {
  readonly planId: string;
  /** Null when the run was left with work to do. */
  readonly outcome: RunOutcome | null;
  readonly proved: number;
  readonly failed: number;
  readonly setAside: number;
  readonly planned: number;
  readonly tookMs: number | null;
  readonly coverage: {
    readonly before: { readonly tasks: number; readonly onKey: number };
    readonly after: { readonly tasks: number; readonly onKey: number };
  };
  /** The verdict in sentences. */
  readonly sentences: readonly string[];
  readonly left: readonly LeftService[];
  readonly calls: { readonly total: number; readonly throttled: number };
  readonly directory: string;
  readonly report: string;
}

export interface LeftService {
  /** `cluster/service`. */
  readonly name: string;
  readonly owner: string | null;
  readonly outcome: string;
  readonly class: string;
  readonly nextStep: string | null;
}

const LEFT_MAX = 12;
const NAME_COLUMNS = 26;
const STATE_COLUMNS = 22;

export function runEndingText(ending: RunEnding): string {
  const took = ending.tookMs === null ? "" : ` in ${span(ending.tookMs)}`;
  const calls = `${ending.calls.total.toLocaleString("en-US")} AWS calls, ${ending.calls.throttled} throttled`;
  const head = `\nrun ${ending.planId.slice(0, 6)} ${END_WORDS[ending.outcome ?? "left"]}${took}; ${calls}`;
  const verdict = ending.sentences.map((sentence) => `  ${sentence}`);
  return [head, "", ...verdict, ...leftLines(ending.left), "", `Report: ${ending.report}`].join("\n");
}

const END_WORDS: Readonly<Record<RunOutcome | "left", string>> = {
  proved: "finished: everything planned is proved",
  "failed-or-unproved": "finished, with services that are not proved",
  aborted: "was aborted",
  left: "stopped with work left",
};

function leftLines(left: readonly LeftService[]): readonly string[] {
  if (left.length === 0) return [];
  const rows = left.slice(0, LEFT_MAX).map(leftLine);
  const more = left.length > LEFT_MAX ? [`    and ${left.length - LEFT_MAX} more in the report`] : [];
  return ["", "  left to do, and whose it is", ...rows, ...more];
}

function leftLine({ name, owner, outcome, class: className }: LeftService): string {
  const state = outcome === "not planned" ? className : outcome;
  return `    ${name.padEnd(NAME_COLUMNS)} ${state.padEnd(STATE_COLUMNS)} ${owner ?? "owner unknown"}`;
}
