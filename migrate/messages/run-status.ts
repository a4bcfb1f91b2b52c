// The status of a run: what a terminal is told that asks once, and the same for programs.
// Invariant: complete for programs; for people the first few of each list, the rest counted.

import { lastPart } from "../../domain/arn";
import type { RunOutcome } from "../core/model/journal-event";
import { listed } from "../core/words/listed";
import { span } from "./amounts";

export interface RunStatus {
  readonly planId: string;
  readonly directory: string;
  readonly status: string;
  readonly reason: string | null;
  readonly outcome: RunOutcome | null;
  readonly waves: readonly { readonly number: number; readonly name: string; readonly status: string }[];
  /** Services by phase. */
  readonly phases: Readonly<Record<string, number>>;
  readonly services: number;
  /** The oldest first. */
  readonly onTheirWay: readonly ServiceOnItsWay[];
  /** Clusters on which nothing is started because their key is in trouble. */
  readonly holds: readonly Hold[];
  /** What the next wave waits for; null when nothing, or when none is next. */
  readonly gate: Gate | null;
  /** Who waits for whom: services that share the value of a tag never roll together. */
  readonly waiting: readonly WaitingService[];
  readonly lastEventAt: string | null;
  /** The process that works on it; null when there is none, or it has ended without giving the lock back. */
  readonly heldBy: { readonly host: string; readonly pid: number; readonly heardAt: string } | null;
  readonly request: string;
  /** How to go on; null when a process works on it, or nothing is left. */
  readonly next: string | null;
}

export interface ServiceOnItsWay {
  /** ARN. */
  readonly service: string;
  /** `cluster/service`. */
  readonly name: string;
  readonly phase: string;
  /** What it does, in words. */
  readonly words: string;
  readonly sinceMs: number;
}

export interface Hold {
  readonly keyArn: string;
  /** Names. */
  readonly clusters: readonly string[];
  readonly reason: string;
  readonly since: string;
  /** Whether looks find nothing wrong any more. */
  readonly isRightAgain: boolean;
  /** What ends it, in words. */
  readonly ends: string;
}

export interface Gate {
  readonly wave: number;
  readonly for: "soak" | "approval" | "alarms";
  /** `waits for a yes`. */
  readonly short: string;
  readonly ends: string | null;
  /** Says yes to the wave; null when nobody is asked. */
  readonly command: string | null;
}

export interface WaitingService {
  /** ARN. */
  readonly service: string;
  /** `cluster/service`. */
  readonly name: string;
  readonly mutex: { readonly tag: string; readonly value: string };
  readonly holder: { readonly service: string; readonly name: string; readonly phase: string };
}

export const OUTCOME_WORDS: Readonly<Record<RunOutcome, string>> = {
  proved: "finished, all proved",
  "failed-or-unproved": "finished, with failed or unproved services",
  aborted: "aborted",
};

export function statusText(d: RunStatus): string {
  const phases = Object.entries(d.phases).map(([phase, n]) => `${n} ${PHASE_WORDS[phase] ?? phase}`);
  const state = d.outcome === null ? d.status : OUTCOME_WORDS[d.outcome];
  return [
    `run ${d.planId.slice(0, 6)} ${state}${d.reason === null ? "" : `: ${d.reason}`}`,
    row("services", `${d.services}: ${phases.join(", ")}`),
    ...d.waves.map((wave) => row(`wave ${wave.number}`, `${wave.name}: ${WAVE_WORDS[wave.status] ?? wave.status}`)),
    ...rows(
      "on their way",
      d.onTheirWay,
      ({ name, words, sinceMs }) => `${name}: ${words}, ${span(Math.max(0, sinceMs))}`,
    ),
    ...gateRows(d.gate),
    ...rows("held", d.holds, holdWords),
    ...rows("waits", d.waiting, waitingWords),
    row("last event", d.lastEventAt ?? "none"),
    ...(d.heldBy === null
      ? []
      : [row("held by", `process ${d.heldBy.pid} on ${d.heldBy.host}, heard of at ${d.heldBy.heardAt}`)]),
    ...(d.request === "none" ? [] : [row("asked for", d.request)]),
    ...(d.next === null ? [] : [row("to go on", d.next)]),
  ].join("\n");
}

/** What the phases of a service are called to people; where a name says it already, the name. */
const PHASE_WORDS: Readonly<Record<string, string>> = {
  queued: "to come",
  indoubt: "being looked at after a lost answer",
  deploying: "on their way",
  settling: "about to be proved",
  superseded: "deployed by somebody else",
  overdue: "past their time",
  verified: "proved",
  "set-aside": "set aside",
};

/** Of one service; where a name says it already, the name. */
const HOLDER_WORDS: Readonly<Record<string, string>> = { deploying: "on its way", overdue: "past its time" };

const WAVE_WORDS: Readonly<Record<string, string>> = { waiting: "to come", open: "under way", closed: "done" };

/** A terminal holds only so many. */
const SHOWN_MAX = 10;

function row(label: string, text: string): string {
  return `  ${label.padEnd(12)} ${text}`;
}

function rows<T>(label: string, items: readonly T[], words: (item: T) => string): readonly string[] {
  const shown = items.slice(0, SHOWN_MAX).map(words);
  const more = items.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].map((text, index) =>
    row(index === 0 ? label : "", text),
  );
}

function gateRows(gate: Gate | null): readonly string[] {
  if (gate === null) return [];
  const { wave, short, ends, command } = gate;
  const yes = command === null ? [] : [`its yes may be given: ${command}`];
  return rows("gate", [[`wave ${wave} ${short}`, ...(ends === null ? [] : [ends]), ...yes].join("; ")], (text) => text);
}

function holdWords({ keyArn, clusters, reason, since, isRightAgain, ends }: Hold): string {
  const key = `…/key/${lastPart(keyArn).slice(0, 8)}`;
  return `${listed(clusters)} since ${since}: Fargate ${isRightAgain ? "could not" : "cannot"} use ${key} (${reason}); ${ends}`;
}

function waitingWords({ name, mutex, holder }: WaitingService): string {
  const where = HOLDER_WORDS[holder.phase] ?? PHASE_WORDS[holder.phase] ?? holder.phase;
  return `${name} for ${holder.name}, which is ${where} (${mutex.tag}=${mutex.value})`;
}
