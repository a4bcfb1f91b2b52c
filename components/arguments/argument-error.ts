// The one wording of a mistake in an argument: which argument, the value it has, what to give instead.
// Invariant: the text is the same whether the value was known at once or came out of an Input.

/** Why a component does not go on; told to the user as it stands. */
export class Refusal extends Error {
  override readonly name: string = "Refusal";
}

/** A mistake of the program that gave the argument. */
export class ArgumentError extends Refusal {
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
