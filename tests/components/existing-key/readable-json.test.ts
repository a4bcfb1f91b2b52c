// JSON for people: the same value in fewer lines.

import assert from "node:assert/strict";
import fc from "fast-check";
import { readableJson } from "../../../components/existing-key/readable-json";

describe("readable JSON", () => {
  it("stands in one line where it fits", () => {
    assert.equal(readableJson({ a: [1, "x"], b: {}, c: [] }), '{ "a": [1, "x"], "b": {}, "c": [] }');
  });

  it("gives each member a line of its own where it does not fit, with the name counted", () => {
    const text = "x".repeat(60);
    assert.equal(
      readableJson({ [text]: [text.slice(0, 40)], b: 1 }),
      `{\n  "${text}": [\n    "${text.slice(0, 40)}"\n  ],\n  "b": 1\n}`,
    );
  });

  it("parses to the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.equal(JSON.stringify(JSON.parse(readableJson(value))), JSON.stringify(value));
      }),
      { numRuns: 200 },
    );
  });
});
