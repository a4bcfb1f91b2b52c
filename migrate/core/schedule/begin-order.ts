// In which order services begin: the longest first, for what is long and begins late ends last; and side by side those of one cluster,
// for most of AWS's calls on services and tasks take one cluster each.
//
// Lengths are estimates, and of two of about the same length it does not matter which begins first. So services are grouped into
// classes by length, narrow ones for what is long beside the whole of its wave and wide ones for the rest. In a class those of a cluster
// go together, as many as one call shows, and clusters take turns: what is on its way is spread over several, so that none has all of it.
//
// Invariant: the same ranks for the same services, whatever the order of the list.

import { groupBy } from "../group-by";
import { LIMITS } from "../limits";
import type { PlannedService } from "../model/plan";
import { compareText } from "../plan/fleet-index";

/** In a class, the longest estimate is at most this many times the shortest. */
const CLASS_FACTORS = { long: 1.3, short: 3 } as const;
/** Of the time that its wave's deployments take when they are spread over all places in flight. */
const LONG_SHARE = 0.4;

/** Rank by ARN, 0 for who begins first. Ranks of one wave tell nothing about another. */
export function beginOrder(services: readonly PlannedService[], inFlightMax: number): ReadonlyMap<string, number> {
  const waves = [...groupBy(services, ({ wave }) => wave)].toSorted(([a], [b]) => a - b);
  const inOrder = waves.flatMap(([, wave]) => waveInOrder(wave, inFlightMax));
  return new Map(inOrder.map(({ arn }, rank) => [arn, rank]));
}

function waveInOrder(wave: readonly PlannedService[], inFlightMax: number): readonly PlannedService[] {
  const workMs = wave.reduce((sum, { estimate }) => sum + estimate.toSuccessMs, 0) / Math.max(1, inFlightMax);
  const isLong = (planned: PlannedService) => lengthOf(planned) >= LONG_SHARE * workMs;
  const [long, short] = [wave.filter(isLong), wave.filter((planned) => !isLong(planned))];
  return [...classesInOrder(long, CLASS_FACTORS.long), ...classesInOrder(short, CLASS_FACTORS.short)];
}

function classesInOrder(services: readonly PlannedService[], factor: number): readonly PlannedService[] {
  const classOf = (planned: PlannedService) => Math.floor(Math.log(Math.max(1, lengthOf(planned))) / Math.log(factor));
  return [...groupBy(services, classOf)].toSorted(([a], [b]) => b - a).flatMap(([, some]) => clustersInTurn(some));
}

function clustersInTurn(services: readonly PlannedService[]): readonly PlannedService[] {
  const clusters = [...groupBy(services, ({ clusterArn }) => clusterArn)]
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([, own]) => own.toSorted(longestFirst));
  const turns = Math.ceil(Math.max(0, ...clusters.map((own) => own.length)) / LIMITS.admissionBatchMax);
  return Array.from({ length: turns }, (_, turn) => turn * LIMITS.admissionBatchMax).flatMap((from) =>
    clusters.flatMap((own) => own.slice(from, from + LIMITS.admissionBatchMax)),
  );
}

function longestFirst(a: PlannedService, b: PlannedService): number {
  return lengthOf(b) - lengthOf(a) || compareText(a.arn, b.arn);
}

function lengthOf({ estimate }: PlannedService): number {
  return estimate.toCapacityFreeMs;
}
