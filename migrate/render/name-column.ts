// Names in a column of their own with text beside them, in blocks that are indented by four.
// Invariant: a name is never cut, for it is what its reader searches for: one that is too long stands on a line of its own.

import { printable } from "./printable";

const NAME_WIDTH_MAX = 32;
const INDENT = "    ";
const GAP = "   ";

/** As wide as the longest name that fits into a third of the width; 0 when none does. */
export function nameColumn(names: readonly string[], width: number): number {
  const most = Math.min(NAME_WIDTH_MAX, Math.floor(width / 3));
  return Math.max(0, ...names.map((name) => printable(name).length).filter((length) => length <= most));
}

export interface NamedLines {
  readonly name: string;
  readonly nameWidth: number;
  readonly lines: readonly string[];
}

export function besideName({ name, nameWidth, lines }: NamedLines): readonly string[] {
  const shown = printable(name);
  const [first = "", ...others] = lines;
  const below = (line: string): string => `${INDENT}${" ".repeat(nameWidth)}${GAP}${line}`;
  if (shown.length > nameWidth) return [`${INDENT}${shown}`, ...lines.map(below)];
  return [`${INDENT}${shown.padEnd(nameWidth)}${GAP}${first}`, ...others.map(below)];
}
