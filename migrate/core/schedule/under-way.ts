// What a run's state says of its resources: who is on the way and holds its need, and what was drawn on the rates lately.
//
// Invariants
//   a service holds its need from its intent until its last old task has stopped or it is decided: in doubt, draining and overdue
//   ones hold it too
//   what the rates still owe is a fold over the intents in the state: a resumed run draws on no fuller bucket than its own last one

import { holdsItsRoom } from "../machine/proof-wait";
import type { RunState, ServiceRun } from "../machine/run-state";
import type { PlannedService } from "../model/plan";
import { Ledger } from "./ledger";
import { type Need, NO_NEED, type Rate } from "./resource";
import type { Schedule } from "./schedule";

export interface UnderWay {
  readonly active: readonly Active[];
  /** By how many services of its wave that stand behind it in the list it was passed. */
  readonly passesOf: (planned: PlannedService) => number;
  /** Everything that is on its way holds its need. */
  readonly ledger: Ledger<PlannedService>;
  /** The same when all has ended but what is past its time. */
  readonly overdueLedger: Ledger<PlannedService>;
}

export interface Active {
  readonly planned: PlannedService;
  readonly run: ServiceRun;
}

export interface UnderWayQuestion {
  readonly state: RunState;
  readonly schedule: Schedule;
  readonly nowMs: number;
}

export function underWay({ state, schedule, nowMs }: UnderWayQuestion): UnderWay {
  const active: Active[] = [];
  const draws: Draw[] = [];
  const begun: PlannedService[] = [];
  for (const planned of state.plan.services) {
    const run = state.services.get(planned.arn);
    if (run === undefined) continue;
    if (holdsItsRoom({ run, planned })) active.push({ planned, run });
    if (run.intendedAtMs === null || !hasBegun(run)) continue;
    draws.push({ atMs: run.intendedAtMs, need: schedule.needs.get(planned.arn) ?? NO_NEED });
    begun.push(planned);
  }
  const ledger = new Ledger<PlannedService>(schedule.room, owedAt(nowMs, draws, schedule.room.rates));
  const overdueLedger = new Ledger<PlannedService>(schedule.room);
  for (const { planned, run } of active) {
    const need = schedule.needs.get(planned.arn) ?? NO_NEED;
    ledger.hold(need, planned);
    if (run.phase === "overdue") overdueLedger.hold(need, planned);
  }
  return { active, passesOf: passesIn(begun, schedule.order), ledger, overdueLedger };
}

/** One that was sent back to wait did nothing, as far as anybody saw; one that was set aside was refused. */
function hasBegun({ phase }: ServiceRun): boolean {
  return phase !== "queued" && phase !== "set-aside";
}

interface Draw {
  readonly atMs: number;
  readonly need: Need;
}

function owedAt(nowMs: number, draws: readonly Draw[], rates: readonly Rate[]): readonly number[] {
  const owed = rates.map(() => 0);
  let atMs = Number.NEGATIVE_INFINITY;
  const leak = (untilMs: number): void => {
    // A clock that stepped back leaks nothing.
    const passedMs = Math.max(0, untilMs - atMs);
    for (const [at, { perSecond }] of rates.entries())
      owed[at] = Math.max(0, (owed[at] ?? 0) - (passedMs / 1_000) * perSecond);
    atMs = Math.max(atMs, untilMs);
  };
  for (const draw of draws.toSorted((a, b) => a.atMs - b.atMs)) {
    leak(draw.atMs);
    for (const { at, amount } of draw.need.draws) owed[at] = (owed[at] ?? 0) + amount;
  }
  leak(nowMs);
  return owed;
}

function passesIn(begun: readonly PlannedService[], order: Schedule["order"]): UnderWay["passesOf"] {
  const behind = new Map<number, Int32Array>();
  for (const { wave, arn } of begun) {
    const counts = behind.get(wave) ?? new Int32Array(order.size + 1);
    behind.set(wave, counts);
    const rank = order.get(arn) ?? 0;
    counts[rank] = (counts[rank] ?? 0) + 1;
  }
  // From how many have a rank to how many have that or a later one.
  for (const counts of behind.values())
    for (let rank = counts.length - 2; rank >= 0; rank -= 1)
      counts[rank] = (counts[rank] ?? 0) + (counts[rank + 1] ?? 0);
  return ({ wave, arn }) => behind.get(wave)?.[(order.get(arn) ?? 0) + 1] ?? 0;
}
