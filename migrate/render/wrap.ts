// Text in lines of a given width. A command at the end of a text stays one command: its lines end in a backslash.
//
// Invariants
//   words are never cut; one that is wider than the width stands alone on its line
//   nothing between single quotes is ever broken, so that a pasted command means the same

import { printable } from "./printable";

export function wrap(text: string, width: number): readonly string[] {
  const clean = printable(text);
  const start = commandStart(clean);
  if (start === null) return fill(clean.split(" "), width);
  const prose = fill(clean.slice(0, start).trim().split(" "), width);
  const command = words(clean.slice(start));
  const whole = clean.trim();
  if (whole.length <= width) return [whole];
  const lines = fill(command, width - CONTINUED.length);
  const continued = lines.map((line, index) => (index < lines.length - 1 ? `${line}${CONTINUED}` : line));
  return [...prose.filter((line) => line !== ""), ...continued];
}

/** Parts that stay whole, joined by a separator, in as many lines as they need. */
export function wrapParts(parts: readonly string[], separator: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const part of parts.map(printable)) {
    const last = lines.at(-1);
    if (last !== undefined && `${last}${separator}${part}`.length <= width)
      lines[lines.length - 1] = `${last}${separator}${part}`;
    else lines.push(part);
  }
  return lines;
}

/** Cut to a width, with an ellipsis in place of what is missing. */
export function clip(text: string, width: number): string {
  const clean = printable(text);
  return clean.length <= width ? clean : `${clean.slice(0, Math.max(0, width - 1))}…`;
}

const CONTINUED = " \\";

/** Where a command begins that reaches to the end: after a colon, as remedies have it. */
function commandStart(text: string): number | null {
  const match = /(^|: )((?:aws|fargate-cmk|printf) \S)/.exec(text);
  return match === null ? null : match.index + (match[1]?.length ?? 0);
}

/** Split at spaces that stand outside single quotes; a backslash takes the next character as it is. */
function words(command: string): readonly string[] {
  return command.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? [];
}

function fill(parts: readonly string[], width: number): readonly string[] {
  return wrapParts(parts, " ", width);
}
