// A migration beside its bounds and beside what is done by hand, in a few of the worlds of `npm run bench -- run`. What is compared is
// simulated time and counted calls, so the machine decides how long this takes and nothing of what it says.

import assert from "node:assert/strict";
import { type BadKeyResult, quickJobs, type RunResult } from "./run/bench-job";
import { benchTables } from "./run/bench-table";
import { type Done, doJobs } from "./run/do-jobs";

/** Makespan to the staged lower bound, of one seed. */
const STAGED_MAX = 1.15;
const STAGED_IN_TIGHT_ROOM_MAX = 1.3;
/** Calls to the fewest, by the number of clusters; docs/benchmarks.md says what 20 clusters cost and why. */
const CALLS_MAX: Readonly<Record<number, number>> = { 1: 1.5, 20: 1.75, 200: 1.5 };

describe("a migration", function () {
  this.timeout(900_000);
  let done: readonly Done[];

  before(async () => {
    done = await doJobs(quickJobs());
    process.stdout.write(`${benchTables(done)}\n\n`);
  });

  const runs = () =>
    done.flatMap(({ job, result }) => (result.kind === "run" ? [{ job, result: result as RunResult }] : []));
  const badKeys = () =>
    done.flatMap(({ job, result }) =>
      job.kind === "bad-key" ? [{ groupSize: job.groupSize, result: result as BadKeyResult }] : [],
    );

  it("puts every service on its key, with no throttled call and no failed one, a neighbour beside it or not", () => {
    assert.ok(runs().length > 0);
    for (const { result } of runs())
      assert.deepEqual([result.onKey, result.throttled, result.failedCalls], [result.planned, 0, 0]);
  });

  it(`takes at most ${STAGED_MAX} times as long as no schedule can beat, and ${STAGED_IN_TIGHT_ROOM_MAX} in tight room`, () => {
    for (const { job, result } of runs()) {
      const ratio = result.tookMs / result.stagedMs;
      assert.ok(ratio >= 1, `${JSON.stringify(job)}: quicker than its bound: ${ratio}`);
      assert.ok(
        ratio <= (job.headroom === undefined ? STAGED_MAX : STAGED_IN_TIGHT_ROOM_MAX),
        `${JSON.stringify(job)}: ${ratio}`,
      );
    }
  });

  it("makes not many more calls than its duties take", () => {
    for (const { job, result } of runs().filter((one) => one.job.headroom === undefined)) {
      const ratio = result.calls / result.callsMin;
      assert.ok(ratio >= 1 && ratio <= (CALLS_MAX[job.clusters] ?? 0), `${JSON.stringify(job)}: ${ratio}`);
    }
  });

  it("sends nothing after a bad key once a minute has passed, leaves nothing failing and calls nothing done that is not", () => {
    const ours = badKeys().filter(({ groupSize }) => groupSize === 0);
    assert.equal(ours.length, 1);
    for (const { result } of ours)
      assert.deepEqual(
        [result.cost.begunLater, result.cost.leftFailing, result.cost.belowMinimum, result.wronglyDone],
        [0, 0, 0, 0],
      );
  });

  it("is compared with a script that goes on into the same bad key", () => {
    const byHand = badKeys().filter(({ groupSize }) => groupSize > 0);
    assert.ok(byHand.length > 0);
    for (const { result } of byHand) assert.ok(result.cost.begunLater > 0 && result.cost.leftFailing > 0);
  });
});
