// How long a wave takes: what to expect, and what no schedule can beat.
//
// Invariants
//   expected >= lower bound, for every wave
//   both know only what this version plans with: how many services may be in flight, UpdateService's bucket and Fargate's launches

import { bucketOf, FARGATE_LAUNCH } from "../../../domain/api-quotas";

export interface TimedService {
  readonly desiredCount: number;
  readonly durationMs: number;
}

/** Longest first onto whatever place comes free first: how a run admits services. */
export function expectedWaveMs(services: readonly TimedService[], inFlightMax: number): number {
  const freeAtMs: number[] = new Array<number>(Math.min(Math.max(1, inFlightMax), services.length)).fill(0);
  for (const durationMs of services.map((service) => service.durationMs).toSorted((a, b) => b - a)) {
    const place = freeAtMs.indexOf(Math.min(...freeAtMs));
    freeAtMs[place] = (freeAtMs[place] ?? 0) + durationMs;
  }
  return Math.max(waveLowerBoundMs(services, inFlightMax), ...freeAtMs);
}

/** The greatest of: the longest service, the work spread over all places, the pace of UpdateService, the pace of launches. */
export function waveLowerBoundMs(services: readonly TimedService[], inFlightMax: number): number {
  if (services.length === 0) return 0;
  const durations = services.map((service) => service.durationMs);
  const work = durations.reduce((sum, ms) => sum + ms, 0) / Math.max(1, inFlightMax);
  return Math.ceil(Math.max(...durations, work, updatePaceMs(durations), launchPaceMs(services)));
}

/** The last UpdateService cannot be sent earlier than the bucket lets it; its service then still needs its time. */
function updatePaceMs(durations: readonly number[]): number {
  const bucket = bucketOf("ecs", "UpdateService");
  if (bucket === null) return 0;
  return (Math.max(0, durations.length - bucket.burst) / bucket.perSecond) * 1000 + Math.min(...durations);
}

function launchPaceMs(services: readonly TimedService[]): number {
  const launches = services.reduce((sum, service) => sum + service.desiredCount, 0);
  const { burst, perSecond } = FARGATE_LAUNCH.usual;
  return (Math.max(0, launches - burst) / perSecond) * 1000;
}
