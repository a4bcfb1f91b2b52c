// The state of a run from its plan and its journal.

import type { JournalEvent } from "../model/journal-event";
import type { Plan } from "../model/plan";
import { applyEvent } from "./apply-event";
import { newServiceRun } from "./new-service-run";
import type { RunState } from "./run-state";

/** The lines need only an instant (ISO 8601) and the event: journal lines of any store fit. */
export function foldRun(plan: Plan, lines: readonly { readonly at: string; readonly event: JournalEvent }[]): RunState {
  return lines.reduce((state, { at, event }) => applyEvent(state, { event, atMs: Date.parse(at) }), newRun(plan));
}

export function newRun(plan: Plan): RunState {
  return {
    plan,
    status: "new",
    reason: null,
    rollsBackAll: false,
    startedAtMs: null,
    endedAtMs: null,
    outcome: null,
    forgiven: new Set(),
    services: new Map(plan.services.map(({ arn }) => [arn, newServiceRun(arn)])),
    waves: plan.waves.map(({ number }) => ({
      number,
      status: "waiting",
      openedAtMs: null,
      closedAtMs: null,
      soakUntilMs: null,
      approvedAtMs: null,
      gate: null,
    })),
    targets: new Map(
      plan.targets.map(({ clusterArn, keyArn }) => [
        clusterArn,
        { clusterArn, keyArn, problem: null, rightSinceMs: null, hold: null, releasedAtMs: null },
      ]),
    ),
    swept: null,
  };
}
