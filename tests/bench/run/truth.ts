// What the simulated world says of a migration: when each service was begun, when the last of its old tasks had stopped, what it
// used meanwhile, and on which key its tasks run. Nothing of it comes from the program that is measured.
//
// Invariants
//   the world is read often enough that no stopped task is forgotten in between (it shows them for an hour)
//   a service has ended when its deployment is finished and every task of before has stopped, whoever noticed when

import type { ServiceView, TaskView, WorldView } from "../../../simulator/world/world-view";
import type { BenchStage } from "./bench-stage";
import { sum } from "./sum";

export interface ServiceTruth {
  readonly arn: string;
  readonly begunAtMs: number;
  /** Null while it has not ended. */
  readonly endedAtMs: number | null;
  /** When its deployment was finished, whatever still drained; null while it is not. */
  readonly finishedAtMs: number | null;
  /** Tasks launched after it was begun. */
  readonly launches: number;
  /** Task milliseconds beyond the tasks that ran before, from its beginning to its end. */
  readonly extraTaskMs: number;
  /** Every running task is on a customer managed key, and there is one when one is wanted. */
  readonly isOnKey: boolean;
}

interface Seen {
  readonly tasks: Map<string, TaskView>;
  service: ServiceView;
}

const SAMPLE_EVERY_MS = 20 * 60_000;

export class WorldTruth {
  readonly #seen = new Map<string, Seen>();
  #isWatching = true;

  constructor(private readonly stage: BenchStage) {}

  /** Reads the world again and again until the end is told. */
  async watch(): Promise<void> {
    while (this.#isWatching) {
      this.#read(this.stage.simulation.state());
      await this.stage.clock.sleep(SAMPLE_EVERY_MS);
    }
  }

  /** By the service's ARN, those that were begun. */
  end(): ReadonlyMap<string, ServiceTruth> {
    this.#isWatching = false;
    this.#read(this.stage.simulation.state());
    const begunAtMs = new Map<string, number>();
    for (const { service, atMs } of this.stage.simulation.begun)
      if (!begunAtMs.has(service)) begunAtMs.set(service, atMs);
    return new Map(
      [...this.#seen.values()].flatMap((seen) => {
        const at = begunAtMs.get(seen.service.arn.split("/").slice(-2).join("/"));
        return at === undefined ? [] : [[seen.service.arn, truthOf(seen, at)] as const];
      }),
    );
  }

  #read({ lanes }: WorldView): void {
    for (const service of lanes.flatMap(({ clusters }) => clusters.flatMap(({ services }) => services))) {
      const seen = this.#seen.get(service.arn) ?? { tasks: new Map<string, TaskView>(), service };
      seen.service = service;
      for (const task of service.tasks) seen.tasks.set(task.arn, task);
      this.#seen.set(service.arn, seen);
    }
  }
}

function truthOf({ service, tasks }: Seen, begunAtMs: number): ServiceTruth {
  const all = [...tasks.values()];
  const fresh = all.filter(({ createdAtMs }) => createdAtMs >= begunAtMs);
  const old = all.filter(
    ({ createdAtMs, stoppedAtMs }) => createdAtMs < begunAtMs && (stoppedAtMs ?? Infinity) > begunAtMs,
  );
  const finished = service.serviceDeployments.find(({ createdAtMs }) => createdAtMs >= begunAtMs)?.finishedAtMs ?? null;
  const isEnded = finished !== null && old.every(({ stoppedAtMs }) => stoppedAtMs !== null);
  const endedAtMs = isEnded ? Math.max(finished, ...old.map(({ stoppedAtMs }) => stoppedAtMs ?? 0)) : null;
  const running = all.filter(({ desiredStatus }) => desiredStatus === "RUNNING");
  return {
    arn: service.arn,
    begunAtMs,
    endedAtMs,
    finishedAtMs: finished,
    launches: fresh.length,
    extraTaskMs: endedAtMs === null ? 0 : extraTaskMs({ fresh, old, endedAtMs }),
    isOnKey: running.every(({ kmsKeyArn }) => kmsKeyArn !== null) && (service.desiredCount === 0 || running.length > 0),
  };
}

interface Rolled {
  readonly fresh: readonly TaskView[];
  readonly old: readonly TaskView[];
  readonly endedAtMs: number;
}

/** What the new ones ran before the end, less what the old ones no longer ran before it. */
function extraTaskMs({ fresh, old, endedAtMs }: Rolled): number {
  const ran = fresh.map(({ createdAtMs, stoppedAtMs }) =>
    Math.max(0, Math.min(stoppedAtMs ?? endedAtMs, endedAtMs) - createdAtMs),
  );
  const saved = old.map(({ stoppedAtMs }) => endedAtMs - (stoppedAtMs ?? endedAtMs));
  return sum(ran) - sum(saved);
}
