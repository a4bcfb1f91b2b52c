// The cells of the table of faults and states that can be, each with a proof by example: a story in which the two really meet.

import assert from "node:assert/strict";
import { problemsOfAll } from "../checks/problems-of-all";
import { FAULTS, impossible, type Meeting, meetingsOf, STATES } from "../meetings/meetings";
import { live } from "../stage/live";
import { traceOf } from "../stage/trace";
import { aimedStory } from "./aimed-stories";

export function possibleCells(): readonly Meeting[] {
  const all = FAULTS.flatMap((fault) => STATES.map((state) => ({ fault, state })));
  return all.filter((cell) => impossible(cell) === null);
}

/** Lives as many stories of the cell as asked for: each without harm, and fault and state meet in the first. */
export async function provesCell(cell: Meeting, variants: number): Promise<void> {
  for (let variant = 0; variant < variants; variant += 1) {
    const life = await live(aimedStory(cell, variant));
    const problems = problemsOfAll(life);
    assert.ok(problems.length === 0, `variant ${variant}\n${traceOf(life, problems)}`);
    const met = meetingsOf(life).some(({ fault, state }) => fault === cell.fault && state === cell.state);
    assert.ok(met || variant > 0, `${cell.fault} did not meet ${cell.state}\n${traceOf(life, [])}`);
  }
}
