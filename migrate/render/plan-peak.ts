// The most extra vCPU that a plan could use at once, beside what the account has free.
// On-Demand and Spot have quotas of their own, so they are told apart where a plan uses both.

import type { PlanTotals } from "../core/model/plan";
import { vcpu } from "./units";

/** `peak 28.0 of 120 free vCPU`; without `free` where that was not seen. */
export function peakWords({ peakExtraVcpu, peakVcpu, freeVcpu }: PlanTotals): string {
  if (peakVcpu.spot === 0) return `peak ${beside(peakExtraVcpu, freeVcpu.onDemand)}`;
  if (peakVcpu.onDemand === 0) return `peak ${beside(peakExtraVcpu, freeVcpu.spot, "Spot ")}`;
  return `peak ${beside(peakVcpu.onDemand, freeVcpu.onDemand, "On-Demand ")} and ${beside(peakVcpu.spot, freeVcpu.spot, "Spot ")}`;
}

/** One for each kind of which the plan could use more than there is. */
export function peakWarnings({ peakVcpu, freeVcpu }: PlanTotals): readonly string[] {
  const kinds = [
    ["On-Demand", peakVcpu.onDemand, freeVcpu.onDemand],
    ["Spot", peakVcpu.spot, freeVcpu.spot],
  ] as const;
  return kinds.flatMap(([name, peak, free]) => {
    if (free === null || peak <= free) return [];
    return `The plan could use ${vcpu(peak)} vCPU more of Fargate ${name} at once, and ${rounded(free)} are free. The run keeps within them and takes longer; a higher quota makes it quicker.`;
  });
}

function beside(peak: number, free: number | null, kind = ""): string {
  return free === null ? `${vcpu(peak)} extra ${kind}vCPU` : `${vcpu(peak)} of ${rounded(free)} free ${kind}vCPU`;
}

/** Rounded down to one decimal, so that room never looks greater than it is. */
function rounded(free: number): string {
  return String(Math.floor(free * 10) / 10);
}
