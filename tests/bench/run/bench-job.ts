// What the benchmark measures, as data: one job is one migration in a world of its own, by one of the two sides.

import type { BadKeyCost } from "./bad-key";

export type BenchJob = World &
  (
    | { readonly kind: "run"; readonly inFlightMax?: number }
    /** `aws ecs update-service` and `wait services-stable`, so many services at a time. */
    | { readonly kind: "hand"; readonly groupSize: number }
    /** The key is disabled when so many UpdateService were taken; 0 for our side, else the size of the groups by hand. */
    | { readonly kind: "bad-key"; readonly atUpdate: number; readonly groupSize: number }
  );

export interface World {
  readonly services: number;
  readonly clusters: number;
  /** Of the world: how long its tasks take. */
  readonly seed: number;
  /** What of the vCPU in use is free beside it; plenty when left out. */
  readonly headroom?: number;
  /** What others in the account take of every bucket of the ECS API, from 0 to 1. */
  readonly neighbour?: number;
}

export interface RunResult {
  readonly kind: "run";
  readonly planned: number;
  /** By the world: services all of whose tasks run on a key. */
  readonly onKey: number;
  readonly tookMs: number;
  readonly stagedMs: number;
  readonly flatMs: number;
  readonly calls: number;
  readonly callsMin: number;
  readonly throttled: number;
  readonly failedCalls: number;
}

export interface HandRunResult {
  readonly kind: "hand";
  readonly planned: number;
  readonly onKey: number;
  /** Until the script has ended and the last task of before has stopped, whichever comes later. */
  readonly tookMs: number;
  readonly calls: number;
  readonly throttled: number;
  readonly calledDone: number;
  /** Of those called done: how many still had tasks on another key, or on none, at that instant. */
  readonly calledDoneTooEarly: number;
  readonly timedOut: number;
}

export interface BadKeyResult {
  readonly kind: "bad-key";
  readonly cost: BadKeyCost;
  /** Services that the side calls done although, at its end, not all of their tasks run on the key. */
  readonly wronglyDone: number;
}

export type JobResult = RunResult | HandRunResult | BadKeyResult;

const SIZES = [200, 1_000, 2_000] as const;
const CLUSTERS = [1, 20, 200] as const;
const SEEDS: Readonly<Record<(typeof SIZES)[number], number>> = { 200: 5, 1000: 3, 2000: 1 };
const GROUPS = [1, 10, 50] as const;

/** All of `npm run bench -- run`. */
export function allJobs(): readonly BenchJob[] {
  const seeds = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
  return [
    ...SIZES.flatMap((services) =>
      CLUSTERS.flatMap((clusters) =>
        seeds(SEEDS[services]).map((seed): BenchJob => ({ kind: "run", services, clusters, seed })),
      ),
    ),
    ...seeds(5).map((seed): BenchJob => ({ kind: "run", services: 200, clusters: 1, seed, headroom: 0.05 })),
    ...seeds(3).map((seed): BenchJob => ({ kind: "run", services: 1_000, clusters: 20, seed, neighbour: 0.5 })),
    ...seeds(3).map((seed): BenchJob => ({ kind: "run", services: 1_000, clusters: 20, seed, inFlightMax: 500 })),
    ...GROUPS.map((groupSize): BenchJob => ({ kind: "hand", services: 200, clusters: 20, seed: 1, groupSize })),
    ...GROUPS.map((groupSize): BenchJob => ({ kind: "hand", services: 1_000, clusters: 20, seed: 1, groupSize })),
    ...badKeyJobs(),
  ];
}

/** What `npm run bench` measures of them every time. */
export function quickJobs(): readonly BenchJob[] {
  return [
    ...CLUSTERS.map((clusters): BenchJob => ({ kind: "run", services: 200, clusters, seed: 1 })),
    { kind: "run", services: 1_000, clusters: 20, seed: 1 },
    { kind: "run", services: 200, clusters: 1, seed: 1, headroom: 0.05 },
    { kind: "run", services: 200, clusters: 20, seed: 1, neighbour: 0.5 },
    { kind: "hand", services: 200, clusters: 20, seed: 1, groupSize: 50 },
    ...badKeyJobs().filter(({ groupSize }) => groupSize === 0 || groupSize === 50),
  ];
}

function badKeyJobs() {
  const world = { kind: "bad-key", services: 200, clusters: 1, seed: 1, atUpdate: 20 } as const;
  return [0, ...GROUPS].map((groupSize) => ({ ...world, groupSize }));
}
