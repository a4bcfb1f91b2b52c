// The failed services of a run against what its plan allows.
// Invariant: counted as the run counts them: what an operator accepted, or what a key's fault gets a second try for, is not in it.

import { isKeysFault } from "../machine/key-trouble";
import type { RunState } from "../machine/run-state";

export interface FailuresCounted {
  readonly failed: number;
  readonly max: number;
}

export function failuresCounted({ services, forgiven, plan }: RunState): FailuresCounted {
  const counts = [...services.values()].filter(
    (run) => run.phase === "failed" && !forgiven.has(run.arn) && !(isKeysFault(run) && run.requeues === 0),
  );
  return { failed: counts.length, max: plan.options.failuresMax };
}
