// When waves open and close, and what the gate between them asks for: time, quiet alarms, a person's yes.
//
// Invariants
//   at most one wave is open; one opens only when all before it are closed and everything in them is decided
//   a wave stays open while a key that its services need is in trouble: they may come again
//   an alarm that fires or cannot be seen keeps the gate shut, and so does a look at the alarms that is too old

import type { JournalEvent } from "../model/journal-event";
import { gateAhead, isDecided } from "./apply-event";
import type { Command } from "./command";
import { mayComeAgain } from "./key-holds";
import { KEY_LIMITS } from "./key-limits";
import type { Moment } from "./moment";
import type { RunState, WaveRun } from "./run-state";
import { pairs } from "./service-pairs";

/** What a gate still waits for, in the order in which it is asked for. */
export type GateWait =
  | { readonly for: "soak"; readonly untilMs: number }
  | { readonly for: "approval"; readonly wave: number }
  | {
      readonly for: "alarms";
      readonly wave: number;
      readonly firing: readonly string[];
      readonly unseen: string | null;
    };

export function waveDecision(moment: Moment): JournalEvent | null {
  const { state, nowMs } = moment;
  if (state.status !== "running") return null;
  const open = state.waves.find((wave) => wave.status === "open");
  if (open !== undefined) return isUndecided(state, open.number) ? null : closing(state, open.number, nowMs);
  const next = gateAhead(state);
  if (next === null || gateWait(moment) !== null || !isFresh(moment, next)) return null;
  return { kind: "wave-opened", wave: next.number };
}

/** What the next wave waits for before its gate; null when nothing does, or none is to come. */
export function gateWait({ state, nowMs }: Pick<Moment, "state" | "nowMs">): GateWait | null {
  const next = gateAhead(state);
  if (next === null) return null;
  const soakUntilMs = state.waves.find(({ number }) => number === next.number - 1)?.soakUntilMs ?? 0;
  if (soakUntilMs > nowMs) return { for: "soak", untilMs: soakUntilMs };
  if (needsYes(state, next)) return { for: "approval", wave: next.number };
  const { gate: seen } = next;
  const isQuiet = seen === null || (seen.firing.length === 0 && seen.unseen === null);
  return isQuiet ? null : { for: "alarms", wave: next.number, firing: seen.firing, unseen: seen.unseen };
}

/** Whether a person must say yes to the opening of the wave and has not. */
export function needsYes({ plan }: RunState, { number, approvedAtMs }: WaveRun): boolean {
  return plan.options.gate?.approval === true && number > 1 && approvedAtMs === null;
}

/** The wave for whose opening a person's yes is waited for, or may be given already; null when none is. */
export function yesAskedFor(state: RunState): WaveRun | null {
  const next = gateAhead(state);
  return next !== null && needsYes(state, next) && state.status !== "finished" ? next : null;
}

/** The look at the alarms that is due: only when nothing else keeps the gate shut. */
export function gateLook(moment: Moment): readonly Command[] {
  const { state } = moment;
  const next = gateAhead(state);
  const alarms = state.plan.options.gate?.alarms ?? [];
  if (state.status !== "running" || next === null || alarms.length === 0 || isFresh(moment, next)) return [];
  const wait = gateWait(moment);
  return wait === null || wait.for === "alarms" ? [{ kind: "look-gate", wave: next.number, alarms }] : [];
}

function isFresh({ state, agenda, nowMs }: Moment, next: WaveRun): boolean {
  if ((state.plan.options.gate?.alarms ?? []).length === 0) return true;
  const { gateLook: look } = agenda;
  return look?.wave === next.number && nowMs - look.atMs < KEY_LIMITS.gateLookAgeMaxMs;
}

/** Whether something of the wave, or of one before it, is to be done yet. */
function isUndecided(state: RunState, wave: number): boolean {
  return pairs(state).some((pair) => {
    const { run, planned } = pair;
    if (planned.wave > wave || run.phase === "overdue") return false;
    return !isDecided(run) || mayComeAgain(state, pair);
  });
}

function closing(state: RunState, wave: number, nowMs: number): JournalEvent {
  const isLast = wave === state.waves.length;
  const soakMs = isLast ? 0 : (state.plan.waves.find((one) => one.number === wave)?.soakMs ?? 0);
  return { kind: "wave-closed", wave, soakUntilMs: nowMs + soakMs };
}
