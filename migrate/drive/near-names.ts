// Names that a mistyped one may have meant: those that differ by little, or hold it, nearest first.

const NAMES_SHOWN = 3;
/** Two letters that changed places are two edits, in the shortest name too. */
const EDITS_MIN = 2;
/** Longer names than AWS allows (255) are not compared letter by letter. */
const COMPARED_LENGTH_MAX = 255;

export function nearNames(wanted: string, names: readonly string[]): readonly string[] {
  const mostEdits = Math.max(EDITS_MIN, Math.floor(wanted.length / 3));
  return names
    .map((name) => ({ name, edits: distance(wanted.toLowerCase(), name.toLowerCase()) }))
    .filter(({ edits }) => edits <= mostEdits)
    .toSorted((a, b) => a.edits - b.edits || (a.name < b.name ? -1 : 1))
    .slice(0, NAMES_SHOWN)
    .map(({ name }) => name);
}

/** `did you mean a or b? `, to be followed by where all names are told; nothing where no name is near. */
export function didYouMean(near: readonly string[]): string {
  return near.length === 0 ? "" : `did you mean ${near.join(" or ")}? `;
}

/** 1 when one name holds the other, else the letters to insert, delete or replace (Levenshtein). */
function distance(a: string, b: string): number {
  if (a === b) return 0;
  if (a !== "" && b !== "" && (a.includes(b) || b.includes(a))) return 1;
  if (a.length > COMPARED_LENGTH_MAX || b.length > COMPARED_LENGTH_MAX) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) row = nextRow(row, letter, b, i + 1);
  return row.at(-1) ?? 0;
}

function nextRow(above: readonly number[], letter: string, b: string, first: number): number[] {
  const row = [first];
  for (let j = 1; j < above.length; j += 1) {
    const replaced = (above[j - 1] ?? 0) + (b[j - 1] === letter ? 0 : 1);
    row.push(Math.min(replaced, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
  }
  return row;
}
