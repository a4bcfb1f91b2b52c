// Whether start failures point at a key rather than at a service. AWS documents no text for them, so a failure that names KMS
// counts at once, and failures that name nothing known count when several services of one key have them.

import { LIMITS } from "../limits";
import type { RunState, ServiceRun } from "./run-state";

/** The key in trouble and why, or null. What an operator forgave by resuming a halted run does not count. */
export function keyTrouble(state: RunState): { readonly keyArn: string; readonly reason: string } | null {
  const unexplained = new Map<string, number>();
  for (const planned of state.plan.services) {
    const run = state.services.get(planned.arn);
    const failure = run === undefined || state.forgiven.has(run.arn) ? null : startFailureOf(run);
    if (failure === null) continue;
    if (namesKms(failure)) return { keyArn: planned.targetKeyArn, reason: `${planned.name}: ${failure}` };
    if (!isUnexplained(failure)) continue;
    const count = (unexplained.get(planned.targetKeyArn) ?? 0) + 1;
    unexplained.set(planned.targetKeyArn, count);
    if (count >= LIMITS.keyTroubleServices)
      return { keyArn: planned.targetKeyArn, reason: `${count} services of it cannot start tasks: ${failure}` };
  }
  return null;
}

export function namesKms(text: string): boolean {
  return /kms|encrypt|\bgrants?\b|data ?key/i.test(text);
}

function isUnexplained(text: string): boolean {
  const known = /pull|image|secret|parameter|log|network|eni|subnet|capacity|exited|health|memory|volume|exec format/i;
  return !known.test(text);
}

function startFailureOf(run: ServiceRun): string | null {
  return run.failure?.taskReason ?? (run.phase === "deploying" ? (run.progress?.startFailure ?? null) : null);
}
