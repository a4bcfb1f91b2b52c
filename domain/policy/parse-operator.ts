// The name of a condition operator: an optional set prefix, an operator of the table, an optional IfExists.
// Invariant: only a name spelled exactly so is an operator; for a near miss the right spelling is offered, never assumed.

import { OPERATOR_NAMES } from "./condition-operators";
import type { ConditionOperator } from "./document";

/** The operator, or null when there is none of that name. */
export function parseOperator(written: string): ConditionOperator | null {
  const match = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(written);
  const [, set, name = "", ifExists] = match ?? [];
  if (!OPERATOR_NAMES.includes(name) || (name === "Null" && ifExists !== undefined)) return null;
  return {
    name,
    set: set === "ForAllValues" || set === "ForAnyValue" ? set : null,
    ifExists: ifExists !== undefined,
  };
}

/** The operator that was probably meant, or null: same letters but for case and punctuation, else at most two letters off. */
export function nearestOperator(written: string): string | null {
  const wanted = lettersOf(written);
  const same = SPELLINGS.find((spelling) => lettersOf(spelling) === wanted);
  if (same !== undefined || written.length > LONGEST_COMPARED) return same ?? null;
  const scored = SPELLINGS.map((spelling) => ({ spelling, distance: editDistance(lettersOf(spelling), wanted) }));
  const best = scored.toSorted((a, b) => a.distance - b.distance)[0];
  return best !== undefined && best.distance <= 2 ? best.spelling : null;
}

/** One phrase for people, with the right spelling when one is near. */
export function noSuchOperator(written: string): string {
  const meant = nearestOperator(written);
  return `there is no condition operator ${written}${meant === null ? "" : `; ${meant} was probably meant`}`;
}

const LONGEST_COMPARED = 60;

const SPELLINGS: readonly string[] = ["", "ForAllValues:", "ForAnyValue:"].flatMap((prefix) =>
  OPERATOR_NAMES.flatMap((name) => (name === "Null" ? [prefix + name] : [prefix + name, `${prefix}${name}IfExists`])),
);

function lettersOf(text: string): string {
  return text.replace(/[^A-Za-z]/g, "").toLowerCase();
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
