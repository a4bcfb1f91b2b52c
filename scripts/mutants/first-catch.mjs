// Which seed of the simulation goes wrong on a build, and against which invariant.
// Invariants
//   only what a check says counts: a harness that breaks, and a life that does not end, tell nothing of the mutant
//   seeds are lived in their order by one process, so that the first that catches is the same on every machine

import path from "node:path";
import { BUILD_FOLDER } from "../build-state.mjs";
import { ROOT } from "../root.mjs";

const RUNNER = path.join(ROOT, BUILD_FOLDER, "tests/sim/runner");
const { liveSeeds } = (await import(path.join(RUNNER, "live-seeds.js"))).default;
const { invariantOf } = (await import(path.join(RUNNER, "invariant-of.js"))).default;
const { INVARIANTS } = (await import(path.join(ROOT, BUILD_FOLDER, "tests/sim/checks/checks.js"))).default;

export const INVARIANT_IDS = INVARIANTS.map(({ id }) => id);

const LIFE_LIMIT_MS = 60_000;
const BROKEN_MAX = 3;

/**
 * Lives seeds 1 to `seeds` of the build in `folder` until one goes against `invariant` (any when it is left out).
 * `{ seed, invariants, broken }`: `seed` is null when none did; `broken` are the seeds of which nothing is known, with why.
 */
export async function firstCatch({ folder, seeds, invariant, workers = 1 }) {
  const found = { seed: null, invariants: [], broken: [] };
  await liveSeeds({
    seeds: Array.from({ length: seeds }, (_, index) => index + 1),
    workers,
    workerFile: path.join(ROOT, folder, "tests/sim/runner/worker.js"),
    watch: (_, late) => {
      const timer = setTimeout(late, LIFE_LIMIT_MS);
      return () => clearTimeout(timer);
    },
    onResult: (result) => {
      if (result.kind === "broken") {
        found.broken.push({ seed: result.seed, what: result.what });
        return found.broken.length >= BROKEN_MAX ? "stop" : "go on";
      }
      const invariants = [...new Set(result.problems.map(invariantOf))];
      const isCatch = invariant === undefined ? invariants.length > 0 : invariants.includes(invariant);
      if (!isCatch) return "go on";
      Object.assign(found, { seed: result.seed, invariants });
      return "stop";
    },
  });
  return found;
}
