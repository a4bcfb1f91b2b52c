// A text that quotes a policy of somebody's program, made fit for one line of a message.
// Invariant: no line break is left, and no text is longer than a screen takes.

const CHARACTERS_MAX = 300;

export function onOneLine(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= CHARACTERS_MAX ? line : `${line.slice(0, CHARACTERS_MAX)}…`;
}
