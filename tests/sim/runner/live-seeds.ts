// Lives many seeds in worker processes, each of which takes the next seed when it has done one.
// Invariants
//   every seed has exactly one result, unless the lives were stopped before its turn or while it was lived
//   a worker that breaks costs the seed that it lived and no other: a fresh one takes its place
//   when this returns, no worker is left

import path from "node:path";
import type { SeedResult } from "./live-seed";
import { type LateWatch, realLateWatch, SeedWorker } from "./seed-worker";

export interface SeedsToLive {
  readonly seeds: Iterable<number>;
  readonly workers: number;
  /** Whether clean lives are told too. */
  readonly traced?: boolean;
  /** Told in the order in which lives end; "stop" ends the others. */
  readonly onResult: (result: SeedResult) => "go on" | "stop";
  readonly signal?: AbortSignal;
  /** The program of a worker: another build's, or a test's. */
  readonly workerFile?: string;
  readonly watch?: LateWatch;
}

export const WORKER_FILE = path.join(__dirname, "worker.js");

export async function liveSeeds(options: SeedsToLive): Promise<void> {
  const { seeds, workers, traced = false, onResult, signal, workerFile = WORKER_FILE, watch = realLateWatch } = options;
  const left = seeds[Symbol.iterator]();
  const alive = new Set<SeedWorker>();
  let stopped = signal?.aborted === true;
  const stop = () => {
    stopped = true;
    for (const worker of alive) worker.end();
  };
  signal?.addEventListener("abort", stop, { once: true });

  async function lane(): Promise<void> {
    let worker: SeedWorker | null = null;
    for (let next = left.next(); !stopped && next.done !== true; next = left.next()) {
      worker ??= begin();
      const result: SeedResult = await worker.live({ seed: next.value, traced }, watch);
      // What a worker says whose life was cut short is no result of the seed.
      if (stopped) break;
      if (onResult(result) === "stop") stop();
      if (worker.isOver) {
        alive.delete(worker);
        worker = null;
      }
    }
    if (worker !== null) end(worker);
  }

  function begin(): SeedWorker {
    const worker = new SeedWorker(workerFile);
    alive.add(worker);
    return worker;
  }

  function end(worker: SeedWorker): void {
    worker.end();
    alive.delete(worker);
  }

  try {
    await Promise.all(Array.from({ length: workers }, lane));
  } finally {
    signal?.removeEventListener("abort", stop);
    for (const worker of alive) worker.end();
  }
}
