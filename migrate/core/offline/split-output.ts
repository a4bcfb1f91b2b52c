// The text of one file → the JSON values in it: one output, several one after the other (`>>`, xargs, a loop), or JSON lines.
//
// Invariants
//   it never throws; what comes before the trouble is kept, and the trouble is told
//   an error that the AWS CLI printed is told as that error

import { FOLDER_LIMITS } from "../limits";

export interface SplitOutput {
  readonly values: readonly unknown[];
  /** Why the file, or the rest of it, was not read; null when all of it was. */
  readonly problem: string | null;
}

export function splitOutput(text: string): SplitOutput {
  if (text.trim() === "") return { values: [], problem: "it is empty" };
  const whole = parsed(text);
  return whole === null ? splitValues(text) : { values: [whole.value], problem: null };
}

function splitValues(text: string): SplitOutput {
  const values: unknown[] = [];
  let at = nextFilled(text, 0);
  while (at < text.length) {
    if (values.length >= FOLDER_LIMITS.valuesInFileMax)
      return { values, problem: `it holds more than ${FOLDER_LIMITS.valuesInFileMax} values: the rest was left out` };
    const end = endOfValue(text, at);
    if (end === null) return { values, problem: after(values.length, troubleAt(text, at)) };
    const value = parsed(text.slice(at, end));
    if (value === null) return { values, problem: after(values.length, `it is not JSON at ${place(text, at)}`) };
    values.push(value.value);
    at = nextFilled(text, end);
  }
  return { values, problem: null };
}

function after(read: number, problem: string): string {
  return read === 0
    ? problem
    : `${problem}; the ${read === 1 ? "value" : `${read} values`} before that ${read === 1 ? "was" : "were"} read`;
}

function parsed(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

function nextFilled(text: string, from: number): number {
  FILLED.lastIndex = from;
  return FILLED.exec(text)?.index ?? text.length;
}

const FILLED = /\S/g;

/** Just behind the object, list or string that begins at `at`; null when it has no end, or when something else begins there. */
function endOfValue(text: string, at: number): number | null {
  const first = text[at];
  if (first === '"') return endOfString(text, at);
  if (first !== "{" && first !== "[") return null;
  let depth = 0;
  MARKS.lastIndex = at;
  for (let mark = MARKS.exec(text); mark !== null; mark = MARKS.exec(text)) {
    if (mark[0] === '"') {
      const end = endOfString(text, mark.index);
      if (end === null) return null;
      MARKS.lastIndex = end;
      continue;
    }
    depth += mark[0] === "{" || mark[0] === "[" ? 1 : -1;
    if (depth === 0) return mark.index + 1;
  }
  return null;
}

const MARKS = /["{}[\]]/g;

function endOfString(text: string, at: number): number | null {
  for (let index = at + 1; index < text.length; index += 1) {
    if (text[index] === "\\") index += 1;
    else if (text[index] === '"') return index + 1;
  }
  return null;
}

function troubleAt(text: string, at: number): string {
  const rest = text.slice(at, at + TROUBLE_READ_MAX);
  const [, code, operation, said = ""] = CLI_ERROR.exec(rest) ?? [];
  if (code !== undefined) return `it holds an error of the AWS CLI: ${code} of ${operation}: ${short(said)}`;
  if (/^[{["]/.test(rest)) return `it is cut off: the value that begins at ${place(text, at)} has no end`;
  return `it is not JSON (was it made with --output json?): at ${place(text, at)} stands ${JSON.stringify(short(rest))}`;
}

/** Source: botocore's ClientError; the brackets after `operation` tell of retries (seen in CLI versions 1 and 2). */
const CLI_ERROR = /An error occurred \(([^)\s]+)\) when calling the (\w+) operation(?: \([^)]*\))?: ([^\r\n]*)/;
const TROUBLE_READ_MAX = 2_000;
const SHOWN_MAX = 120;

function short(text: string): string {
  const [line = ""] = text.trim().split(/[\r\n]/);
  return line.length <= SHOWN_MAX ? line : `${line.slice(0, SHOWN_MAX)}…`;
}

function place(text: string, at: number): string {
  const before = text.slice(0, at);
  return `line ${before.split("\n").length}`;
}
