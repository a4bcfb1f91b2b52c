// Each invariant's check, on a life that holds to it and on the same life with one fact changed: then it speaks, and no other does.

import assert from "node:assert/strict";
import { traceOf } from "../stage/trace";
import { INVARIANTS, problemsOf } from "./checks";
import { calm } from "./lives-to-doctor";
import { TRIPS_OF_RUNS } from "./trips-of-runs";
import { TRIPS_OF_SENDINGS } from "./trips-of-sendings";

const TRIPS = [...TRIPS_OF_SENDINGS, ...TRIPS_OF_RUNS];

describe("a check of the simulation", function () {
  this.timeout(60_000);

  it("stands for each invariant, and each has a life that trips it", () => {
    const tripped = new Set(TRIPS.map(({ id }) => id));
    assert.deepEqual([...tripped].toSorted(), INVARIANTS.map(({ id }) => id).toSorted());
  });

  for (const { id, when, life, doctor } of TRIPS)
    it(`${id} speaks alone when ${when}`, async () => {
      const lived = await life();
      const before = problemsOf(lived);
      assert.ok(before.length === 0, traceOf(lived, before));
      const problems = problemsOf(doctor(lived));
      const ids = new Set(problems.map((problem) => problem.slice(0, problem.indexOf(":"))));
      assert.deepEqual([...ids], [id], problems.join("\n"));
    });

  it("tells of what the simulator itself did wrong", async () => {
    assert.deepEqual(problemsOf({ ...(await calm()), defects: ["no such shape"] }), ["simulator: no such shape"]);
  });
});
