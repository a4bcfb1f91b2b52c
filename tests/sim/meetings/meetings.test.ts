// What the table of faults and states counts, told by small lives.

import assert from "node:assert/strict";
import { type Life, live } from "../stage/live";
import { aimedStory } from "../stories/aimed-stories";
import { FAULTS, impossible, meetingsOf, meetingTable, STATES } from "./meetings";

describe("the meetings of faults and states", function () {
  this.timeout(60_000);

  it("are counted with the state of the service that was struck, and with the run's", async () => {
    const met = await meetingsIn({ fault: "task-dies", state: "deploying" });
    assert.deepEqual(met, ["task-dies deploying", "task-dies running"]);
  });

  it("are counted for a call by what became of it", async () => {
    const met = await meetingsIn({ fault: "reset", state: "paused" });
    assert.ok(met.includes("reset paused"), met.join());
    assert.ok(met.every((one) => !one.startsWith("throttle ")));
  });

  it("are those of all services when the process itself suffers", async () => {
    const met = await meetingsIn({ fault: "dies-after-line", state: "in doubt" });
    for (const state of ["in doubt", "verified", "running"]) assert.ok(met.includes(`dies-after-line ${state}`), state);
  });

  it("meet a run that is away in nothing else", async () => {
    const met = await meetingsIn({ fault: "capacity-short", state: "away" });
    assert.ok(met.includes("capacity-short away") && !met.includes("capacity-short running"), met.join());
  });

  it("are told to be impossible in words, and asked for by their names only", () => {
    assert.match(impossible({ fault: "reset", state: "away" }) ?? "", /no call/);
    assert.equal(impossible({ fault: "somebody-deploys", state: "away" }), null);
    assert.throws(() => impossible({ fault: "rain", state: "away" }), /"rain" is no fault/);
    assert.throws(() => impossible({ fault: "reset", state: "asleep" }), /"asleep" is no state/);
  });

  it("are a table with a row for each fault, a column for each state and a dash where none can be", () => {
    const lines = meetingTable(new Map([["reset paused", 7]])).split("\n");
    assert.equal(lines.length, FAULTS.length + 2);
    const row = lines.find((line) => line.startsWith("| reset |"))?.split(" | ") ?? [];
    assert.equal(row[STATES.indexOf("paused") + 1], "7");
    assert.equal(row[STATES.indexOf("queued") + 1], "0");
    assert.equal(row.at(-1), "– |");
  });
});

async function meetingsIn(cell: { readonly fault: string; readonly state: string }): Promise<readonly string[]> {
  const life: Life = await live(aimedStory(cell, 0));
  return [...new Set(meetingsOf(life).map(({ fault, state }) => `${fault} ${state}`))]
    .filter((one) => one.startsWith(`${cell.fault} `))
    .toSorted();
}
