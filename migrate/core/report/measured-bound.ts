// The staged lower bound once more, with the times that services really took: what no schedule could have beaten in that run.
//
// Invariants
//   of no wave is it more than the wave took, and in all never more than the run took
//   only services of which AWS named our deployment count, and of their time what lies in their wave: what is left out makes the
//   bound lower, never untrue
//   a soak counts for as long as the next wave waited for it: a run that was aborted or halted waits for none

import type { Fleet } from "../../../domain/fleet";
import type { RunState, ServiceRun, WaveRun } from "../machine/run-state";
import type { Plan } from "../model/plan";
import { capacityKindsOf } from "../plan/capacity";
import { FleetIndex } from "../plan/fleet-index";
import { mutexKey } from "../plan/mutex";
import { type TimedService, waveLowerBoundMs } from "../plan/wave-time";

export interface MeasuredQuestion {
  /** The fleet that the plan was made of. */
  readonly fleet: Fleet;
  readonly plan: Plan;
  readonly state: RunState;
}

export interface MeasuredWave {
  readonly number: number;
  readonly boundMs: number;
  /** From its opening to its closing, or to the end of a run that ended before that. */
  readonly tookMs: number;
  /** That the next wave waited for. */
  readonly soakMs: number;
}

/** Null before the run has ended. */
export function measuredBoundMs(question: MeasuredQuestion): number | null {
  if (question.state.endedAtMs === null) return null;
  return measuredWaves(question).reduce((sum, { boundMs, soakMs }) => sum + boundMs + soakMs, 0);
}

/** Of the waves that were opened, those whose end is known. */
export function measuredWaves({ fleet, plan, state }: MeasuredQuestion): readonly MeasuredWave[] {
  const timeOf = timesIn({ fleet, plan, state });
  return plan.waves.flatMap(({ number, services, soakMs }) => {
    const span = spanOf(state, number);
    if (span === null) return [];
    const timed = services.flatMap((arn) => timeOf(arn, span) ?? []);
    const boundMs = waveLowerBoundMs(timed, { inFlightMax: plan.options.inFlightMax, freeVcpu: plan.totals.freeVcpu });
    return [{ number, boundMs, tookMs: span.untilMs - span.fromMs, soakMs: soakOf(state, number, soakMs) }];
  });
}

interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

function spanOf(state: RunState, number: number): Span | null {
  const fromMs = waveOf(state, number)?.openedAtMs ?? null;
  const untilMs = waveOf(state, number)?.closedAtMs ?? state.endedAtMs;
  return fromMs === null || untilMs === null ? null : { fromMs, untilMs };
}

function soakOf(state: RunState, number: number, plannedMs: number): number {
  const closedAtMs = waveOf(state, number)?.closedAtMs ?? null;
  const nextAtMs = waveOf(state, number + 1)?.openedAtMs ?? null;
  return closedAtMs === null || nextAtMs === null ? 0 : Math.min(plannedMs, nextAtMs - closedAtMs);
}

function waveOf({ waves }: RunState, number: number): WaveRun | undefined {
  return waves.find((wave) => wave.number === number);
}

/** A service past its time closes its wave and is decided after it: what lies behind the wave's end is no part of the wave. */
function timesIn({ fleet, plan, state }: MeasuredQuestion): (arn: string, span: Span) => TimedService | null {
  const index = new FleetIndex(fleet);
  const services = new Map(fleet.services.map((service) => [service.arn, service]));
  const planned = new Map(plan.services.map((one) => [one.arn, one]));
  return (arn, { untilMs }) => {
    const run = state.services.get(arn);
    const service = services.get(arn);
    if (run?.ownership !== "ours" || run.intendedAtMs === null || service === undefined) return null;
    const { intendedAtMs } = run;
    const within = (atMs: number) => Math.max(0, Math.min(atMs, untilMs) - intendedAtMs);
    const drainedAtMs = run.drainedAtMs ?? run.endedAtMs ?? untilMs;
    return {
      launches: launchesOf(run),
      capacity: capacityKindsOf(service, index.cluster(service.clusterArn)),
      durationMs: within(drainedAtMs),
      placeMs: within(run.settledAtMs ?? drainedAtMs),
      vcpu: planned.get(arn)?.surgeVcpu ?? 0,
      mutexes: (planned.get(arn)?.mutexes ?? []).map(mutexKey),
    };
  };
}

/** Of our deployment's tasks those that its proof names, and no other: autoscaling may have moved the count since the scan. */
function launchesOf({ proof, deploymentId }: ServiceRun): number {
  return (proof?.tasks ?? []).filter(({ startedBy, startedAt }) => startedBy === deploymentId && startedAt !== null)
    .length;
}
