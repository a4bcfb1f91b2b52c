import assert from "node:assert/strict";
import { LIMITS } from "../../../migrate/core/limits";
import {
  holdsItsPlace,
  holdsItsRoom,
  isAnythingUnderWay,
  isDrained,
  isWorthProving,
  type ProofGroup,
} from "../../../migrate/core/machine/proof-wait";
import type { RunState, ServiceRun } from "../../../migrate/core/machine/run-state";
import { arnOf, at, begun, intended, PROGRESS, plannedOf, planOf, runOf, stateAfter, waveOpened } from "./run-fixture";

const plan = planOf([["a", "b"], ["c"]]);
const state = stateAfter(plan, [
  [0, waveOpened(1)],
  [1, intended("a")],
  [2, begun("a")],
]);
const settling: ServiceRun = { ...runOf(state, "a"), phase: "settling", settledAtMs: at(50), progress: PROGRESS };
const drained: ServiceRun = { ...settling, drainedAtMs: at(60) };
const planned = plannedOf(plan, "a");
const mutexes = [{ tag: "shared-db", value: "ledger" }];

function withRuns(...runs: readonly ServiceRun[]): RunState {
  return { ...state, services: new Map([...state.services, ...runs.map((run) => [run.arn, run] as const)]) };
}

describe("a service that only waits for its proof", () => {
  it("has ended well and was seen to have no old task left, since then", () => {
    const progress = (tasksOld: number) =>
      ({ kind: "progressed", service: arnOf("a"), progress: { ...PROGRESS, tasksOld } }) as const;
    const settled = { kind: "settled", service: arnOf("a"), revisionArn: null } as const;
    const runAfter = (...timed: Parameters<typeof stateAfter>[1]) =>
      runOf(stateAfter(plan, [[1, intended("a")], [2, begun("a")], ...timed]), "a");
    assert.equal(isDrained(runAfter([40, progress(0)], [50, settled])), false);
    assert.equal(isDrained(runAfter([50, settled], [60, progress(1)])), false);
    const done = runAfter([50, settled], [60, progress(0)], [70, progress(0)]);
    assert.deepEqual([isDrained(done), done.drainedAtMs], [true, at(60)]);
  });

  const rolling = [runOf(state, "a"), { ...drained, phase: "overdue" }, { ...drained, phase: "superseded" }];

  it("holds no place any more, as one that drains, for neither can fail; one that rolls or is followed for somebody else does", () => {
    assert.deepEqual(
      [drained, settling, ...rolling].map((run) => holdsItsPlace({ run: run as ServiceRun, planned })),
      [false, false, true, true, true],
    );
  });

  it("holds no room any more; one that drains does", () => {
    assert.deepEqual(
      [drained, settling, ...rolling].map((run) => holdsItsRoom({ run: run as ServiceRun, planned })),
      [false, true, true, true, true],
    );
  });

  it("holds its room until it is proved when others must not roll beside it, and no place", () => {
    const pair = { run: drained, planned: { ...planned, mutexes } };
    assert.deepEqual([holdsItsPlace(pair), holdsItsRoom(pair)], [false, true]);
  });
});

describe("a proof", () => {
  const [a, b] = [plannedOf(plan, "a"), plannedOf(plan, "b")];
  const GROUP: ProofGroup = { drained: [a], waitedMs: 0, listCalls: 2, isAnythingElseUnderWay: true };
  const cases: readonly (readonly [title: string, change: Partial<ProofGroup>, isMade: boolean])[] = [
    ["waits while others may come to share its lists", {}, false],
    ["is made when enough share them", { drained: Array(8).fill(a) }, true],
    ["waits when too few share the many pages of a large cluster", { drained: Array(8).fill(a), listCalls: 16 }, false],
    ["is made when nothing else is under way", { isAnythingElseUnderWay: false }, true],
    ["is made after its time", { waitedMs: LIMITS.proofWaitMaxMs }, true],
    ["is made at once when others must not roll beside it", { drained: [b, { ...a, mutexes }] }, true],
  ];
  for (const [title, change, isMade] of cases)
    it(title, () => {
      assert.equal(isWorthProving({ ...GROUP, ...change }), isMade);
    });
});

describe("a proof waits", () => {
  const queued = runOf(state, "b");
  const cases: readonly (readonly [title: string, state: RunState, isUnderWay: boolean])[] = [
    ["for a service of the open wave that is still to come", withRuns(drained), true],
    ["for one that rolls", withRuns(drained, { ...runOf(state, "a"), arn: arnOf("b") }), true],
    ["for one that drains", withRuns(drained, { ...settling, arn: arnOf("b") }), true],
    ["not for others that have drained", withRuns(drained, { ...drained, arn: arnOf("b") }), false],
    ["not for one past its time", withRuns(drained, { ...queued, phase: "overdue" }), false],
    ["not for what is to come while the run is paused", { ...withRuns(drained), status: "paused" }, false],
    ["not for a wave that opens only after it", withRuns(drained, { ...queued, phase: "verified" }), false],
  ];
  for (const [title, of, isUnderWay] of cases)
    it(title, () => {
      assert.equal(isAnythingUnderWay(of, new Set([drained.arn])), isUnderWay);
    });
});
