// Which services wait for which resource just now, as whoever shows a run can tell it from the plan, the fleet and the journal alone.
// Invariant: what only the process of the run knows (looks that were put off, its own limit) is not in it, so that every terminal
// shows the same.

import type { Fleet } from "../../domain/fleet";
import { beginning } from "../core/machine/admissions";
import type { Agenda, RunSettings } from "../core/machine/command";
import type { RunState } from "../core/machine/run-state";
import type { Plan } from "../core/model/plan";
import { scheduleOf } from "../core/schedule/schedule";
import type { Waiting } from "../core/schedule/what-begins";

const NOTHING_REMEMBERED: Agenda = {
  lastLookAtMs: new Map(),
  deferred: new Map(),
  targetLookAtMs: new Map(),
  gateLook: null,
  begun: 0,
};

const NO_LIMIT: RunSettings = { onKeyTrouble: "rollback", limit: null };

export function waitingNow(run: {
  readonly plan: Plan;
  readonly fleet: Fleet;
}): (state: RunState, nowMs: number) => readonly Waiting[] {
  const schedule = scheduleOf(run);
  return (state, nowMs) =>
    beginning({ state, agenda: NOTHING_REMEMBERED, settings: NO_LIMIT, schedule, nowMs })?.waiting ?? [];
}
