// Wildcards of the policy language: `*` is any run of characters, `?` is exactly one.
//
// Invariants
//   a pattern is a list of pieces, so that a literal * (from a variable, or from `${*}`) is never taken for a wildcard
//   matching never takes more than text length × pattern length steps: no regular expression, nothing to blow up

export const ANY_RUN = Symbol("*");
export const ANY_ONE = Symbol("?");

/** A single literal character, or a wildcard. */
export type Piece = string | typeof ANY_RUN | typeof ANY_ONE;

export function matchWildcard(text: string, pieces: readonly Piece[]): boolean {
  let at = 0;
  let piece = 0;
  let runPiece = -1;
  let runAt = 0;
  while (at < text.length) {
    const wanted = pieces[piece];
    if (wanted === ANY_RUN) {
      runPiece = piece++;
      runAt = at;
    } else if (wanted !== undefined && (wanted === ANY_ONE || wanted === text[at])) {
      at++;
      piece++;
    } else if (runPiece >= 0) {
      // The last run takes one character more, and what follows it is tried again.
      piece = runPiece + 1;
      at = ++runAt;
    } else {
      return false;
    }
  }
  return pieces.slice(piece).every((rest) => rest === ANY_RUN);
}

/** The pieces of a pattern in which `*` and `?` are wildcards and everything else is itself. */
export function piecesOf(pattern: string): readonly Piece[] {
  return [...splitCharacters(pattern)].map((character) => {
    if (character === "*") return ANY_RUN;
    return character === "?" ? ANY_ONE : character;
  });
}

export function literalPieces(text: string): readonly Piece[] {
  return splitCharacters(text);
}

/** The pieces as text, wildcards as the characters they were written with: for operators without wildcards. */
export function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === "string" ? piece : piece.description)).join("");
}

export function lowerCase(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map((piece) => (typeof piece === "string" ? piece.toLowerCase() : piece));
}

/** UTF-16 units, as `text[at]` above sees them. */
function splitCharacters(text: string): string[] {
  return text.split("");
}
