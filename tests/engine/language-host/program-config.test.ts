import assert from "node:assert/strict";
import { programConfig } from "./program-config";

describe("the configuration of a program", () => {
  it("is written in the form that every Node.js SDK reads", () => {
    const values = new Map([
      ["aws:region", "eu-west-1"],
      ["tiny:limits", '{"a":1}'],
    ]);
    assert.deepEqual(JSON.parse(programConfig(values)), {
      "aws:config:region": "eu-west-1",
      "tiny:config:limits": '{"a":1}',
    });
  });

  it("keeps further colons of a name", () => {
    assert.deepEqual(JSON.parse(programConfig([["tiny:a:b", "1"]])), { "tiny:config:a:b": "1" });
  });

  it("is refused when a key has no namespace", () => {
    for (const key of ["region", ":region"]) {
      assert.throws(() => programConfig([[key, "x"]]), new RegExp(`"${key}" has no namespace`));
    }
  });
});
