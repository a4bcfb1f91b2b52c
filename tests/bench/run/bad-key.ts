// The same disturbance for both sides, our run and what is done by hand: the key is disabled at the instant when so many services
// were sent. And what it cost, by the world alone: what was sent into it, and what it left behind.
//
// Invariants
//   nothing of the measure comes from the side that is measured: updates are those that AWS took, failures those of tasks
//   the first failed task is known to the second, and never told too early: the world is read every second until there is one

import { minimumRunning } from "../../../domain/rolling-deployment";
import type { ServiceView, WorldView } from "../../../simulator/world/world-view";
import type { BenchStage } from "./bench-stage";

export interface BadKeyQuestion {
  /** The key's ARN or id. */
  readonly key: string;
  /** The key is disabled when this many UpdateService were taken, counted from 1; of the last of them no task has started yet. */
  readonly atUpdate: number;
}

export interface BadKeyRecord {
  /** Null while it is not yet. */
  readonly disabledAtMs: number | null;
  /** When the first task stopped with a reason that names KMS; null while none has. */
  readonly firstFailureAtMs: number | null;
  /** Every UpdateService that was taken. */
  readonly begun: readonly { readonly atMs: number }[];
}

export type BadKeyStage = Pick<BenchStage, "clock"> & {
  readonly simulation: Pick<BenchStage["simulation"], "begun" | "onBegun" | "inject" | "state">;
};

/** Arms the disturbance, and gives what will tell of it. Takes the place of the stage's `onBegun`. */
export function disableKeyAt(stage: BadKeyStage, { key, atUpdate }: BadKeyQuestion): () => BadKeyRecord {
  const { simulation, clock } = stage;
  let disabledAtMs: number | null = null;
  let firstFailureAtMs: number | null = null;
  simulation.onBegun = (count) => {
    if (count !== atUpdate) return;
    simulation.inject({ kind: "key-disabled", key });
    disabledAtMs = clock.nowMs();
    void firstFailure(stage).then((atMs) => {
      firstFailureAtMs = atMs;
    });
  };
  return () => ({ disabledAtMs, firstFailureAtMs, begun: simulation.begun });
}

const EVERY_MS = 1_000;
/** A task takes seconds, in the worst case minutes, from its launch to its failure. */
const READS_MAX = 3_600;

async function firstFailure({ simulation, clock }: BadKeyStage): Promise<number | null> {
  for (let read = 0; read < READS_MAX; read += 1) {
    await clock.sleep(EVERY_MS);
    if (servicesOf(simulation.state()).some(hasFailedOnKey)) return clock.nowMs();
  }
  return null;
}

function hasFailedOnKey({ tasks }: ServiceView): boolean {
  return tasks.some(
    ({ stopCode, stoppedReason }) => stopCode === "TaskFailedToStart" && /KMS/.test(stoppedReason ?? ""),
  );
}

export interface BadKeyCost {
  /** From the key's end to the first failed task: nobody could know before. */
  readonly firstFailureAfterMs: number | null;
  /** UpdateService that were taken after the key was disabled, up to the first failed task. */
  readonly begunUnknowing: number;
  /** In the minute after the first failed task, and after that minute. */
  readonly begunInMinute: number;
  readonly begunLater: number;
  /** From the first failed task to the last UpdateService after it; null when there was none. */
  readonly lastBegunAfterMs: number | null;
  /** Tasks that failed since the world began, whatever the reason. */
  readonly failedTasks: number;
  /** Services whose newest deployment goes on failing, with nobody to end it. */
  readonly leftFailing: number;
  /** Services with fewer running tasks than desired, and those with fewer than their minimum. */
  readonly belowDesired: number;
  readonly belowMinimum: number;
}

const MINUTE_MS = 60_000;

/** `view` is the world when the side had ended, or whenever both sides are compared. */
export function measureBadKey(
  { disabledAtMs, firstFailureAtMs, begun }: BadKeyRecord,
  { fleet, view }: { readonly fleet: BenchStage["fleet"]; readonly view: WorldView },
): BadKeyCost {
  const knowableMs = firstFailureAtMs ?? Number.POSITIVE_INFINITY;
  const after = begun.map(({ atMs }) => atMs - knowableMs).filter((ms) => ms > 0);
  const unknowing = begun.filter(({ atMs }) => disabledAtMs !== null && atMs > disabledAtMs && atMs <= knowableMs);
  const inMinute = after.filter((ms) => ms <= MINUTE_MS).length;
  return {
    firstFailureAfterMs: disabledAtMs === null || firstFailureAtMs === null ? null : firstFailureAtMs - disabledAtMs,
    begunUnknowing: unknowing.length,
    begunInMinute: inMinute,
    begunLater: after.length - inMinute,
    lastBegunAfterMs: after.at(-1) ?? null,
    failedTasks: view.counters.failedLaunches ?? 0,
    ...leftBehind(fleet, servicesOf(view)),
  };
}

function leftBehind(
  fleet: BenchStage["fleet"],
  services: readonly ServiceView[],
): Pick<BadKeyCost, "leftFailing" | "belowDesired" | "belowMinimum"> {
  const percents = new Map(fleet.services.map(({ arn, minimumHealthyPercent }) => [arn, minimumHealthyPercent]));
  const isBelowMinimum = (service: ServiceView): boolean => {
    const minimumHealthyPercent = percents.get(service.arn) ?? 100;
    return running(service) < minimumRunning({ desiredCount: service.desiredCount, minimumHealthyPercent });
  };
  return {
    leftFailing: services.filter(goesOnFailing).length,
    belowDesired: services.filter((service) => running(service) < service.desiredCount).length,
    belowMinimum: services.filter(isBelowMinimum).length,
  };
}

function goesOnFailing({ deployments: [primary] }: ServiceView): boolean {
  return primary !== undefined && primary.rolloutState === "IN_PROGRESS" && primary.failedTasks > 0;
}

function running({ tasks }: ServiceView): number {
  return tasks.filter((task) => task.lastStatus === "RUNNING" && task.desiredStatus === "RUNNING").length;
}

function servicesOf({ lanes }: WorldView): readonly ServiceView[] {
  return lanes.flatMap(({ clusters }) => clusters.flatMap(({ services }) => services));
}
