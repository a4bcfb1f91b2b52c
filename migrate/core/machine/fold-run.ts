// The state of a run from its plan and its journal.

import type { JournalEvent } from "../model/journal-event";
import type { Plan } from "../model/plan";
import { applyEvent } from "./apply-event";
import type { RunState, ServiceRun } from "./run-state";

/** The lines need only an instant (ISO 8601) and the event: journal lines of any store fit. */
export function foldRun(plan: Plan, lines: readonly { readonly at: string; readonly event: JournalEvent }[]): RunState {
  return lines.reduce((state, { at, event }) => applyEvent(state, { event, atMs: Date.parse(at) }), newRun(plan));
}

export function newRun(plan: Plan): RunState {
  return {
    plan,
    status: "new",
    reason: null,
    startedAtMs: null,
    endedAtMs: null,
    outcome: null,
    forgiven: new Set(),
    services: new Map(plan.services.map(({ arn }) => [arn, queued(arn)])),
    waves: plan.waves.map(({ number }) => ({
      number,
      status: "waiting",
      openedAtMs: null,
      closedAtMs: null,
      soakUntilMs: null,
    })),
    swept: null,
  };
}

function queued(arn: string): ServiceRun {
  return {
    arn,
    phase: "queued",
    attempts: 0,
    intendedAtMs: null,
    knownDeployments: [],
    knownServiceDeployments: [],
    oldTasks: [],
    ownership: null,
    deploymentId: null,
    serviceDeploymentArn: null,
    emptyLooksAtMs: [],
    progress: null,
    settledAtMs: null,
    endedAtMs: null,
    stop: null,
    supersededBy: null,
    proof: null,
    failure: null,
    setAside: null,
  };
}
