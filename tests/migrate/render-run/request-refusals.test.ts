// Which requests mean something to a run as it is, and what is said about those that do not.

import assert from "node:assert/strict";
import type { RunState } from "../../../migrate/core/machine/run-state";
import type { RunRequestWord } from "../../../migrate/core/model/journal-event";
import { type RequestQuestion, refusalOf } from "../../../migrate/render/request-refusals";
import { begun, held, intended, type Timed, verified, waveOpened } from "../machine/run-fixture";
import { control, HALTED, waveClosed } from "../machine/situation";
import { COMMANDS, threeWaves } from "./frame-fixture";

const APPROVAL = { gate: { alarms: [], approval: true } };
const OPEN: readonly Timed[] = [
  [0, waveOpened(1)],
  [1, intended("a")],
  [2, begun("a")],
];
const AT_GATE: readonly Timed[] = [
  [1, verified("a")],
  [2, waveClosed(1, 62)],
];
const onceOpen = (...events: readonly Timed[]) => threeWaves([...OPEN, ...events]);
const RUNNING = onceOpen();
const PAUSED = onceOpen([3, control("pause")]);
const HALTED_RUN = onceOpen([3, HALTED]);
const ABORTING = onceOpen([3, control("abort")]);
const OVER = onceOpen([3, { kind: "finished", outcome: "proved" }]);

function refusal(request: RunRequestWord, state: RunState, more: Partial<RequestQuestion> = {}): string | null {
  const answer = refusalOf({ request, state, pending: "none", underWay: true, commands: COMMANDS, ...more });
  return answer === null ? null : `${answer.isAt} | ${answer.remedy}`;
}

describe("a request", () => {
  it("is taken where it means something", () => {
    assert.equal(refusal("pause", RUNNING), null);
    assert.equal(refusal("resume", PAUSED), null);
    assert.equal(refusal("resume", HALTED_RUN), null);
    assert.equal(refusal("resume", onceOpen([3, held("start-failures")])), null);
    for (const state of [RUNNING, PAUSED, HALTED_RUN]) assert.equal(refusal("abort", state), null);
    assert.equal(refusal("abort-and-roll-back", ABORTING), null);
  });

  it("means nothing to a finished run, which is said with where to see what it did", () => {
    for (const request of ["pause", "resume", "abort", "approve"] as const)
      assert.equal(
        refusal(request, OVER),
        `is finished, so there is nothing to ${request} | see what it did: fargate-cmk report 3f9a1c77aa00`,
      );
    assert.match(refusal("abort-and-roll-back", OVER) ?? "", /nothing to abort /);
  });

  it("to pause is refused with what the run is at", () => {
    assert.match(
      refusal("pause", PAUSED) ?? "",
      /^is paused already: an operator asked for it \| to go on: fargate-cmk resume /,
    );
    assert.match(refusal("pause", PAUSED, { underWay: false }) ?? "", /to go on: fargate-cmk run plan\.json$/);
    assert.match(refusal("pause", HALTED_RUN) ?? "", /^is halted, so it starts nothing anyway: for this test/);
    assert.match(refusal("pause", ABORTING) ?? "", /^is being aborted already/);
  });

  it("to resume is refused when nothing is paused, halted or held, and says when nobody works on the run", () => {
    assert.match(refusal("resume", RUNNING) ?? "", /^is neither paused nor halted \| look: fargate-cmk status /);
    assert.match(
      refusal("resume", RUNNING, { underWay: false }) ?? "",
      /no process works on it \| go on with: fargate-cmk run plan\.json$/,
    );
    assert.match(refusal("resume", onceOpen([3, held("looked")])) ?? "", /^is neither paused nor halted/);
    assert.match(refusal("resume", ABORTING) ?? "", /^is being aborted already/);
  });

  it("to abort is refused once it was asked for, with a rollback only once that was", () => {
    assert.match(refusal("abort", ABORTING) ?? "", /^is being aborted already/);
    const rollingBack = onceOpen([3, control("abort-and-roll-back")]);
    assert.match(refusal("abort-and-roll-back", rollingBack) ?? "", /^is being aborted already/);
    assert.match(
      refusal("abort", ABORTING, { underWay: false }) ?? "",
      /let it come to its end: fargate-cmk run plan\.json$/,
    );
  });

  it("replaces one that was not taken up yet, whatever the journal says", () => {
    assert.equal(refusal("resume", RUNNING, { pending: "pause" }), null);
    assert.equal(refusal("pause", PAUSED, { pending: "resume" }), null);
    // A pause stands after it was taken up.
    assert.match(refusal("pause", PAUSED, { pending: "pause" }) ?? "", /^is paused already/);
  });
});

describe("a yes", () => {
  it("is taken at a gate that asks for one, during the soak before it too, and while the run is paused", () => {
    const atGate = threeWaves(AT_GATE, APPROVAL);
    assert.equal(refusal("approve", atGate), null);
    assert.equal(refusal("approve", threeWaves([...AT_GATE, [3, control("pause")]], APPROVAL)), null);
  });

  it("is refused with what the run is at when no gate asks for one", () => {
    assert.match(refusal("approve", RUNNING) ?? "", /^has a plan that asks for no yes \| plan with --approve/);
    assert.match(
      refusal("approve", threeWaves(OPEN, APPROVAL)) ?? "",
      /^waits for no yes: wave 1 wave 1 is under way, 0 of 1 done, and the yes to wave 2 is asked for when it is done/,
    );
    const said = threeWaves([...AT_GATE, [3, control("approve")]], APPROVAL);
    assert.match(refusal("approve", said) ?? "", /^has the yes to wave 2 already/);
    assert.match(
      refusal("approve", threeWaves([], APPROVAL)) ?? "",
      /^waits for no yes: no wave is to come that needs one/,
    );
  });
});
