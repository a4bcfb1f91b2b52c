// Decisions that follow from what is known, without a call: the run halts, a service is past its time or was waited for in vain.

import { LIMITS } from "../limits";
import type { JournalEvent } from "../model/journal-event";
import type { ServiceVerdict } from "../model/verdict";
import { shortageWords } from "../schedule/shortage";
import { waitsInVain } from "../schedule/waits-in-vain";
import { turnOf } from "./admissions";
import { isDecided } from "./apply-event";
import { stuckOnKeys } from "./key-holds";
import { countsAsFailure } from "./key-trouble";
import { deadlineAtMs } from "./look-schedule";
import type { Moment } from "./moment";
import type { RunState, ServiceRun } from "./run-state";
import { inPhase, isHeld, isReached, type Pair, pairs } from "./service-pairs";

export function haltDecision(moment: Moment): JournalEvent | null {
  const { state } = moment;
  if (state.status !== "running") return null;
  const reason = overBudget(state) ?? placesLost(state) ?? stuckOnKeys(moment);
  return reason === null ? null : { kind: "halted", reason };
}

function overBudget(state: RunState): string | null {
  const { plan, waves } = state;
  const failed = pairs(state).flatMap(({ run, planned }) => (countsAsFailure(state, run) ? [planned] : []));
  const { failuresMax, waveFailuresMax } = plan.options;
  if (failed.length > failuresMax) return `${failed.length} services failed and ${failuresMax} are allowed`;
  if (waveFailuresMax === undefined) return null;
  const worst = waves
    .map(({ number }) => ({ number, count: failed.filter(({ wave }) => wave === number).length }))
    .find(({ count }) => count > waveFailuresMax);
  return worst === undefined
    ? null
    : `${worst.count} services of wave ${worst.number} failed and ${waveFailuresMax} a wave are allowed`;
}

function placesLost(state: RunState): string | null {
  const overdue = inPhase(state, "overdue").length;
  if (overdue < state.plan.options.inFlightMax || inPhase(state, "queued").length === 0) return null;
  return `${overdue} services are past their time and hold every place in flight`;
}

export function serviceDecision({ state, agenda, nowMs }: Moment, { run, planned }: Pair): JournalEvent | null {
  const watched = run.phase === "deploying" || run.phase === "settling" || run.phase === "superseded";
  // It may have ended well while this program was away, so it is late only when a look after its deadline shows it to be.
  const lookedAtMs = agenda.lastLookAtMs.get(run.arn) ?? 0;
  if (watched && lookedAtMs > Math.max(deadlineAtMs(run, planned), proofDueAtMs(run)))
    return { kind: "overdue", service: run.arn, afterMs: nowMs - (run.intendedAtMs ?? nowMs) };
  if (run.phase === "queued" && run.attempts >= LIMITS.attemptsMax)
    return setAside(run, "refused", `${run.attempts} attempts did not reach AWS`, "scan, plan and run again");
  const deferred = agenda.deferred.get(run.arn);
  const waits = run.phase === "queued" || run.phase === "indoubt";
  const patienceMs = Math.max(LIMITS.inFlightWaitMaxMs, 2 * planned.estimate.toSuccessMs);
  if (waits && deferred !== undefined && deferred.lastMs - deferred.sinceMs >= patienceMs)
    return setAside(
      run,
      deferred.class,
      `waited in vain: ${deferred.reason}`,
      "scan and plan again when that has ended",
    );
  if (run.phase === "overdue" && state.swept !== null) return overdueDecision(run, state.swept.proofs);
  return null;
}

/** Who has drained waits for others to be proved with: that is not its own lateness. */
function proofDueAtMs({ drainedAtMs }: ServiceRun): number {
  return drainedAtMs === null ? 0 : drainedAtMs + 2 * LIMITS.proofWaitMaxMs;
}

/** The final sweep decides: proved when the deployment that we follow had ended well and only its drain took so long. */
function overdueDecision(run: ServiceRun, proofs: readonly ServiceVerdict[]): JournalEvent {
  const proof = proofs.find(({ serviceArn }) => serviceArn === run.arn);
  const ended = run.settledAtMs !== null || run.supersededBy !== null;
  if (ended && proof?.verdict === "pass") return { kind: "verified", service: run.arn, proof };
  const seen = ended && proof !== undefined ? proof.reason : "its deployment is still under way and was left so";
  return {
    kind: "failed",
    service: run.arn,
    failure: {
      reason: `not proved by the end of the run: ${seen}`,
      rolledBack: false,
      taskReason: run.progress?.startFailure ?? null,
      taskArn: run.progress?.failedTaskArn ?? null,
      remedy: "look at the service's events for what holds it up, then scan, plan and run again",
    },
  };
}

function setAside(run: ServiceRun, className: string, reason: string, remedy: string): JournalEvent {
  return { kind: "set-aside", service: run.arn, class: className, reason, remedy };
}

/**
 * When all that is left of a wave waits for services past their time, it is set aside: those hold what they hold until the final
 * sweep, which comes after the last wave. What waits for a key is neither here nor there: it waits for that.
 */
export function waitInVain(moment: Moment): readonly JournalEvent[] {
  const { state } = moment;
  if (state.status !== "running" || inPhase(state, "overdue").length === 0) return [];
  const waitsForKey = ({ run, planned }: Pair) => run.phase === "queued" && isHeld(state, planned);
  const left = pairs(state).filter(
    (pair) =>
      isReached(state, pair.planned) && !isDecided(pair.run) && pair.run.phase !== "overdue" && !waitsForKey(pair),
  );
  const waiting = left.every(({ run }) => run.phase === "queued") ? waitsInVain(turnOf(moment)) : [];
  if (waiting.length === 0 || waiting.length < left.length) return [];
  return waiting.map(({ planned, for: shortage }) => ({
    kind: "set-aside",
    service: planned.arn,
    class: "held-back",
    reason: `it ${shortageWords(shortage)}, and services past their time hold that to the end of the run`,
    remedy: "scan, plan and run again when those have ended",
  }));
}
