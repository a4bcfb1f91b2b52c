import assert from "node:assert/strict";
import fc from "fast-check";
import { literalPieces, matchWildcard, piecesOf } from "../../../domain/policy/match-wildcard";

describe("wildcard matching", () => {
  for (const [text, pattern, expected] of [
    ["", "", true],
    ["", "*", true],
    ["", "?", false],
    ["abc", "abc", true],
    ["abc", "ab", false],
    ["ab", "abc", false],
    ["abc", "a*c", true],
    ["abc", "a**c", true],
    ["abc", "*b*", true],
    ["abc", "?b?", true],
    ["abc", "??", false],
    ["aXbXc", "a*X?", true],
    ["aaab", "*ab", true],
    ["a.c", "a.c", true],
    ["abc", "a.c", false],
    ["mississippi", "m*iss*p?", true],
    ["mississippi", "m*iss*ip", false],
  ] as const) {
    it(`${JSON.stringify(text)} ${expected ? "matches" : "does not match"} ${JSON.stringify(pattern)}`, () => {
      assert.equal(matchWildcard(text, piecesOf(pattern)), expected);
    });
  }

  it("takes no wildcard from literal pieces", () => {
    assert.equal(matchWildcard("a*", literalPieces("a*")), true);
    assert.equal(matchWildcard("ab", literalPieces("a*")), false);
  });

  it("agrees with a plain recursive definition on small alphabets", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 6 });
    fc.assert(fc.property(text, pattern, (t, p) => matchWildcard(t, piecesOf(p)) === recursive(t, p)));
  });

  it("stays quick on patterns that blow up backtracking matchers", () => {
    const pattern = piecesOf(`${"*a".repeat(200)}b`);
    assert.equal(matchWildcard("a".repeat(2_000), pattern), false);
  });
});

function recursive(text: string, pattern: string): boolean {
  if (pattern === "") return text === "";
  const rest = pattern.slice(1);
  if (pattern[0] === "*") return recursive(text, rest) || (text !== "" && recursive(text.slice(1), pattern));
  return text !== "" && (pattern[0] === "?" || pattern[0] === text[0]) && recursive(text.slice(1), rest);
}
