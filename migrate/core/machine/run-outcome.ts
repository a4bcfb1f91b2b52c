// How a run ended: proved only when every planned service was proved in the run and again by the final sweep.

import type { RunOutcome } from "../model/journal-event";
import type { RunState } from "./run-state";

export function runOutcome(state: RunState): RunOutcome {
  if (state.status === "aborting") return "aborted";
  const swept = new Map(state.swept?.proofs.map((proof) => [proof.serviceArn, proof.verdict]) ?? []);
  const proved = [...state.services.values()].every((run) => run.phase === "verified" && swept.get(run.arn) === "pass");
  return proved ? "proved" : "failed-or-unproved";
}
