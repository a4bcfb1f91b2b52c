// The most extra vCPU that a wave can need at once: of what is in flight, and of what has ended well and still drains.
// Invariant: never too small as long as services take the times that are expected of them. With several mutex tags, the least of what
// each of them alone allows.

import type { PlanOptions } from "../model/plan";
import type { Candidate } from "./candidate";

export function peakVcpu(
  candidates: readonly Pick<Candidate, "service" | "surge" | "estimate">[],
  { inFlightMax, mutexTags = [] }: Pick<PlanOptions, "inFlightMax" | "mutexTags">,
): number {
  const all = candidates.map(({ surge }) => surge.vcpu);
  const atOnceMax = withRoomMax(
    candidates.map(({ estimate }) => estimate),
    inFlightMax,
  );
  const peaks = mutexTags.map((tag) => greatest(oneOfEach(candidates, tag), atOnceMax));
  return Math.min(greatest(all, atOnceMax), ...peaks);
}

/** Services that hold room at once: while the longest drain lasts, each place in flight passes through so many of the quickest. */
export function withRoomMax(estimates: readonly Estimate[], inFlightMax: number): number {
  const drainMs = Math.max(0, ...estimates.map(({ toSuccessMs, toCapacityFreeMs }) => toCapacityFreeMs - toSuccessMs));
  const quickestMs = Math.min(...estimates.map(({ toSuccessMs }) => toSuccessMs));
  if (estimates.length === 0 || quickestMs <= 0) return estimates.length;
  return Math.min(estimates.length, inFlightMax * (1 + Math.ceil(drainMs / quickestMs)));
}

type Estimate = Pick<Candidate["estimate"], "toSuccessMs" | "toCapacityFreeMs">;

/** Of services with the same value of the tag only the greatest counts: the others wait for it. */
function oneOfEach(candidates: readonly Pick<Candidate, "service" | "surge">[], tag: string): readonly number[] {
  const free = candidates.filter(({ service }) => !Object.hasOwn(service.tags, tag)).map(({ surge }) => surge.vcpu);
  const groups = new Map<string, number>();
  for (const { service, surge } of candidates) {
    if (!Object.hasOwn(service.tags, tag)) continue;
    const value = service.tags[tag] ?? "";
    groups.set(value, Math.max(groups.get(value) ?? 0, surge.vcpu));
  }
  return [...free, ...groups.values()];
}

function greatest(amounts: readonly number[], count: number): number {
  return amounts
    .toSorted((a, b) => b - a)
    .slice(0, count)
    .reduce((sum, vcpu) => sum + vcpu, 0);
}
