// A suite of lives as a person reads it: on its way, and at its end.

import { count, span } from "../../../migrate/messages/amounts";
import { meetingTable } from "../meetings/meetings";
import type { SeedResult } from "./live-seed";
import type { SimOptions } from "./sim-options";
import { replayCommand, type Tally } from "./tally";

export interface SuiteSoFar {
  readonly options: SimOptions;
  readonly tally: Tally;
  readonly tookMs: number;
  readonly isInterrupted: boolean;
}

/** `1,200 of 2,000 lives, 1 wrong, 5.1 a second, 2 m 37 s left`. */
export function progressText({ options, tally, tookMs }: Omit<SuiteSoFar, "isInterrupted">): string {
  const { lives, wrong } = tally;
  const leftMs = lives === 0 ? null : (tookMs / lives) * (options.count - lives);
  return [
    `${figure(lives)} of ${count(options.count, "life", "lives")}`,
    wrong.length === 0 ? "all clean" : `${figure(wrong.length)} wrong`,
    ...(leftMs === null ? [] : [`${rate(lives, tookMs)} a second`, `${span(leftMs)} left`]),
  ].join(", ");
}

/** A wrong life as soon as it is found. */
export function foundText(result: SeedResult): string {
  if (result.kind === "lived") return `${result.trace ?? `seed ${result.seed}`}\n`;
  return `seed ${result.seed}\n  WRONG: the harness broke: ${result.what}\nreplay: ${replayCommand(result.seed)}\n`;
}

/** The same, where enough has been told in full. */
export function foundToo(seed: number): string {
  return `seed ${seed} is wrong too: ${replayCommand(seed)}\n`;
}

export function endText(suite: SuiteSoFar): string {
  const { options, tally, tookMs, isInterrupted } = suite;
  const { lives, clean, wrong } = tally;
  const ofAll = isInterrupted ? `Interrupted after ${figure(lives)} of ` : "";
  const seeds =
    options.count === 1 ? `seed ${options.from}` : `seeds ${options.from} to ${options.from + options.count - 1}`;
  return [
    `${ofAll}${count(options.count, "life", "lives")} (${seeds}): ${figure(clean)} clean, ${figure(wrong.length)} wrong`,
    `in ${span(tookMs)}, ${rate(lives, tookMs)} lives a second; ` +
      `${figure(tally.simulatedMs / HOUR_MS)} simulated hours, ${count(tally.calls, "call")}`,
    ...wrongText(tally),
    ...(options.replays ? [] : ["", "How often each fault met each state:", meetingTable(tally.meetings)]),
    "",
  ].join("\n");
}

/** The same for programs. */
export function endValue({ options, tally, tookMs, isInterrupted }: SuiteSoFar) {
  return {
    seeds: { from: options.from, count: options.count },
    interrupted: isInterrupted,
    lives: tally.lives,
    clean: tally.clean,
    wrong: tally.wrong.map(({ seed, problems }) => ({ seed, problems, command: replayCommand(seed) })),
    tookMs: Math.round(tookMs),
    livesPerSecond: Number(rate(tally.lives, tookMs)),
    simulatedMs: tally.simulatedMs,
    calls: tally.calls,
    meetings: Object.fromEntries([...tally.meetings].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** The line that other programs count by; what an interruption left out is skipped. */
export function countsText({ options, tally }: Pick<SuiteSoFar, "options" | "tally">): string {
  return `${tally.clean} passed, ${tally.wrong.length} failed, ${options.count - tally.lives} skipped`;
}

const HOUR_MS = 3_600_000;
const PROBLEM_SHOWN = 110;

function wrongText({ wrong }: Tally): readonly string[] {
  if (wrong.length === 0) return [];
  const lines = wrong
    .toSorted((a, b) => a.seed - b.seed)
    .map(({ seed, problems }) => `  ${replayCommand(seed).padEnd(31)}  ${first(problems)}`);
  return ["", "wrong", ...lines];
}

function first([problem = "", ...others]: readonly string[]): string {
  const [line = ""] = problem.split("\n");
  const shown = line.length > PROBLEM_SHOWN ? `${line.slice(0, PROBLEM_SHOWN)}…` : line;
  return others.length === 0 ? shown : `${shown} (and ${others.length} more)`;
}

function rate(lives: number, tookMs: number): string {
  return (lives / Math.max(tookMs / 1_000, 0.001)).toFixed(1);
}

function figure(amount: number): string {
  return Math.round(amount).toLocaleString("en-US");
}
