// The most extra vCPU that a wave can need at once.
// Invariant: never too small. Exact with at most one mutex tag; with several, the least of what each of them alone allows.

import type { PlanOptions } from "../model/plan";
import type { Candidate } from "./candidate";

export function peakVcpu(
  candidates: readonly Pick<Candidate, "service" | "surge">[],
  { inFlightMax, mutexTags = [] }: Pick<PlanOptions, "inFlightMax" | "mutexTags">,
): number {
  const all = candidates.map(({ surge }) => surge.vcpu);
  const peaks = mutexTags.map((tag) => greatest(oneOfEach(candidates, tag), inFlightMax));
  return Math.min(greatest(all, inFlightMax), ...peaks);
}

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
