// Which services of a run wait because another one that they must not roll together with is on its way.
//
// Invariants
//   a service holds its mutexes from its intent until it is proved or decided: in doubt, draining and overdue ones hold them too
//   a service that is only queued holds nothing, so two can never wait for each other

import type { Mutex, PlannedService } from "../model/plan";
import { mutexKey } from "../plan/mutex";
import { ACTIVE_PHASES, type RunState, type ServiceRun } from "./run-state";

export interface HeldBack {
  readonly planned: PlannedService;
  readonly mutex: Mutex;
  /** Who has the mutex now. */
  readonly holder: PlannedService;
  readonly holderPhase: ServiceRun["phase"];
}

/** Of the services of the open wave that are still to come, those that wait, each with the first mutex that it waits for. */
export function heldBack(state: RunState): readonly HeldBack[] {
  const open = state.waves.find(({ status }) => status === "open");
  const holders = holdersOf(state);
  if (open === undefined || holders.size === 0) return [];
  return state.plan.services.flatMap((planned) => {
    const isToCome = planned.wave === open.number && state.services.get(planned.arn)?.phase === "queued";
    return isToCome ? (firstHeld(planned, holders) ?? []) : [];
  });
}

type Holder = Pick<HeldBack, "holder" | "holderPhase">;

function holdersOf({ plan, services }: RunState): ReadonlyMap<string, Holder> {
  const holders = new Map<string, Holder>();
  for (const holder of plan.services) {
    const phase = services.get(holder.arn)?.phase;
    if (phase === undefined || !ACTIVE_PHASES.includes(phase)) continue;
    for (const mutex of holder.mutexes ?? []) holders.set(mutexKey(mutex), { holder, holderPhase: phase });
  }
  return holders;
}

function firstHeld(planned: PlannedService, holders: ReadonlyMap<string, Holder>): HeldBack | null {
  for (const mutex of planned.mutexes ?? []) {
    const found = holders.get(mutexKey(mutex));
    if (found !== undefined) return { planned, mutex, ...found };
  }
  return null;
}
