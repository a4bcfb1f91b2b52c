// The state of a run is the fold of its journal, after every line: for the process that wrote it and for whoever takes it up.
// About the program's own state, so its fold is used here; what is compared with it is what processes really held.

import { applyEvent } from "../../../migrate/core/machine/apply-event";
import { foldRun, newRun } from "../../../migrate/core/machine/fold-run";
import type { RunState } from "../../../migrate/core/machine/run-state";
import type { Life } from "../stage/live";

/** States to compare in full in one life; each costs a few milliseconds. */
const COMPARED_MAX = 40;

export function unfoldedStates(life: Life): readonly string[] {
  return [...heldOtherwise(life), ...foldedOtherwise(life)];
}

/** What processes held, at their turns and at their ends. */
function heldOtherwise({ plan, lines, processes }: Life): readonly string[] {
  const ends = processes.flatMap(({ state, lines: written }) => (state === null ? [] : [{ state, lines: written }]));
  const turns = sampled(processes.flatMap((process) => process.turns ?? []));
  return [...turns, ...ends].flatMap(({ state, lines: written }) =>
    plain(foldRun(plan, lines.slice(0, written))) === plain(state)
      ? []
      : [`the state after ${written} lines is not the fold of the journal`],
  );
}

/** Line after line, on events that nobody may write to, and all at once: a fold that keeps or changes what it was given shows. */
function foldedOtherwise({ plan, lines }: Life): readonly string[] {
  const steps: { readonly seq: number; readonly text: string }[] = [];
  const wanted = new Set(sampled(lines).map(({ seq }) => seq));
  let state = newRun(plan);
  for (const { seq, at, event } of lines) {
    state = applyEvent(state, { event: structuredClone(event), atMs: Date.parse(at) });
    if (wanted.has(seq)) steps.push({ seq, text: plain(state) });
  }
  return steps.flatMap(({ seq, text }) =>
    plain(foldRun(plan, lines.slice(0, seq))) === text ? [] : [`the fold of ${seq} lines differs from line to line`],
  );
}

function sampled<T>(all: readonly T[]): readonly T[] {
  const apart = Math.max(1, Math.ceil(all.length / (COMPARED_MAX / 2)));
  return all.filter((_, index) => index % apart === apart - 1);
}

/** Whatever the order in which members and keys were put in. */
function plain(value: RunState): string {
  return JSON.stringify(value, (key, one: unknown) => {
    if (key === "plan") return undefined;
    if (one instanceof Map) return { entries: sorted([...one]) };
    if (one instanceof Set) return { members: [...one].toSorted() };
    return typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(sorted(Object.entries(one)))
      : one;
  });
}

function sorted(entries: readonly (readonly [string, unknown])[]): readonly (readonly [string, unknown])[] {
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
