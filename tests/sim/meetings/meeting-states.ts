// The states in which a fault can meet a service and a run, read from the fold of the journal: this counts what was met, and
// judges nothing.

import { gateAhead, isDecided } from "../../../migrate/core/machine/apply-event";
import { mayComeAgain } from "../../../migrate/core/machine/key-holds";
import { ACTIVE_PHASES, type RunState } from "../../../migrate/core/machine/run-state";
import { pairs } from "../../../migrate/core/machine/service-pairs";
import { gateWait } from "../../../migrate/core/machine/wave-gates";

export const SERVICE_STATES = [
  "queued",
  "in doubt",
  "deploying",
  "draining",
  "superseded",
  "overdue",
  "waiting for a second try",
  "verified",
] as const;

export const RUN_STATES = [
  "running",
  "soaking",
  "waiting for a yes",
  "paused",
  "halted",
  "aborting",
  "held for a key",
  "final sweep",
  "away",
] as const;

export type ServiceState = (typeof SERVICE_STATES)[number];
export type RunStateName = (typeof RUN_STATES)[number];

const BY_PHASE = {
  queued: "queued",
  indoubt: "in doubt",
  deploying: "deploying",
  settling: "draining",
  superseded: "superseded",
  overdue: "overdue",
  verified: "verified",
} as const;

/** Null for one that is not planned, or that failed or was set aside for good. */
export function serviceState(state: RunState, arn: string): ServiceState | null {
  const pair = pairs(state).find(({ run }) => run.arn === arn);
  if (pair === undefined) return null;
  const { phase } = pair.run;
  if (phase === "failed") return mayComeAgain(state, pair) ? "waiting for a second try" : null;
  return phase === "set-aside" ? null : BY_PHASE[phase];
}

/** Several at once where they go together: a run may soak while one of its clusters is held. */
export function runStates(state: RunState, nowMs: number): readonly RunStateName[] {
  const special = [...statusStates(state), ...gateStates(state, nowMs), ...heldStates(state), ...endStates(state)];
  return special.length === 0 ? ["running"] : special;
}

function statusStates({ status }: RunState): readonly RunStateName[] {
  return status === "paused" || status === "halted" || status === "aborting" ? [status] : [];
}

function gateStates(state: RunState, nowMs: number): readonly RunStateName[] {
  if (state.status !== "running" || gateAhead(state) === null) return [];
  const wait = gateWait({ state, nowMs });
  if (wait?.for === "soak") return ["soaking"];
  return wait?.for === "approval" ? ["waiting for a yes"] : [];
}

function heldStates({ targets }: RunState): readonly RunStateName[] {
  return [...targets.values()].some(({ hold }) => hold !== null) ? ["held for a key"] : [];
}

/** Nothing is on its way but what is overdue, nothing is to come, and the last look has not been taken. */
function endStates(state: RunState): readonly RunStateName[] {
  const { status, swept, waves } = state;
  const all = pairs(state);
  const isUnderWay = all.some(({ run }) => ACTIVE_PHASES.includes(run.phase) && run.phase !== "overdue");
  const isDone = all.every(({ run }) => isDecided(run) || run.phase === "overdue");
  const isLast = status === "running" ? isDone && waves.every((wave) => wave.status === "closed") : true;
  const isEnding = status === "running" || status === "halted" || status === "aborting";
  return isEnding && !isUnderWay && isLast && swept === null ? ["final sweep"] : [];
}
