import assert from "node:assert/strict";
import path from "node:path";
import { liveSeed, type SeedResult } from "./live-seed";
import { liveSeeds, type SeedsToLive } from "./live-seeds";
import type { LateWatch } from "./seed-worker";
import { answered, CRASHES, HANGS } from "./unruly-seeds";

describe("liveSeeds", function () {
  this.timeout(60_000);

  it("has one result for each seed", async () => {
    const results = await resultsOf([1, 2, 3, 4, 5, 6, 7]);
    assert.deepEqual(
      results.toSorted((a, b) => a.seed - b.seed),
      [1, 2, 3, 4, 5, 6, 7].map(answered),
    );
  });

  it("names the seed of a worker that crashes, with its last words, and lives the others", async () => {
    const results = await resultsOf([1, CRASHES, 2, 3]);
    assert.deepEqual(brokenOf(results), [
      { kind: "broken", seed: CRASHES, what: "its process ended with exit code 7\nno memory is left" },
    ]);
    assert.equal(results.length, 4);
  });

  it("names the seed of a worker that hangs, kills it, and lives the others", async () => {
    const watch: LateWatch = (seed, late) => {
      if (seed === HANGS) setImmediate(late);
      return () => {};
    };
    const results = await resultsOf([1, HANGS, 2], { watch });
    const [broken, ...more] = brokenOf(results);
    assert.deepEqual([broken?.seed, more.length, results.length], [HANGS, 0, 3]);
    assert.match(broken?.what ?? "", /did not come to an end/);
  });

  it("ends the others when it is told to stop", async () => {
    const seen: number[] = [];
    await liveSeeds({
      ...usual([HANGS, 2]),
      onResult: ({ seed }) => {
        seen.push(seed);
        return "stop";
      },
    });
    assert.deepEqual(seen, [2]);
  });

  it("gives no result for a life that an interruption cuts short", async () => {
    const interrupt = new AbortController();
    const watch: LateWatch = (seed) => {
      if (seed === HANGS) setImmediate(() => interrupt.abort());
      return () => {};
    };
    const results = await resultsOf([1, HANGS, 2], { watch, workers: 1, signal: interrupt.signal });
    assert.deepEqual(results, [answered(1)]);
  });

  it("lives nothing when it was interrupted before", async () => {
    assert.deepEqual(await resultsOf([1], { signal: AbortSignal.abort() }), []);
  });

  it("gives the same of a seed in another process, after another seed, as in this one", async () => {
    const results = await resultsOf([2, 10], {
      workerFile: path.join(__dirname, "worker.js"),
      workers: 1,
      traced: true,
    });
    assert.deepEqual(results[1], await liveSeed({ seed: 10, traced: true }));
  });
});

function usual(seeds: readonly number[]): Omit<SeedsToLive, "onResult"> {
  return { seeds, workers: 2, workerFile: path.join(__dirname, "unruly-worker.js"), watch: () => () => {} };
}

async function resultsOf(seeds: readonly number[], more: Partial<SeedsToLive> = {}): Promise<SeedResult[]> {
  const results: SeedResult[] = [];
  const onResult = (result: SeedResult) => {
    results.push(result);
    return "go on" as const;
  };
  await liveSeeds({ ...usual(seeds), onResult, ...more });
  return results;
}

function brokenOf(results: readonly SeedResult[]) {
  return results.filter(({ kind }) => kind === "broken") as Extract<SeedResult, { kind: "broken" }>[];
}
