import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { shellCommand } from "../../../migrate/core/words/remedy-command";
import { clip, wrap, wrapParts } from "../../../migrate/render/wrap";

describe("wrap", () => {
  it("breaks prose at words", () => {
    assert.deepEqual(wrap("one two three four", 9), ["one two", "three", "four"]);
  });

  it("leaves a word whole that is wider than the line", () => {
    assert.deepEqual(wrap("see arn:aws:ecs:eu-west-1 now", 10), ["see", "arn:aws:ecs:eu-west-1", "now"]);
  });

  it("keeps text and command on one line when they fit", () => {
    assert.deepEqual(wrap("wait: aws ecs x --y z", 40), ["wait: aws ecs x --y z"]);
  });

  it("puts a command on lines of its own that a shell reads as one", () => {
    assert.deepEqual(wrap("wait a while: aws ecs describe-services --cluster pay", 30), [
      "wait a while:",
      "aws ecs describe-services \\",
      "--cluster pay",
    ]);
  });

  it("breaks nothing between quotes", () => {
    assert.deepEqual(wrap("aws ecs x --query 'a  b c' --more", 19), ["aws ecs x --query \\", "'a  b c' --more"]);
  });

  it("gives a shell the same words as the command that was not wrapped", () => {
    const word = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), fc.integer({ min: 20, max: 60 }), (words, width) => {
        const command = `aws ${shellCommand("ecs", ...words)}`;
        const script = wrap(command, width).join("\n").replace(/^aws/, "printf '%s\\0'");
        const seen = execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
        assert.deepEqual(seen, ["ecs", ...words]);
      }),
      { numRuns: 30 },
    );
  });
});

describe("wrapParts", () => {
  it("keeps parts whole and joins as many as fit", () => {
    assert.deepEqual(wrapParts(["a b", "c d", "e f"], " · ", 10), ["a b · c d", "e f"]);
  });
});

describe("clip", () => {
  it("ends what is too long in an ellipsis", () => {
    assert.deepEqual([clip("checkout", 8), clip("checkout", 6)], ["checkout", "check…"]);
  });
});
