// How long a wave takes: what to expect, and what no schedule can beat.
//
// The bound is of schedules, not of services: no order of admissions is sooner over when each service takes the time given here.
// A plan gives estimates, so a world that is quicker than they are beats the bound of a plan, and pages say so beside it. A report
// gives the times that the services took (`measured-bound.ts`), and that bound no run beats.
//
// Invariants
//   expected >= lower bound, for every wave
//   both know only what this version plans with: how many services may be in flight, which exclude each other, UpdateService's
//   bucket and Fargate's launches
//   what is not known makes the bound lower, never higher: a service that may launch as either kind counts against both buckets

import { bucketOf, FARGATE_LAUNCH } from "../../../domain/api-quotas";
import type { CapacityKind } from "./capacity";

export interface TimedService {
  /** Tasks that it launches. */
  readonly launches: number;
  /** Where it launches them; both when either may be. */
  readonly capacity: readonly CapacityKind[];
  /** From UpdateService, or the intent to send it, to the end of its last drain. */
  readonly durationMs: number;
  /** Keys of its mutexes: services that share one never roll together. */
  readonly mutexes?: readonly string[];
}

/** Longest first onto whatever place comes free first: how a run admits services. */
export function expectedWaveMs(services: readonly TimedService[], inFlightMax: number): number {
  const lastEndMs = services.some(isExclusive)
    ? exclusiveEndMs(services, inFlightMax)
    : freeEndMs(services, inFlightMax);
  return Math.max(waveLowerBoundMs(services, inFlightMax), lastEndMs);
}

function freeEndMs(services: readonly TimedService[], inFlightMax: number): number {
  const freeAtMs: number[] = new Array<number>(Math.min(Math.max(1, inFlightMax), services.length)).fill(0);
  for (const durationMs of services.map((service) => service.durationMs).toSorted((a, b) => b - a)) {
    const place = freeAtMs.indexOf(Math.min(...freeAtMs));
    freeAtMs[place] = (freeAtMs[place] ?? 0) + durationMs;
  }
  return Math.max(0, ...freeAtMs);
}

/** The same where some wait for each other: whenever a service ends, the longest that nothing holds back takes its place. */
function exclusiveEndMs(services: readonly TimedService[], inFlightMax: number): number {
  let waiting = services.toSorted((a, b) => b.durationMs - a.durationMs);
  let rolling: readonly Rolling[] = [];
  let nowMs = 0;
  // Each turn ends one service at least, so as many turns as there are services suffice.
  for (let turn = 0; turn <= services.length; turn += 1) {
    const begun = whatBegins(waiting, rolling, Math.max(1, inFlightMax));
    waiting = waiting.filter((one) => !begun.has(one));
    rolling = [...rolling, ...[...begun].map((one) => ({ ...one, endMs: nowMs + one.durationMs }))];
    if (rolling.length === 0) break;
    nowMs = Math.min(...rolling.map(({ endMs }) => endMs));
    rolling = rolling.filter(({ endMs }) => endMs > nowMs);
  }
  return nowMs;
}

interface Rolling extends TimedService {
  readonly endMs: number;
}

function whatBegins(
  waiting: readonly TimedService[],
  rolling: readonly Rolling[],
  places: number,
): ReadonlySet<TimedService> {
  const held = new Set(rolling.flatMap(({ mutexes = [] }) => mutexes));
  const begun = new Set<TimedService>();
  for (const one of waiting) {
    if (rolling.length + begun.size >= places) break;
    const { mutexes = [] } = one;
    if (mutexes.some((key) => held.has(key))) continue;
    begun.add(one);
    for (const key of mutexes) held.add(key);
  }
  return begun;
}

function isExclusive({ mutexes = [] }: TimedService): boolean {
  return mutexes.length > 0;
}

/**
 * The greatest of: the longest service, the work spread over all places, the work of those that exclude each other, the pace of
 * UpdateService, the pace of launches.
 */
export function waveLowerBoundMs(services: readonly TimedService[], inFlightMax: number): number {
  if (services.length === 0) return 0;
  const durations = services.map((service) => service.durationMs);
  const work = durations.reduce((sum, ms) => sum + ms, 0) / Math.max(1, inFlightMax);
  const paces = [updatePaceMs(durations), launchPaceMs(services)];
  return Math.ceil(Math.max(...durations, work, oneByOneMs(services), ...paces));
}

/** Services that share a mutex go one after the other, whatever else there is. */
function oneByOneMs(services: readonly TimedService[]): number {
  const sums = new Map<string, number>();
  for (const { mutexes = [], durationMs } of services)
    for (const key of mutexes) sums.set(key, (sums.get(key) ?? 0) + durationMs);
  return Math.max(0, ...sums.values());
}

/**
 * The last UpdateService cannot be sent earlier than the bucket lets it; its service then still needs its time. A measured time
 * begins with the intent, which is written when the call before it is answered: so the last call's own wait is not counted.
 */
function updatePaceMs(durations: readonly number[]): number {
  const bucket = bucketOf("ecs", "UpdateService");
  if (bucket === null) return 0;
  return (Math.max(0, durations.length - 1 - bucket.burst) / bucket.perSecond) * 1000 + Math.min(...durations);
}

/** On-Demand and Spot have a bucket each: what is known to need one waits for that one, and all of it for both together. */
function launchPaceMs(services: readonly TimedService[]): number {
  const kinds = [...new Set(services.flatMap(({ capacity }) => capacity))];
  const only = kinds.map((kind) => services.filter(({ capacity }) => capacity.every((one) => one === kind)));
  return Math.max(bucketsMs(services, kinds.length), ...only.map((of) => bucketsMs(of, 1)));
}

function bucketsMs(services: readonly TimedService[], buckets: number): number {
  const total = services.reduce((sum, { launches }) => sum + launches, 0);
  const { burst, perSecond } = FARGATE_LAUNCH.usual;
  return (Math.max(0, total - buckets * burst) / (Math.max(1, buckets) * perSecond)) * 1000;
}
