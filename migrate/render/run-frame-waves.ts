// The waves of the live block: a line each with a bar, how many are decided, and what the wave does or waits for.
//
// Invariants
//   columns stay where they are for the whole run: their widths come from the plan and the screen
//   where not all waves have room, the ones around the current one stand and the others are counted

import { isDecided } from "../core/machine/apply-event";
import { ACTIVE_PHASES, type RunState, type ServiceRun, type WaveRun } from "../core/machine/run-state";
import type { PlannedWave } from "../core/model/plan";
import { count } from "../messages/amounts";
import { gateWords } from "./gate-words";
import type { RunFrame } from "./run-frame-view";
import { duration } from "./units";
import { clip } from "./wrap";

/** At most `room` lines; at least one. */
export function waveLines(frame: RunFrame, room: number): readonly string[] {
  const { plan, waves } = frame.state;
  const all = plan.waves;
  if (all.length <= room) return all.map((wave) => waveLine(frame, wave));
  const undone = waves.findIndex(({ status }) => status !== "closed");
  const current = undone === -1 ? all.length - 1 : undone;
  if (room < ROOM_FOR_COUNTS) return all.slice(current, current + 1).map((wave) => waveLine(frame, wave));
  const shown = room - 2;
  const first = Math.min(Math.max(0, current - 1), all.length - shown);
  const after = all.length - first - shown;
  return [
    ...(first === 0 ? [] : [`  ${count(first, "wave")} before`]),
    ...all.slice(first, first + shown).map((wave) => waveLine(frame, wave)),
    ...(after === 0 ? [] : [`  ${count(after, "wave")} after`]),
  ];
}

const ROOM_FOR_COUNTS = 3;
const BAR_CELLS = 10;
const NAME_MIN = 12;

function waveLine(frame: RunFrame, planned: PlannedWave): string {
  const { state, width } = frame;
  const runs = planned.services.flatMap((arn) => state.services.get(arn) ?? []);
  const decided = runs.filter(isDecided).length;
  const name = clip(`${planned.number} ${planned.name}`, nameColumns(frame)).padEnd(nameColumns(frame));
  const bar = width < BAR_FROM_WIDTH ? "" : `${barOf(decided, runs.length)} `;
  const counts = `${decided}/${runs.length}`.padStart(countColumns(state));
  return `  ${name} ${bar}${counts}  ${waveWords(frame, planned.number, runs)}`.trimEnd();
}

/** Below it the numbers say as much. */
const BAR_FROM_WIDTH = 72;

function nameColumns({ state, width }: RunFrame): number {
  const longest = Math.max(...state.plan.waves.map(({ number, name }) => `${number} ${name}`.length));
  return Math.min(Math.max(NAME_MIN, longest), Math.max(NAME_MIN, Math.floor(width / 4)));
}

function countColumns({ plan }: RunState): number {
  const most = Math.max(...plan.waves.map(({ services }) => services.length));
  return 2 * String(most).length + 2;
}

function barOf(decided: number, all: number): string {
  const filled = all === 0 ? BAR_CELLS : Math.floor((decided / all) * BAR_CELLS);
  return "█".repeat(filled) + "░".repeat(BAR_CELLS - filled);
}

function waveWords(frame: RunFrame, number: number, runs: readonly ServiceRun[]): string {
  const wave = frame.state.waves.find((one) => one.number === number);
  if (wave === undefined || wave.status === "waiting") return waitingWords(frame, number);
  const ends = [
    phrase(runs, "failed", "failed"),
    phrase(runs, "set-aside", "set aside"),
    phrase(runs, "overdue", "overdue"),
  ];
  const active = runs.filter((run) => ACTIVE_PHASES.includes(run.phase) && run.phase !== "overdue").length;
  const onTheirWay = active === 0 ? "" : `${active} on ${active === 1 ? "its" : "their"} way`;
  const isOver = frame.state.status === "finished";
  const toCome = active === 0 && !isOver ? phrase(runs, "queued", "to come") : "";
  if (wave.status === "open" && !isOver) return [onTheirWay, toCome, ...ends].filter(Boolean).join(", ");
  const proved = runs.every((run) => run.phase === "verified") ? "proved" : phrase(runs, "verified", "proved");
  const notBegun = isOver ? phrase(runs, "queued", "not begun") : "";
  return [proved, onTheirWay, ...ends, notBegun, soakWords(frame, wave)].filter(Boolean).join(", ");
}

function waitingWords({ state, nowMs, commands }: RunFrame, number: number): string {
  if (state.status === "finished") return "not begun";
  const gate = gateWords({ state, nowMs }, commands);
  if (gate?.wave === number && gate.for !== "soak") return gate.short;
  return number === 1 ? "" : `after gate ${number - 1}`;
}

/** Only of the last wave that closed: the soaks before it are long over. */
function soakWords({ state, nowMs }: RunFrame, wave: WaveRun): string {
  const planned = state.plan.waves.find(({ number }) => number === wave.number);
  const isLast = state.waves.find(({ number }) => number === wave.number + 1)?.status !== "closed";
  if (
    !isLast ||
    state.status === "finished" ||
    planned === undefined ||
    planned.soakMs === 0 ||
    wave.number === state.waves.length
  )
    return "";
  const leftMs = (wave.soakUntilMs ?? 0) - nowMs;
  return leftMs > 0 ? `soak ${duration(leftMs)}` : "soak over";
}

function phrase(runs: readonly ServiceRun[], phase: ServiceRun["phase"], words: string): string {
  const number = runs.filter((run) => run.phase === phase).length;
  return number === 0 ? "" : `${number} ${words}`;
}
