// The services that are on their way: which, what each does, since when; the oldest first.
// Invariant: columns come from the plan and the screen's width, never from who is on its way just now.

import { ACTIVE_PHASES, type RunState, type ServiceRun } from "../core/machine/run-state";
import { type Pair, pairs } from "../core/machine/service-pairs";
import { serviceLeftMs } from "../core/report/remaining-time";
import { count } from "../messages/amounts";
import type { RunFrame } from "./run-frame-view";
import { duration, durationAtLeast } from "./units";
import { clip } from "./wrap";

/** Oldest first; those with an equal start in the plan's order. */
export function onTheirWay(state: RunState): readonly Pair[] {
  const active = pairs(state).filter(({ run }) => ACTIVE_PHASES.includes(run.phase));
  return active.toSorted((a, b) => (a.run.intendedAtMs ?? 0) - (b.run.intendedAtMs ?? 0));
}

/** At most `room` lines; those for whom there is none are counted. */
export function serviceLines(frame: RunFrame, active: readonly Pair[], room: number): readonly string[] {
  if (room < 1 || active.length === 0) return [];
  const columns = columnsOf(frame);
  const shown = active.length <= room ? active : active.slice(0, room - 1);
  const lines = shown.map((pair, index) => serviceLine(frame, pair, { ...columns, isFirst: index === 0 }));
  const more = active.length - shown.length;
  if (more === 0) return lines;
  return [...lines, shown.length === 0 ? `  ${more} on their way` : `${" ".repeat(columns.label)}and ${more} more`];
}

interface Columns {
  readonly label: number;
  readonly name: number;
  readonly words: number;
}

const LABEL = "  on their way   ";
const INDENT_COLUMNS = 4;
const WORDS_COLUMNS = 43;
const WORDS_COLUMNS_NARROW = 32;
const TIME_COLUMNS = 9;
const NAME_MIN = 12;
const NARROW_BELOW = 72;

/** The label goes first where names need its room, since the waves say as much; then words are shortened, then names. */
function columnsOf({ width, state }: RunFrame): Columns {
  const longest = Math.max(NAME_MIN, ...state.plan.services.map((one) => nameOf(one).length));
  const words = width < NARROW_BELOW ? WORDS_COLUMNS_NARROW : WORDS_COLUMNS;
  const room = width - words - TIME_COLUMNS - 3;
  const label = room - LABEL.length >= longest ? LABEL.length : INDENT_COLUMNS;
  return { label, words, name: Math.max(NAME_MIN, Math.min(longest, room - label)) };
}

function nameOf({ clusterName, name }: Pair["planned"]): string {
  return `${clusterName}/${name}`;
}

function serviceLine(frame: RunFrame, pair: Pair, columns: Columns & { readonly isFirst: boolean }): string {
  const label = (columns.isFirst && columns.label === LABEL.length ? LABEL : "").padEnd(columns.label);
  const name = clippedName(nameOf(pair.planned), columns.name).padEnd(columns.name);
  const forms = serviceWords(pair, frame.nowMs);
  const fitting = forms.find((form) => form.length <= columns.words) ?? forms.at(-1) ?? "";
  const words = clip(fitting, columns.words).padEnd(columns.words);
  const sinceMs = frame.nowMs - (pair.run.intendedAtMs ?? frame.nowMs);
  return `${label}${name} ${words}  ${durationAtLeast(Math.max(0, sinceMs))}`;
}

/** The end of a name tells more than its beginning, which the cluster's services share. */
function clippedName(name: string, columns: number): string {
  return name.length <= columns ? name : `…${name.slice(name.length - columns + 1)}`;
}

/** What a service on its way does, in a person's words: the same in ever fewer of them, the longest first. */
export function serviceWords({ run, planned }: Pair, nowMs: number): readonly string[] {
  const { progress } = run;
  const late = run.phase === "overdue" ? "past its time: " : "";
  if (run.phase === "indoubt") return doubtWords(run, nowMs);
  if (run.supersededBy !== null) return [`${late}somebody deployed over it`];
  if (progress === null) return [late === "" ? "starting" : "past its time"];
  if (progress.phase === "rolling-back" || run.stop?.accepted === true) return [`${late}rolling back`];
  const failed = progress.failedTasks === 0 ? "" : `, ${progress.failedTasks} failed to start`;
  if (progress.phase === "starting") return [`${late}starting${failed}`];
  if (progress.tasksWanted === 0) return [`${late}no task to start${oldWords(run)}`];
  const isAllOnKey = progress.tasksOnKey >= progress.tasksWanted && progress.failedTasks === 0;
  const leftMs = isAllOnKey && late === "" ? serviceLeftMs({ run, planned }, nowMs) : 0;
  if (leftMs > 0) return provedSoonWords(progress.tasksWanted, duration(leftMs));
  const counts = (noun: string) => `${late}${progress.tasksOnKey} of ${noun} on the key${oldWords(run)}${failed}`;
  return [counts(count(progress.tasksWanted, "task")), counts(String(progress.tasksWanted))];
}

/** For as long as a request may take, no answer is no news. */
const ANSWER_MS = 30_000;

function doubtWords({ intendedAtMs, emptyLooksAtMs }: ServiceRun, nowMs: number): readonly string[] {
  const isFresh = emptyLooksAtMs.length === 0 && nowMs - (intendedAtMs ?? nowMs) < ANSWER_MS;
  return isFresh ? ["asked for"] : ["no answer yet: looking what AWS did", "no answer: looking"];
}

function provedSoonWords(tasks: number, left: string): readonly string[] {
  const soon = `proved in about ${left}`;
  const all = tasks === 1 ? "its task" : `all ${tasks} tasks`;
  return [`${all} on the key, ${soon}`, `all on the key, ${soon}`, soon];
}

function oldWords({ progress, settledAtMs }: ServiceRun): string {
  if (progress === null || progress.tasksOld === 0) return "";
  return `, ${progress.tasksOld} ${settledAtMs === null && progress.phase !== "draining" ? "old left" : "draining"}`;
}
