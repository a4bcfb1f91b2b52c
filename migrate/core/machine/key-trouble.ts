// Whether start failures point at a key rather than at a service. AWS documents no text for them, so a failure that names KMS
// counts at once, and failures that name nothing known count when several services of one key have them.

import { LIMITS } from "../limits";
import type { RunState, ServiceRun } from "./run-state";

export interface KeyTrouble {
  readonly keyArn: string;
  readonly reason: string;
}

/**
 * The keys in trouble and why, each once. What was seen before a key was last released does not count, nor what an operator forgave
 * by resuming a halted run.
 */
export function keyTroubles(state: RunState): readonly KeyTrouble[] {
  const troubles = new Map<string, string>();
  const unexplained = new Map<string, number>();
  for (const { arn, name, clusterArn, targetKeyArn: keyArn } of state.plan.services) {
    const run = state.services.get(arn);
    const isPast = (run?.failureSeenAtMs ?? run?.endedAtMs ?? 0) <= (state.targets.get(clusterArn)?.releasedAtMs ?? -1);
    const failure = run === undefined || isPast || state.forgiven.has(arn) ? null : startFailureOf(run);
    if (failure === null || troubles.has(keyArn)) continue;
    if (namesKms(failure)) troubles.set(keyArn, `${name}: ${failure}`);
    if (namesKms(failure) || !isUnexplained(failure)) continue;
    const count = (unexplained.get(keyArn) ?? 0) + 1;
    unexplained.set(keyArn, count);
    if (count >= LIMITS.keyTroubleServices)
      troubles.set(keyArn, `${count} services of it cannot start tasks: ${failure}`);
  }
  return [...troubles].map(([keyArn, reason]) => ({ keyArn, reason }));
}

export function namesKms(text: string): boolean {
  return /kms|encrypt|\bgrants?\b|data ?key/i.test(text);
}

/** Why a deployment of ours is rolled back that did nothing wrong itself; its service may have another try once the key is right. */
export const KEY_STOP_REASON = "Fargate cannot use its key";

/** Whether a service failed by its key's fault and not its own. */
export function isKeysFault({ phase, failure, stop }: ServiceRun): boolean {
  if (phase !== "failed") return false;
  return namesKms(failure?.taskReason ?? "") || stop?.why === KEY_STOP_REASON;
}

/** Whether a failed service may come again, once its key is right. */
export function hasSecondTry(run: ServiceRun): boolean {
  return isKeysFault(run) && run.requeues === 0;
}

/** Whether it is a failure that a budget pays for: neither accepted by an operator nor to be tried a second time. */
export function countsAsFailure({ forgiven }: Pick<RunState, "forgiven">, run: ServiceRun): boolean {
  return run.phase === "failed" && !forgiven.has(run.arn) && !hasSecondTry(run);
}

function isUnexplained(text: string): boolean {
  const known = /pull|image|secret|parameter|log|network|eni|subnet|capacity|exited|health|memory|volume|exec format/i;
  return !known.test(text);
}

function startFailureOf(run: ServiceRun): string | null {
  return run.failure?.taskReason ?? (run.phase === "deploying" ? (run.progress?.startFailure ?? null) : null);
}
