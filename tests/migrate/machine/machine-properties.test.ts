// What holds for any journal whatever, sensible or not.

import assert from "node:assert/strict";
import fc from "fast-check";
import { applyEvent, isDecided } from "../../../migrate/core/machine/apply-event";
import type { Command } from "../../../migrate/core/machine/command";
import { nextCommands } from "../../../migrate/core/machine/next-commands";
import { anyHistory } from "./any-event";
import { agendaOf, arnOf, at, momentOf, PAY, planOf, STARTED, stateAfter } from "./run-fixture";

const NAMES = ["a", "b", "c", "d"] as const;
const plan = planOf([["a"], ["b", "c"], ["d"]]);
const history = anyHistory(NAMES);

function commandsAfter(events: Parameters<typeof stateAfter>[1], seconds: number): readonly Command[] {
  return nextCommands(momentOf(stateAfter(plan, events), agendaOf(), at(seconds)));
}

describe("any journal", () => {
  it("folds, and keeps every service of the plan exactly once", () => {
    fc.assert(
      fc.property(history, (events) => {
        assert.deepEqual([...stateAfter(plan, events).services.keys()].toSorted(), NAMES.map(arnOf).toSorted());
      }),
    );
  });

  it("folds to the same state in one go as in two", () => {
    fc.assert(
      fc.property(history, fc.nat(60), (events, cut) => {
        const rest = events.slice(cut).map(([seconds, event]) => ({ event, atMs: at(seconds) }));
        const inTwo = rest.reduce(applyEvent, stateAfter(plan, events.slice(0, cut)));
        assert.deepEqual(inTwo, stateAfter(plan, events));
      }),
    );
  });

  it("leaves a decided service decided, with the same verdict, unless it says that a failed one has another try", () => {
    fc.assert(
      fc.property(history, fc.nat(60), (events, cut) => {
        const before = stateAfter(plan, events.slice(0, cut));
        const after = stateAfter(plan, events);
        for (const run of before.services.values())
          if (isDecided(run)) {
            const later = after.services.get(run.arn);
            if (later?.requeues === run.requeues) assert.deepEqual(later, run);
            else assert.equal(run.phase, "failed");
          }
      }),
    );
  });

  it("leaves a finished run as it was, unless it says that failed services have another try", () => {
    fc.assert(
      fc.property(history, history, (events, more) => {
        const finished = [...events, [5000, { kind: "finished", outcome: "aborted" }]] as const;
        const later = more
          .filter(([, event]) => event.kind !== "requeued")
          .map(([seconds, event]) => [5000 + seconds, event] as const);
        assert.deepEqual(stateAfter(plan, [...finished, ...later]), stateAfter(plan, finished));
      }),
    );
  });

  it("leaves something to do while the run is unfinished", () => {
    fc.assert(
      fc.property(history, fc.nat(9000), (events, seconds) => {
        const { status } = stateAfter(plan, events);
        assert.equal(commandsAfter(events, seconds).length === 0, status === "finished");
      }),
    );
  });

  it("has only waits that end in the future, within a tick", () => {
    fc.assert(
      fc.property(history, fc.nat(9000), (events, seconds) => {
        for (const command of commandsAfter(events, seconds))
          if (command.kind === "wait")
            assert.ok(command.untilMs > at(seconds) && command.untilMs <= at(seconds) + 5_000);
      }),
    );
  });

  it("stops only deployments that AWS's reply called ours, and that have not ended or been deployed over", () => {
    fc.assert(
      fc.property(history, fc.nat(9000), (events, seconds) => {
        const state = stateAfter(plan, events);
        for (const command of commandsAfter(events, seconds))
          if (command.kind === "stop") {
            const run = state.services.get(command.service);
            assert.equal(run?.ownership, "ours");
            assert.deepEqual([run?.settledAtMs, run?.supersededBy], [null, null]);
          }
      }),
      { numRuns: 300 },
    );
  });

  it("admits only queued services of waves that were opened, in a running run, where no key is in trouble", () => {
    fc.assert(
      fc.property(history, fc.nat(9000), (events, seconds) => {
        const state = stateAfter(plan, events);
        const reached = state.waves.filter(({ status }) => status !== "waiting").map(({ number }) => number);
        for (const command of commandsAfter(events, seconds))
          if (command.kind === "admit") {
            assert.equal(state.status, "running");
            for (const arn of command.services) {
              assert.equal(state.services.get(arn)?.phase, "queued");
              assert.ok(reached.includes(plan.services.find((service) => service.arn === arn)?.wave ?? 0));
              assert.equal(state.targets.get(PAY)?.hold, null);
            }
          }
      }),
      { numRuns: 300 },
    );
  });

  it("finishes as proved only when every service was verified and swept as passing", () => {
    fc.assert(
      fc.property(history, (events) => {
        const state = stateAfter(plan, events);
        for (const command of commandsAfter(events, 9000))
          if (command.kind === "finish") {
            assert.notEqual(state.swept, null);
            const proved = [...state.services.values()].every(
              (run) =>
                run.phase === "verified" &&
                state.swept?.proofs.some((one) => one.serviceArn === run.arn && one.verdict === "pass"),
            );
            assert.equal(command.outcome === "proved", proved && state.status !== "aborting");
          }
      }),
      { numRuns: 300 },
    );
  });

  it("starts from a state in which nothing was done", () => {
    assert.deepEqual(commandsAfter([[0, STARTED]], 0), [{ kind: "record", event: { kind: "wave-opened", wave: 1 } }]);
  });
});
