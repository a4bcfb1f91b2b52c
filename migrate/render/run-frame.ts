// The calm live block of a run: waves, what is on its way, what must be known, what failed, the time.
// Fixed columns; values change in place.
//
// Invariants
//   at most `width` columns, and fewer lines than `height`: the cursor needs the last line for itself
//   small screens lose columns and rows, not meaning: what is left out is counted, and what waits for a person is never left out
//   the same for the terminal of the run and for one that watches: what only one of them knows is null for the other

import { failuresCounted } from "../core/report/failures-counted";
import { timeLeft } from "../core/report/remaining-time";
import { runExplained } from "./run-explained";
import { notices } from "./run-frame-notices";
import { onTheirWay, serviceLines } from "./run-frame-services";
import type { RunFrame } from "./run-frame-view";
import { waveLines } from "./run-frame-waves";
import { keysLine } from "./steering-keys";
import { timeLeftWords } from "./time-left-words";
import { duration, durationAtLeast, shortId } from "./units";
import { clip, wrap } from "./wrap";

export function runFrame(frame: RunFrame): readonly string[] {
  const { width, height } = frame;
  const linesMax = Math.max(1, height - 1);
  const isRoomy = height >= ROOMY_FROM_HEIGHT;
  const gap = isRoomy ? [""] : [];
  const head = [headLine(frame), ...gap];
  const foot = [countsLine(frame), ...steeringLines(frame)];
  const body = bodyLines(frame, Math.max(1, linesMax - head.length - foot.length), gap);
  const lines = [...head, ...body, ...foot];
  // On the smallest of screens the last lines tell what a key does, the first how far the run is.
  const kept =
    lines.length <= linesMax ? lines : [...lines.slice(0, 1), ...lines.slice(1 - linesMax)].slice(0, linesMax);
  return kept.map((line) => clip(line, width));
}

/** How many rows the services of a frame take, the `rowsMin` of the next one: none once nothing is on its way any more. */
export function serviceRows(frame: RunFrame): number {
  const active = onTheirWay(frame.state).length;
  if (active === 0) return 0;
  return Math.max(frame.rowsMin ?? 0, Math.min(active, frame.height));
}

const ROOMY_FROM_HEIGHT = 14;
/** A frame wider than this is read worse, not better. */
const HEAD_WIDTH_MAX = 100;
const SERVICE_ROWS_MIN = 3;

/** The first pair of both ends that fits: the account goes before the Region, and both before what the time left means. */
function headLine({ state, nowMs, width }: RunFrame): string {
  const { planId, lane } = state.plan;
  const run = `run ${shortId(planId)}`;
  const lefts = [`${run} · ${lane.account} ${lane.region}`, `${run} · ${lane.region}`, run];
  const room = Math.min(width, HEAD_WIDTH_MAX);
  const pairs = headTimes({ state, nowMs }).flatMap((right) => lefts.map((left) => ({ left, right })));
  const fitting = pairs.find(({ left, right }) => left.length + 2 + right.length <= room);
  const { left, right } = fitting ?? pairs.at(-1) ?? { left: run, right: "" };
  return `${left}${" ".repeat(Math.max(2, room - left.length - right.length))}${right}`;
}

function headTimes({ state, nowMs }: Pick<RunFrame, "state" | "nowMs">): readonly string[] {
  const startedAtMs = state.startedAtMs ?? nowMs;
  if (state.status === "finished") {
    const ended = state.outcome === "aborted" ? "aborted after" : "finished in";
    return [`${ended} ${duration((state.endedAtMs ?? nowMs) - startedAtMs)}`];
  }
  const inMs = Math.max(0, nowMs - startedAtMs);
  return timeLeftWords(timeLeft(state, nowMs)).map((words) => `${durationAtLeast(inMs)} in, ${words}`);
}

function bodyLines(frame: RunFrame, room: number, gap: readonly string[]): readonly string[] {
  if (frame.keys === "explained") return explainedLines(frame, room, gap);
  const told = noticeLines(frame, Math.max(1, Math.floor(room / 2)));
  const active = onTheirWay(frame.state);
  const rowsWanted = active.length === 0 ? 0 : Math.max(active.length, frame.rowsMin ?? 0);
  const gaps = gap.length * (1 + (rowsWanted === 0 ? 0 : 1) + (told.length === 0 ? 0 : 1));
  const left = Math.max(1, room - told.length - gaps);
  const waves = waveLines(frame, Math.max(1, left - Math.min(SERVICE_ROWS_MIN, rowsWanted)));
  const rows = serviceLines(frame, active, left - waves.length);
  const padded = Math.max(0, Math.min(rowsWanted, left - waves.length) - rows.length);
  const services = [...rows, ...Array.from({ length: padded }, () => "")];
  return [
    ...waves,
    ...(services.length === 0 ? [] : [...gap, ...services]),
    ...(told.length === 0 ? [] : [...gap, ...told]),
    ...gap,
  ];
}

function explainedLines(frame: RunFrame, room: number, gap: readonly string[]): readonly string[] {
  const [wave = ""] = waveLines(frame, 1);
  const sentences = wrapped(runExplained(frame), { width: frame.width, room: room - 1 - 2 * gap.length });
  return [wave, ...gap, ...sentences, ...gap];
}

function noticeLines(frame: RunFrame, room: number): readonly string[] {
  return wrapped(notices(frame), { width: frame.width, room });
}

/** As many whole texts as there is room for; the first one always, cut if need be. */
function wrapped(
  texts: readonly string[],
  { width, room }: { readonly width: number; readonly room: number },
): readonly string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const own = wrap(text, Math.min(width, HEAD_WIDTH_MAX) - 2).map((line) => `  ${line}`);
    if (lines.length > 0 && lines.length + own.length > room) break;
    lines.push(...own);
  }
  return lines.slice(0, Math.max(1, room));
}

function countsLine(frame: RunFrame): string {
  const { state, calls, width } = frame;
  const { failed, max } = failuresCounted(state);
  const parts = [
    `failed ${failed} of ${max} allowed`,
    ...vcpuPart(frame),
    ...(calls === null ? [] : [`calls ${calls.total}`, `throttled ${calls.throttled}`]),
  ];
  const fitting = parts.findLastIndex((_, index) => lineOf(parts.slice(0, index + 1)).length <= width);
  return lineOf(parts.slice(0, Math.max(1, fitting + 1)));
}

function lineOf(parts: readonly string[]): string {
  return `  ${parts.join(" · ")}`;
}

/** What redeployments on their way need beyond what ran before, of what the scan saw free where one kind of capacity is all. */
function vcpuPart({ state }: RunFrame): readonly string[] {
  if (state.status === "finished") return [];
  const { freeVcpu, peakVcpu } = state.plan.totals;
  const active = onTheirWay(state);
  const used = amount(active.reduce((sum, { planned }) => sum + planned.surgeVcpu, 0));
  const [kind, ...others] = (["onDemand", "spot"] as const).filter((one) => peakVcpu[one] > 0);
  const free = kind === undefined || others.length > 0 ? null : freeVcpu[kind];
  return [`extra vCPU ${used}${free === null ? "" : ` of ${Math.floor(free * 10) / 10}`}`];
}

function amount(vcpus: number): string {
  return String(Math.ceil(vcpus * 10 - 1e-9) / 10);
}

function steeringLines({ state, keys, commands, worker, width }: RunFrame): readonly string[] {
  if (state.status === "finished") return [];
  if (keys !== null) {
    const forms = keysLine(keys, state).map((form) => `  ${form}`);
    return [forms.find((form) => form.length <= width) ?? forms.at(-1) ?? ""];
  }
  if (worker.kind === "nobody") return [];
  return [`  steer it: fargate-cmk pause|resume|abort ${commands.reference}`];
}
