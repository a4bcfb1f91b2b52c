// Mocha's reporter here: says nothing about tests that pass, everything about those that fail, and one line of counts.
// Invariant: the last line is `N passed, N failed, N skipped`; a run in which nothing passed has failed.
"use strict";

const { reporters, Runner } = require("mocha");

const { EVENT_RUN_END, EVENT_TEST_FAIL } = Runner.constants;

module.exports = class CountReporter extends reporters.Base {
  constructor(runner, options) {
    super(runner, options);
    runner.on(EVENT_TEST_FAIL, (test) => process.stdout.write(`failed: ${test.fullTitle()}\n`));
    runner.once(EVENT_RUN_END, () => {
      const { passes, failures, pending, duration } = this.stats;
      if (failures > 0) reporters.Base.list(this.failures);
      process.stdout.write(`Tests took ${(duration / 1000).toFixed(1)} s.\n`);
      process.stdout.write(`${passes} passed, ${failures} failed, ${pending} skipped\n`);
    });
  }
};
