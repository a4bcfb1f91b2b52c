// A problem is what a parser of this room answers when a text is not what it should be: parsers never throw.
// Invariant: it always holds the value that was wrong and what to do next.

export interface Problem {
  readonly kind: "problem";
  /** What is wrong, as a phrase without final period. */
  readonly what: string;
  /** The value as it was given, shortened when very long. */
  readonly value: string;
  /** What to do next. */
  readonly remedy: string;
}

const SHOWN_CHARACTERS_MAX = 200;

export function problem(what: string, value: string, remedy: string): Problem {
  return { kind: "problem", what, value: shorten(value), remedy };
}

/** Whether a parser answered with a problem instead of what was asked for. */
export function isProblem(value: object): value is Problem {
  return "kind" in value && value.kind === "problem";
}

/** One line for people: what is wrong, the value, the next step. */
export function describeProblem({ what, value, remedy }: Problem): string {
  return `${what}: ${JSON.stringify(value)}; ${remedy}`;
}

function shorten(value: string): string {
  return value.length <= SHOWN_CHARACTERS_MAX ? value : `${value.slice(0, SHOWN_CHARACTERS_MAX)}…`;
}
