// The one wording of a mistake in an argument: which argument, the value it has, what to give instead.
// Invariant: the text is the same whether the value was known at once or came out of an Input.

/** A mistake of the program that gave the argument. */
export class ArgumentError extends RangeError {
  override readonly name = "ArgumentError";

  constructor(argument: string, value: unknown, remedy: string) {
    super(`${argument} is ${shown(value)}: ${remedy}`);
  }
}

const SHOWN_CHARACTERS_MAX = 200;

function shown(value: unknown): string {
  const text = value === undefined ? "undefined" : JSON.stringify(value);
  return text.length <= SHOWN_CHARACTERS_MAX ? text : `${text.slice(0, SHOWN_CHARACTERS_MAX)}…`;
}
