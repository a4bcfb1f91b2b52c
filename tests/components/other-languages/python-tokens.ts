// The words of a Python program, without its comments and its spaces.

export type Token =
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "sign"; readonly text: string };

const SPACE = /\s+|#[^\n]*/y;
const LONG_STRING = /"""([\s\S]*?)"""/y;
const STRING = /"([^"\\\n]*)"/y;
const NUMBER = /\d+(?:\.\d+)?/y;
const NAME = /[A-Za-z_]\w*/y;
const SIGN = /[()[\]{}.,:=]/y;

/** Throws at the first character that begins none of them. */
export function pythonTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return undefined;
    at = pattern.lastIndex;
    return found[1] ?? found[0];
  };
  while (at < text.length) {
    if (match(SPACE) !== undefined) continue;
    const token = nextToken(match);
    if (token === undefined) throw new Error(`not understood: ${text.slice(at, at + 40)}`);
    tokens.push(token);
  }
  return tokens;
}

function nextToken(match: (pattern: RegExp) => string | undefined): Token | undefined {
  const string = match(LONG_STRING) ?? match(STRING);
  if (string !== undefined) return { kind: "string", value: string };
  const number = match(NUMBER);
  if (number !== undefined) return { kind: "number", value: Number(number) };
  const name = match(NAME);
  if (name !== undefined) return { kind: "name", text: name };
  const sign = match(SIGN);
  return sign === undefined ? undefined : { kind: "sign", text: sign };
}
