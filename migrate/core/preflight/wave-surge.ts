// What the planned services need beyond what runs now, wave by wave, reckoned on what they are now.
// Invariant: never too small for what was seen; a task whose size was not seen counts as 0 vCPU and is told.

import type { CapacityKind } from "../plan/capacity";
import { peakVcpu, withRoomMax } from "../plan/peak-vcpu";
import type { PreflightFacts, ServiceNow } from "./facts";

export interface WavePeak {
  readonly wave: number;
  readonly amount: number;
}

/** The most vCPU of one kind that a wave can need at once, and the wave. */
export function peakVcpuOf(facts: PreflightFacts, kind: CapacityKind, services: readonly ServiceNow[]): WavePeak {
  const ofKind = services.filter(({ kinds }) => kinds.includes(kind));
  return greatestWave(facts, (wave) => {
    const candidates = ofKind.filter(({ planned }) => planned.wave === wave);
    return peakVcpu(
      candidates.map((one) => ({ ...one, estimate: one.planned.estimate })),
      facts.plan.options,
    );
  });
}

/** The most tasks that a wave can have on their way at once beyond those that run now, of the given services. */
export function peakTasksOf(facts: PreflightFacts, services: readonly ServiceNow[]): WavePeak {
  return greatestWave(facts, (wave) => {
    const own = services.filter(({ planned }) => planned.wave === wave);
    const estimates = own.map(({ planned }) => planned.estimate);
    return own
      .map(({ surge }) => surge.tasks)
      .toSorted((a, b) => b - a)
      .slice(0, withRoomMax(estimates, facts.plan.options.inFlightMax))
      .reduce((sum, tasks) => sum + tasks, 0);
  });
}

function greatestWave({ plan }: PreflightFacts, amountOf: (wave: number) => number): WavePeak {
  const peaks = plan.waves.map(({ number }) => ({ wave: number, amount: amountOf(number) }));
  return peaks.reduce((most, one) => (one.amount > most.amount ? one : most), { wave: 1, amount: 0 });
}
