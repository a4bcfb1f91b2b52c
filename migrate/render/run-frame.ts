// The calm live block of a run: waves, what is on its way, what failed, the time. Fixed columns; values change in place.
//
// Invariants
//   at most `width` columns, and fewer lines than `height`: the cursor needs the last line for itself
//   small screens lose columns and rows, not meaning: what is left out is counted

import { isDecided } from "../core/machine/apply-event";
import { heldBack } from "../core/machine/held-back";
import { ACTIVE_PHASES, type RunState, type ServiceRun, type WaveRun } from "../core/machine/run-state";
import type { PlannedService, PlannedWave } from "../core/model/plan";
import { remainingMs } from "../core/report/remaining-time";
import { count, span } from "../messages/amounts";

export interface RunFrame {
  readonly state: RunState;
  readonly nowMs: number;
  /** What to call the run in commands that steer it. */
  readonly reference: string;
  readonly calls: { readonly total: number; readonly throttled: number };
  readonly width: number;
  readonly height: number;
}

export function runFrame(frame: RunFrame): readonly string[] {
  const { state, width, height } = frame;
  const head = [headLine(frame), ""];
  const foot = ["", footLine(frame)];
  const active = onTheirWay(state);
  const room = Math.max(1, height - 1 - head.length - foot.length);
  const waves = waveLines(frame, Math.max(1, room - Math.min(SERVICE_ROWS_MIN, active.length) - 1));
  const services = serviceLines(frame, active, room - waves.length - 1);
  const lines = [...head, ...waves, ...(services.length === 0 ? [] : ["", ...services]), ...foot];
  return lines.slice(0, Math.max(1, height - 1)).map((line) => clipped(line, width));
}

/** Services keep at least so many rows, however many waves there are. */
const SERVICE_ROWS_MIN = 3;

function clipped(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

function headLine({ state, nowMs, width }: RunFrame): string {
  const { planId, lane } = state.plan;
  const left = `run ${planId.slice(0, 6)} · ${lane.account} ${lane.region}`;
  const right = `${span(nowMs - (state.startedAtMs ?? nowMs))} in, ${timeLeft(state, nowMs)}`;
  return left + " ".repeat(Math.max(2, Math.min(width, 100) - left.length - right.length)) + right;
}

function timeLeft(state: RunState, nowMs: number): string {
  if (state.status === "paused" || state.status === "halted") return `${state.status}: ${state.reason ?? ""}`;
  if (state.status === "aborting") return "ending: nothing new is started";
  if (state.status === "finished") return "finished";
  const left = remainingMs(state, nowMs);
  return left === 0 ? "nearly done" : `about ${span(left)} left`;
}

const BAR_CELLS = 10;
const NAME_COLUMNS = 16;

/** All waves, or those around the one that is under way, with the number of those left out. */
function waveLines(frame: RunFrame, room: number): readonly string[] {
  const { plan, waves } = frame.state;
  const all = plan.waves.map((wave) => waveLine(frame, wave));
  if (all.length <= room) return all;
  const current = Math.max(
    0,
    waves.findIndex(({ status }) => status !== "closed"),
  );
  const shown = Math.max(1, room - 2);
  const from = Math.min(Math.max(0, current - 1), all.length - shown);
  const first = shown === 1 ? current : from;
  if (room < 3) return all.slice(first, first + 1);
  const [before, after] = [first, all.length - first - shown];
  return [
    ...(before === 0 ? [] : [`  ${count(before, "wave")} before`]),
    ...all.slice(first, first + shown),
    ...(after === 0 ? [] : [`  ${count(after, "wave")} after`]),
  ];
}

function waveLine({ state, nowMs }: RunFrame, planned: PlannedWave): string {
  const runs = planned.services.flatMap((arn) => state.services.get(arn) ?? []);
  const wave = state.waves.find(({ number }) => number === planned.number);
  const decided = runs.filter(isDecided).length;
  const filled = runs.length === 0 ? BAR_CELLS : Math.floor((decided / runs.length) * BAR_CELLS);
  const bar = "█".repeat(filled) + "░".repeat(BAR_CELLS - filled);
  const name = `${planned.number} ${planned.name}`.padEnd(NAME_COLUMNS).slice(0, NAME_COLUMNS);
  return `  ${name} ${bar} ${`${decided}/${runs.length}`.padStart(8)}  ${waveWords(state, runs, { wave, nowMs })}`;
}

interface WaveNow {
  readonly wave: WaveRun | undefined;
  readonly nowMs: number;
}

/** Of the open wave: those that must not roll together with one that is on its way. */
function waitWords(state: RunState): string {
  const waiting = heldBack(state).length;
  return waiting === 0 ? "" : `${waiting} ${waiting === 1 ? "waits" : "wait"} for another`;
}

function waveWords(state: RunState, runs: readonly ServiceRun[], { wave, nowMs }: WaveNow): string {
  if (wave === undefined || wave.status === "waiting")
    return wave === undefined || wave.number === 1 ? "" : `after gate ${wave.number - 1}`;
  const words = [
    phrase(runs, "failed", "failed"),
    phrase(runs, "set-aside", "set aside"),
    phrase(runs, "overdue", "overdue"),
  ].filter((text) => text !== "");
  const active = runs.filter((run) => ACTIVE_PHASES.includes(run.phase) && run.phase !== "overdue").length;
  if (wave.status === "open")
    return [active === 0 ? "" : `${active} on their way`, ...words, waitWords(state)].filter(Boolean).join(", ");
  const soak = (wave.soakUntilMs ?? 0) > nowMs ? `soaking, ${span((wave.soakUntilMs ?? 0) - nowMs)} left` : "";
  const proved = runs.every((run) => run.phase === "verified") ? "proved" : phrase(runs, "verified", "proved");
  return [proved, ...words, soak].filter(Boolean).join(", ");
}

function phrase(runs: readonly ServiceRun[], phase: ServiceRun["phase"], words: string): string {
  const number = runs.filter((run) => run.phase === phase).length;
  return number === 0 ? "" : `${number} ${words}`;
}

interface Active {
  readonly run: ServiceRun;
  readonly planned: PlannedService;
}

/** Oldest first. */
function onTheirWay(state: RunState): readonly Active[] {
  const active = state.plan.services.flatMap((planned) => {
    const run = state.services.get(planned.arn);
    return run !== undefined && ACTIVE_PHASES.includes(run.phase) ? [{ run, planned }] : [];
  });
  return active.toSorted((a, b) => (a.run.intendedAtMs ?? 0) - (b.run.intendedAtMs ?? 0));
}

function serviceLines(frame: RunFrame, active: readonly Active[], room: number): readonly string[] {
  if (room < 1 || active.length === 0) return [];
  const columns = columnsFor(frame.width);
  const shown = active.length <= room ? active : active.slice(0, room - 1);
  const lines = shown.map((one, index) => serviceLine(one, columns, { nowMs: frame.nowMs, isFirst: index === 0 }));
  const more = active.length - shown.length;
  const rest = shown.length === 0 ? `  ${more} on their way` : `${" ".repeat(columns.label)}and ${more} more`;
  return more === 0 ? lines : [...lines, rest];
}

interface Columns {
  readonly label: number;
  readonly name: number;
}

const LABEL_COLUMNS = 17;
const INDENT_COLUMNS = 4;
const WORDS_COLUMNS = 43;
const TIME_COLUMNS = 8;
const WIDE_FROM = 96;

/** Names take what is left of the width; on a narrow screen the label goes, since the words say as much. */
function columnsFor(width: number): Columns {
  const label = width >= WIDE_FROM ? LABEL_COLUMNS : INDENT_COLUMNS;
  const left = width - label - WORDS_COLUMNS - TIME_COLUMNS - 2;
  return { label, name: Math.min(40, Math.max(12, left)) };
}

interface AtTime {
  readonly nowMs: number;
  readonly isFirst: boolean;
}

function serviceLine({ run, planned }: Active, columns: Columns, { nowMs, isFirst }: AtTime): string {
  const label = (isFirst && columns.label === LABEL_COLUMNS ? "  on their way" : "").padEnd(columns.label);
  const name = clipped(`${planned.clusterName}/${planned.name}`, columns.name).padEnd(columns.name);
  const words = clipped(serviceWords(run), WORDS_COLUMNS).padEnd(WORDS_COLUMNS);
  return `${label}${name} ${words} ${span(nowMs - (run.intendedAtMs ?? nowMs))}`;
}

/** What a service on its way does, in a person's words. */
export function serviceWords(run: ServiceRun): string {
  const { progress } = run;
  if (run.phase === "indoubt") return "no answer yet: looking what AWS did";
  if (run.supersededBy !== null) return "somebody deployed over it: following theirs";
  if (progress === null) return run.phase === "overdue" ? "past its time" : "starting";
  if (progress.phase === "rolling-back") return "rolling back";
  const counts = `${progress.tasksOnKey} of ${count(progress.tasksWanted, "task")} on the key`;
  const drain =
    progress.tasksOld === 0 ? "" : `, ${progress.tasksOld} ${run.settledAtMs === null ? "old left" : "draining"}`;
  const failed = progress.failedTasks === 0 ? "" : `, ${progress.failedTasks} failed to start`;
  if (progress.phase === "starting") return `starting${failed}`;
  return counts + drain + failed;
}

function footLine({ state, calls, width, reference }: RunFrame): string {
  const counts = (run: ServiceRun) => run.phase === "failed" && !state.forgiven.has(run.arn);
  const failed = [...state.services.values()].filter(counts).length;
  const failures = `failed ${failed} of ${state.plan.options.failuresMax} allowed`;
  const steer = state.status === "finished" ? [] : [`steer it: fargate-cmk pause|abort ${reference}`];
  const whole = `  ${[failures, `calls ${calls.total}`, `throttled ${calls.throttled}`, ...steer].join(" · ")}`;
  return whole.length <= width ? whole : `  ${[failures, ...steer].join(" · ")}`;
}
