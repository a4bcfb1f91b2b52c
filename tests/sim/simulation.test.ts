// Seeded lives of a run: whatever happens around it, it harms nobody and claims nothing that is not true.
// These are the first few, for every test run; `npm run sim` lives as many as are asked for, and replays one.

import assert from "node:assert/strict";
import { liveSeed } from "./runner/live-seed";
import { foundText } from "./runner/sim-text";
import { problemsIn } from "./runner/tally";

const SEEDS = Array.from({ length: 25 }, (_, index) => index + 1);

describe("a simulated life", function () {
  // A life takes half a second; the longest of thousands, on a busy machine, took a minute.
  this.timeout(240_000);

  for (const seed of SEEDS) {
    it(`of seed ${seed} harms no service and claims nothing untrue`, async () => {
      const result = await liveSeed({ seed, traced: false });
      assert.ok(problemsIn(result).length === 0, foundText(result));
    });
  }
});
