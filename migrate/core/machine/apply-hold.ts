// What an event means for the clusters of a run and their keys.
//
// Invariants
//   a hold is set and lifted only by events that say so; resuming lifts those that only a person can judge
//   what was found wrong by looking ends a hold no sooner than looking finds it right

import type { JournalEvent, TargetSeen } from "../model/journal-event";
import type { RunState, TargetRun } from "./run-state";

type HeldEvent = Extract<JournalEvent, { kind: "held" }>;

export function lookedAtTargets(state: RunState, seen: readonly TargetSeen[], atMs: number): RunState {
  const found = new Map(seen.map((one) => [one.clusterArn, one.problem]));
  return withTargets(state, [...found.keys()], (target) => {
    const problem = found.get(target.clusterArn) ?? null;
    return { ...target, problem, rightSinceMs: problem === null ? (target.rightSinceMs ?? atMs) : null };
  });
}

/** What was seen to be wrong explains start failures, so it takes their place; the hold is as old as it was. */
export function held(state: RunState, { clusters, reason, cause }: HeldEvent, atMs: number): RunState {
  return withTargets(state, clusters, (target) => {
    if (target.hold !== null && (target.hold.cause === "looked" || cause === "start-failures")) return target;
    return { ...target, hold: { reason, cause, sinceMs: target.hold?.sinceMs ?? atMs } };
  });
}

export function released(state: RunState, clusters: readonly string[], atMs: number): RunState {
  return withTargets(state, clusters, (target) =>
    target.hold === null ? target : { ...target, hold: null, releasedAtMs: atMs },
  );
}

/** By a person, who resumed: what looking finds wrong stays held. */
export function releasedByOperator(state: RunState, atMs: number): RunState {
  return released(
    state,
    heldForPerson(state).map(({ clusterArn }) => clusterArn),
    atMs,
  );
}

/** Clusters that are held by what only a person can judge. */
export function heldForPerson({ targets }: RunState): readonly TargetRun[] {
  return [...targets.values()].filter(({ hold }) => hold?.cause === "start-failures");
}

function withTargets(state: RunState, clusters: readonly string[], change: (target: TargetRun) => TargetRun): RunState {
  const targets = new Map(state.targets);
  for (const arn of clusters) {
    const target = targets.get(arn);
    if (target !== undefined) targets.set(arn, change(target));
  }
  return { ...state, targets };
}
