import assert from "node:assert/strict";
import { diffProperties } from "./diff-properties";
import { boolean, type InputSchema, json, list, map, number, object, set, string } from "./input-schema";
import { type PropertyMap, UNKNOWN } from "./property-values";

const SCHEMA: InputSchema = {
  block: { type: object({ inner: { type: string() }, fixed: { type: string(), replaces: true } }) },
  count: { type: number() },
  flag: { type: boolean() },
  kind: { type: string(), computed: true, replaces: true },
  order: { type: list(string()) },
  policy: { type: json() },
  propagate: { type: string(), absentMeans: "NONE" },
  subnets: { type: set(string()) },
  tags: { type: map(string()) },
};

describe("the differences between a state and a program", () => {
  it("are none for zero values and nothing, for computed values left out, and for what means the same", () => {
    const state: PropertyMap = {
      block: {},
      count: 0,
      flag: false,
      kind: "EC2",
      policy: '{"a":["x"],"b":[]}',
      propagate: "NONE",
      subnets: ["b", "a"],
      tags: {},
    };
    assert.deepEqual(diffProperties(SCHEMA, state, { subnets: ["a", "b"], policy: '{ "a": "x" }' }), []);
  });

  it("say at which path something is added, changed or gone", () => {
    const state = { block: { inner: "x" }, count: 2, tags: { a: "1", "b.c": "2" } };
    assert.deepEqual(paths(state, { count: 0, flag: true, tags: { a: "2" } }), [
      "delete block",
      "update count",
      "add flag",
      "update tags.a",
      'delete tags["b.c"]',
    ]);
  });

  it("heed the order of a list, and not of a set", () => {
    assert.deepEqual(paths({ order: ["a", "b"], subnets: ["a"] }, { order: ["b", "a"], subnets: ["a", "b"] }), [
      "update order",
      "update subnets",
    ]);
  });

  it("count an unknown as a change, wherever it stands", () => {
    assert.deepEqual(paths({ subnets: ["a"], count: 1 }, { subnets: [UNKNOWN], count: UNKNOWN }), [
      "update count",
      "update subnets",
    ]);
  });

  it("replace for what AWS cannot change, also inside a block", () => {
    const changes = diffProperties(
      SCHEMA,
      { kind: "EC2", block: { fixed: "a" } },
      { kind: "FARGATE", block: { fixed: "b" } },
    );
    assert.deepEqual(
      changes.map(({ path, replaces }) => [path, replaces]),
      [
        ["block.fixed", true],
        ["kind", true],
      ],
    );
  });
});

function paths(state: PropertyMap, program: PropertyMap): readonly string[] {
  return diffProperties(SCHEMA, state, program).map(({ kind, path }) => `${kind} ${path}`);
}
