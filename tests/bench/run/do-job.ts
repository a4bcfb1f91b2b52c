// Does one job of the benchmark: sets the world, lets one side migrate it, and reads from the world what came of it.

import { warmUp } from "../../sim/stage/stage";
import { quietStory } from "../../sim/stories/quiet-story";
import { disableKeyAt, measureBadKey } from "./bad-key";
import { benchFleet } from "./bench-fleet";
import type { BenchJob, JobResult } from "./bench-job";
import { type BenchStage, setBenchStage } from "./bench-stage";
import { byHand, type HandResult } from "./by-hand";
import { handTruth } from "./hand-truth";
import { ourRun } from "./our-run";
import { type ServiceTruth, WorldTruth } from "./truth";

export async function doJob(job: BenchJob): Promise<JobResult> {
  await warmUp(quietStory());
  const { seed, neighbour } = job;
  const stage = setBenchStage({ fleet: benchFleet(job), seed, ...(neighbour === undefined ? {} : { neighbour }) });
  try {
    const result = await resultOf(stage, job);
    const [defect] = stage.defects();
    if (defect !== undefined) throw new Error(`the simulator is wrong: ${defect}`);
    return result;
  } finally {
    stage.clock.close();
    stage.clients.destroy();
  }
}

function resultOf(stage: BenchStage, job: BenchJob): Promise<JobResult> {
  switch (job.kind) {
    case "run":
      return runResult(stage, job.inFlightMax);
    case "hand":
      return handRunResult(stage, job.groupSize);
    case "bad-key":
      return badKeyResult(stage, job);
  }
}

async function runResult(stage: BenchStage, inFlightMax: number | undefined): Promise<JobResult> {
  const run = await ourRun(stage, inFlightMax === undefined ? {} : { inFlightMax });
  const { tookMs, calls, callsMin, throttled, failedCalls, bounds, truth, plan } = run;
  const counts = { tookMs, calls, callsMin, throttled, failedCalls };
  return { kind: "run", planned: plan.services.length, onKey: onKeyIn(truth), ...counts, ...bounds };
}

async function handRunResult(stage: BenchStage, groupSize: number): Promise<JobResult> {
  const world = new WorldTruth(stage);
  void world.watch();
  let calledDoneTooEarly = 0;
  const onCalledDone = (arns: readonly string[]) => {
    calledDoneTooEarly += handTruth({ calledDone: arns }, stage.simulation.state()).ofThoseStillDraining;
  };
  const hand = await byHand(stage, { groupSize, services: stage.fleet.services, onCalledDone });
  const truth = await allEnded(stage, world);
  const lastMs = Math.max(hand.endedAtMs, ...[...truth.values()].map(({ endedAtMs }) => endedAtMs ?? 0));
  const { calls, throttled } = hand;
  return {
    kind: "hand",
    planned: stage.fleet.services.length,
    onKey: onKeyIn(truth),
    tookMs: lastMs - hand.startedAtMs,
    ...{ calls, throttled, calledDoneTooEarly },
    calledDone: hand.calledDone.length,
    timedOut: hand.timedOut.length,
  };
}

/** What drains longest does so for some minutes more; a world in which nothing can fail comes to rest. */
async function allEnded(stage: BenchStage, world: WorldTruth): Promise<ReadonlyMap<string, ServiceTruth>> {
  await stage.clock.sleep(LONGEST_DRAIN_MS);
  return world.end();
}

const LONGEST_DRAIN_MS = 60 * 60_000;

async function badKeyResult(stage: BenchStage, job: Extract<BenchJob, { kind: "bad-key" }>): Promise<JobResult> {
  const { fleet, simulation } = stage;
  const record = disableKeyAt(stage, { key: fleet.keys[0]?.arn ?? "", atUpdate: job.atUpdate });
  const done = job.groupSize === 0 ? await proved(stage) : await called(stage, job.groupSize);
  const view = simulation.state();
  const cost = measureBadKey(record(), { fleet, view });
  return { kind: "bad-key", cost, wronglyDone: handTruth({ calledDone: done }, view).ofThoseNot };
}

async function proved(stage: BenchStage): Promise<readonly string[]> {
  return (await ourRun(stage)).proved;
}

async function called(stage: BenchStage, groupSize: number): Promise<readonly string[]> {
  const { calledDone }: HandResult = await byHand(stage, { groupSize, services: stage.fleet.services });
  return calledDone;
}

function onKeyIn(truth: ReadonlyMap<string, ServiceTruth>): number {
  return [...truth.values()].filter(({ isOnKey }) => isOnKey).length;
}
