import assert from "node:assert/strict";
import fc from "fast-check";
import type { Command } from "../../../migrate/core/machine/command";
import { holdsItsPlace } from "../../../migrate/core/machine/proof-wait";
import type { RunState } from "../../../migrate/core/machine/run-state";
import { pairs } from "../../../migrate/core/machine/service-pairs";
import { driveModel, type ModelStep } from "./model-world";
import { planOf } from "./run-fixture";

const plan = planOf([["a"], ["b", "c"], ["d", "e", "f", "g"]], { inFlightMax: 3, failuresMax: 2 });
const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });

/** In its life a service that only waited for its proof is deployed over by its team, after its place was given to another. */
const DEPLOYED_OVER_WHILE_WAITING = 499475736;

function forEverySeed(check: (step: ModelStep) => void): void {
  fc.assert(
    fc.property(seeds, (seed) => {
      driveModel({ plan, seed, onStep: check });
    }),
    { numRuns: 150, examples: [[DEPLOYED_OVER_WHILE_WAITING]] },
  );
}

function activeIn(state: RunState): number {
  return pairs(state).filter(holdsItsPlace).length;
}

describe("the core against a world that answers at random", () => {
  it("comes to an end", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        assert.notEqual(driveModel({ plan, seed, onStep: () => {} }).end, "endless");
      }),
      { numRuns: 150 },
    );
  });

  it("leaves a run only when it is halted, and finishes it only after a sweep", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { end, state } = driveModel({ plan, seed, onStep: () => {} });
        assert.equal(state.status, end === "left" ? "halted" : "finished");
        assert.notEqual(state.swept, null);
      }),
      { numRuns: 150 },
    );
  });

  it("meets every kind of command on the way", () => {
    const met = new Set<Command["kind"]>();
    for (let seed = 1; seed <= 200; seed += 1)
      driveModel({ plan, seed, onStep: ({ command }) => met.add(command.kind) });
    const all = ["admit", "finish", "leave", "look", "look-doubt", "look-targets", "record", "stop", "sweep", "wait"];
    assert.deepEqual([...met].toSorted(), all);
  });

  it("has one wave open at most, and opens each after the soak of the one before", () => {
    forEverySeed(({ before, command, nowMs }) => {
      assert.ok(before.waves.filter(({ status }) => status === "open").length <= 1);
      if (command.kind !== "record" || command.event.kind !== "wave-opened") return;
      const { wave } = command.event;
      const earlier = before.waves.filter(({ number }) => number < wave);
      assert.ok(earlier.every(({ status, soakUntilMs }) => status === "closed" && (soakUntilMs ?? 0) <= nowMs));
    });
  });

  it("closes a wave only when all of it is decided or late", () => {
    forEverySeed(({ before, command }) => {
      if (command.kind !== "record" || command.event.kind !== "wave-closed") return;
      const { wave } = command.event;
      const phases = plan.services.filter((one) => one.wave === wave).map(({ arn }) => before.services.get(arn)?.phase);
      for (const phase of phases)
        assert.ok(["verified", "failed", "set-aside", "overdue"].includes(phase ?? ""), phase);
    });
  });

  it("begins nothing for which there is no place in flight", () => {
    forEverySeed(({ before, command }) => {
      if (command.kind !== "admit") return;
      assert.ok(activeIn(before) + command.services.length <= plan.options.inFlightMax);
    });
  });

  it("never stops what AWS did not call ours", () => {
    forEverySeed(({ before, command }) => {
      if (command.kind === "stop") assert.equal(before.services.get(command.service)?.ownership, "ours");
    });
  });

  it("never makes a call again while its doubt stands", () => {
    forEverySeed(({ before, command }) => {
      if (command.kind !== "admit") return;
      for (const arn of command.services) assert.equal(before.services.get(arn)?.phase, "queued");
    });
  });

  it("admits nothing in the turn of a look", () => {
    forEverySeed(({ before, command }) => {
      if (command.kind === "admit") assert.equal(before.status, "running");
    });
  });
});
