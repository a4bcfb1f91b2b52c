import assert from "node:assert/strict";
import type { Autonaming } from "./automatic-name";
import { checkInputs } from "./check-inputs";
import { boolean, type InputSchema, list, number, object, string } from "./input-schema";
import { type PropertyMap, UNKNOWN } from "./property-values";
import { urn } from "./session/urn";

const SCHEMA: InputSchema = {
  name: { type: string(), required: true, autoname: { prefix: "alias/" } },
  block: { type: object({ size: { type: number(1, 9), required: true }, mode: { type: string(), standard: "fast" } }) },
  enabled: { type: boolean(), standard: true },
  many: { type: list(string("a", "b")) },
};

describe("checked inputs", () => {
  it("have defaults filled in and named, at each level", () => {
    assert.deepEqual(check({ name: "n", block: { size: 2 } }).inputs, {
      name: "n",
      block: { size: 2, mode: "fast", __defaults: ["mode"] },
      enabled: true,
      __defaults: ["enabled"],
    });
  });

  it("let unknowns pass wherever a value is expected", () => {
    const { inputs, failures } = check({ name: UNKNOWN, block: { size: UNKNOWN }, many: [UNKNOWN], enabled: UNKNOWN });
    assert.deepEqual(failures, []);
    assert.deepEqual([inputs.name, inputs.many], [UNKNOWN, [UNKNOWN]]);
  });

  it("have numbers and booleans made of texts, as the bridge makes them", () => {
    const { inputs } = check({ name: 7, block: { size: "3" }, enabled: "false" });
    assert.deepEqual(
      [inputs.name, inputs.block, inputs.enabled],
      ["7", { size: 3, mode: "fast", __defaults: ["mode"] }, false],
    );
  });

  it("name each thing that is wrong by its place", () => {
    const { failures } = check({ name: "n", block: { sise: 2 }, many: ["a", "c"], enabled: "yes" });
    assert.deepEqual(failures.map(({ property }) => property).toSorted(), [
      "block.sise",
      "block.size",
      "enabled",
      "many[1]",
    ]);
  });

  it("follow the stack's autonaming: the pattern, a proposal, an order, or none", () => {
    assert.match(String(check({}).inputs.name), /^alias\/it-[0-9a-f]{7}$/);
    assert.equal(check({}, { mode: "propose", name: "it-dev" }).inputs.name, "alias/it-dev");
    assert.equal(check({}, { mode: "enforce", name: "exactly" }).inputs.name, "exactly");
    const { failures } = check({}, { mode: "disable" });
    assert.deepEqual(failures, [{ property: "name", reason: "Missing required argument: name" }]);
  });
});

function check(news: PropertyMap, autonaming: Autonaming = { mode: "standard" }) {
  const naming = { urn: urn("aws:kms/alias:Alias"), autonaming, randomSeed: new Uint8Array([1]) };
  return checkInputs({ schema: SCHEMA, news, olds: {}, naming });
}
