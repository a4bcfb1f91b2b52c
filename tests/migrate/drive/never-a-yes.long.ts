// A run that waits for a person who never comes: a fortnight of turns.

import assert from "node:assert/strict";
import { RunRig } from "./run-rig";

describe("a run whose next wave nobody says yes to", () => {
  it("pauses after its fortnight with what is left, and the next process goes on when the yes has come", async () => {
    const options = { gate: { alarms: [], approval: true } };
    const rig = new RunRig({ waves: [["a"], ["b"]], options });
    const { end, state } = await rig.run();
    assert.deepEqual([end, state.status, rig.phases()], ["left", "paused", { a: "verified", b: "queued" }]);
    assert.ok(rig.secondsGone() > 10 * 24 * 3_600);
    rig.store.request = "approve";
    assert.equal((await rig.run()).state.outcome, "proved");
  });
});
