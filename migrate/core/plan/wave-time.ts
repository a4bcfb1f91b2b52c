// How long a wave takes: what to expect, and what no schedule can beat.
//
// The bound is of schedules, not of services: no order of admissions is sooner over when each service takes the time given here.
// A plan expects by estimates, and its bound gives each service the shortest time that is documented (`shortest-time.ts`), which no
// world beats. A report gives the times that the services took (`measured-bound.ts`), and that bound no schedule beats.
//
// Invariants
//   expected >= lower bound, for every wave
//   both know only what this version plans with: how many services may be in flight, the free vCPU, which services exclude each
//   other, UpdateService's bucket and Fargate's launches
//   what is not known makes the bound lower, never higher: a service that may launch as either kind counts against both buckets of
//   launches together, and against the vCPU of neither

import { bucketOf, FARGATE_LAUNCH } from "../../../domain/api-quotas";
import type { PlanTotals } from "../model/plan";
import { waveEndMs } from "../schedule/wave-end";
import type { CapacityKind } from "./capacity";

export interface TimedService {
  /** Tasks that it launches. */
  readonly launches: number;
  /** Where it launches them; both when either may be. */
  readonly capacity: readonly CapacityKind[];
  /** From UpdateService, or the intent to send it, to the end of its last drain. */
  readonly durationMs: number;
  /** Of that time, how long it is in flight: until its deployment has ended well. All of it when left out. */
  readonly placeMs?: number;
  /** That it holds beyond what runs now, for all of its time; left out where that is not reckoned with. */
  readonly vcpu?: number;
  /** Keys of its mutexes: services that share one never roll together. */
  readonly mutexes?: readonly string[];
}

/** What a wave has to do with. */
export interface WaveRoom {
  readonly inFlightMax: number;
  /** Of each kind; null or left out where it was not seen, and then it limits nothing. */
  readonly freeVcpu?: PlanTotals["freeVcpu"];
}

/** By the rule that a run admits services by. */
export function expectedWaveMs(services: readonly TimedService[], room: WaveRoom): number {
  return Math.max(waveLowerBoundMs(services, room), waveEndMs(services, room));
}

/**
 * The greatest of: the longest service, the work spread over all places, the work spread over the free vCPU, the work of those that
 * exclude each other, the pace of UpdateService, the pace of launches.
 */
export function waveLowerBoundMs(services: readonly TimedService[], room: WaveRoom): number {
  if (services.length === 0) return 0;
  const durations = services.map((service) => service.durationMs);
  const places = services.reduce((sum, { durationMs, placeMs = durationMs }) => sum + placeMs, 0);
  const work = places / Math.max(1, room.inFlightMax);
  const spread = [work, vcpuWorkMs(services, room), oneByOneMs(services)];
  const paces = [updatePaceMs(durations), launchPaceMs(services)];
  return Math.ceil(Math.max(...durations, ...spread, ...paces) - ROUNDING_MS);
}

/** What sums of fractions may be off by: a bound that is too high by that much would be none. */
const ROUNDING_MS = 1e-3;

/** Each service has its share of the free vCPU for all of its time: all of them when it needs more. */
function vcpuWorkMs(services: readonly TimedService[], { freeVcpu }: WaveRoom): number {
  const works = (["onDemand", "spot"] as const).map((kind) => {
    const free = freeVcpu?.[kind] ?? null;
    if (free === null) return 0;
    const bound = services.filter(({ capacity, vcpu = 0 }) => vcpu > 0 && capacity.every((one) => one === kind));
    return bound.reduce((sum, { vcpu = 0, durationMs }) => sum + (vcpu > free ? 1 : vcpu / free) * durationMs, 0);
  });
  return Math.max(...works);
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
