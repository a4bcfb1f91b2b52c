// What the policy pack costs a preview, beside the least that a pack is and beside AWSGuard: ratios of one run on one machine.

import assert from "node:assert/strict";
import { sum } from "../run/sum";
import type { Judging } from "./judgings";
import { type PolicyBench, policyBench, policyTables } from "./policy-bench";
import { ruleGrowth } from "./rule-growth";

const START_RATIO_MAX = 1.15;
/** Twice is linear; the memory's growth adds to it. Looking through the stack for each of its resources would be four. */
const DOUBLE_RATIO_MAX = 2.6;
const GROWTH_ROUNDS = 5;

describe("the policy pack", function () {
  this.timeout(600_000);
  let bench: PolicyBench;

  before(async () => {
    bench = await policyBench();
    process.stdout.write(`${policyTables(bench)}\n\n`);
  });

  const ours = (): readonly Judging[] => bench.judgings.filter(({ pack }) => pack === "ours");

  it(`starts in at most ${START_RATIO_MAX} times the time of an empty compiled pack`, () => {
    const ratio = bench.startMs.ours / bench.startMs.empty;
    assert.ok(ratio <= START_RATIO_MAX, `${ratio.toFixed(2)} times`);
  });

  it("starts sooner than AWSGuard", () => {
    assert.ok(bench.startMs.ours < bench.startMs.awsguard);
  });

  it(`takes at most ${DOUBLE_RATIO_MAX} times as long for twice the stack, all rules together`, async () => {
    const growth = await ruleGrowth(GROWTH_ROUNDS);
    const ratio = sum(growth.map(({ doubleMs }) => doubleMs)) / sum(growth.map(({ ms }) => ms));
    const slowest = growth.toSorted((a, b) => b.doubleMs - a.doubleMs).slice(0, 5);
    const told = slowest.map(({ rule, ms, doubleMs }) => `${rule} ${ms.toFixed(0)} and ${doubleMs.toFixed(0)} ms`);
    const text = `twice the stack takes ${ratio.toFixed(2)} times as long; slowest: ${told.join(", ")}`;
    process.stdout.write(`${text}\n`);
    assert.ok(ratio <= DOUBLE_RATIO_MAX, text);
  });

  it("found what is wrong with the stack that it was timed with, in either profile", () => {
    assert.equal(ours().length, 2);
    for (const { profile, violations } of ours()) assert.ok(violations > 0, `${profile}`);
  });
});
