import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalJson, sha256Hex } from "../../../migrate/core/canonical-json";
import { FargateCmkError } from "../../../migrate/errors";

describe("canonicalJson", () => {
  it("sorts members at every depth and leaves lists in their order", () => {
    assert.equal(canonicalJson({ b: [2, { d: null, c: "x" }], a: true }), '{"a":true,"b":[2,{"c":"x","d":null}]}');
  });

  it("leaves out members whose value is undefined, as JSON does", () => {
    assert.equal(canonicalJson({ a: undefined, b: 1 }), '{"b":1}');
  });

  it("sorts by UTF-16 code units, not by a locale", () => {
    assert.equal(canonicalJson({ ä: 1, z: 2, Z: 3 }), '{"Z":3,"z":2,"ä":1}');
  });

  it("writes the same text whatever order the members came in, and JSON.parse reads the value back", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed());
        assert.equal(canonicalJson(reversed), canonicalJson(value));
        assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1]) {
    it(`refuses ${String(value)}, which JSON cannot hold`, () => {
      assert.throws(
        () => canonicalJson({ value }),
        (error) => error instanceof FargateCmkError && error.code === "internal",
      );
    });
  }
});

describe("sha256Hex", () => {
  it("hashes the UTF-8 bytes (FIPS 180-2, example of one block)", () => {
    assert.equal(sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});
