// Seeded lives of a run: whatever happens around it, it harms nobody and claims nothing that is not true.
// SIM_SEED=n lives one of them with its trace, SIM_SEEDS=n the first n, SIM_FROM=m from another one on.

import assert from "node:assert/strict";
import { problemsOf } from "./checks";
import { live } from "./live";
import { tellStory } from "./tell-story";
import { traceOf } from "./trace";
import { withMutexes } from "./with-mutexes";

const SEEDS_USUAL = 25;

const only = process.env.SIM_SEED;
const first = Number(process.env.SIM_FROM ?? 1);
const count = Number(process.env.SIM_SEEDS ?? SEEDS_USUAL);
const seeds = only === undefined ? Array.from({ length: count }, (_, index) => first + index) : [Number(only)];

describe("a simulated life", function () {
  // A life takes half a second; the longest of thousands, on a busy machine, took a minute.
  this.timeout(240_000);

  for (const seed of seeds) {
    it(`of seed ${seed} harms no service and claims nothing untrue`, async () => {
      const life = await live(withMutexes(tellStory(seed)));
      const problems = problemsOf(life);
      if (only !== undefined) process.stdout.write(`${traceOf(life, problems)}\n`);
      assert.ok(problems.length === 0, traceOf(life, problems));
    });
  }
});
