// An error as one paragraph: its code, what happened to what, and the next step.
// Invariant: a stack is shown with --debug only.

import type { FargateCmkError } from "../../errors";

export interface ErrorStyle {
  readonly color: boolean;
  readonly debug: boolean;
  /** Columns; Infinity in a file or a pipe, where a line is for searching. */
  readonly width: number;
}

export function errorParagraph(error: FargateCmkError, { color, debug, width }: ErrorStyle): string {
  const heading = color ? `\u001b[31m${error.code}\u001b[39m` : error.code;
  const body = wrapped(`${sentence(error.message)} ${sentence(capital(error.remedy))}`, {
    firstUsed: error.code.length + 2,
    width,
  });
  const paragraph = `${heading}: ${body}`;
  return debug ? `${paragraph}\n${stacks(error)}` : paragraph;
}

/** Breaks at blanks only: a long path or ARN stays whole so that it can be copied. */
function wrapped(text: string, { firstUsed, width }: { firstUsed: number; width: number }): string {
  let used = firstUsed;
  let out = "";
  for (const word of text.split(" ")) {
    const fits = used + word.length + 1 <= width || out === "";
    out += out === "" ? word : fits ? ` ${word}` : `\n  ${word}`;
    used = fits ? used + word.length + 1 : word.length + 2;
  }
  return out;
}

/** With a full stop, unless it ends in one or in a command that a full stop would spoil. */
function sentence(text: string): string {
  return /[.!?:]$/.test(text) ? text : `${text}.`;
}

function capital(text: string): string {
  return text.startsWith("fargate-cmk") ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

function stacks(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stacks(error.cause)}` : "";
  return `${error.stack ?? error.message}${cause}`;
}
