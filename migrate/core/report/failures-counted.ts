// The failed services of a run against what its plan allows.
// Invariant: counted as the run counts them: what an operator accepted, or what a key's fault gets a second try for, is not in it.

import { countsAsFailure } from "../machine/key-trouble";
import type { RunState } from "../machine/run-state";

export interface FailuresCounted {
  readonly failed: number;
  readonly max: number;
}

export function failuresCounted(state: RunState): FailuresCounted {
  const failed = [...state.services.values()].filter((run) => countsAsFailure(state, run)).length;
  return { failed, max: state.plan.options.failuresMax };
}
