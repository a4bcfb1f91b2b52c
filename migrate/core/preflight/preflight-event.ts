// What the journal keeps of a preflight: which questions, with which answers, and what was accepted why.
// Invariant: nothing of the account but counts; the whole stands in preflight.json of the run directory.

import type { JournalEvent } from "../model/journal-event";
import type { Preflight } from "../model/preflight";

export function preflightEvent({ asOf, answers }: Preflight): JournalEvent {
  const journaled = answers.map(({ id, level, verdict, findings, accepted }) => ({
    id,
    level,
    verdict,
    findings: findings.length,
    accepted,
  }));
  return { kind: "preflight", asOf, answers: journaled };
}

/** Whether a run must still be asked: nothing was opened or sent yet, and no answers are journaled. */
export function isPreflightDue(events: readonly JournalEvent[]): boolean {
  return events.every(({ kind }) => BEFORE_EFFECTS.includes(kind));
}

const BEFORE_EFFECTS: readonly JournalEvent["kind"][] = ["run-started", "run-resumed", "paused", "control"];
