import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { behaviours } from "../../../simulator/behaviours";
import { DEFAULT_SWITCHES } from "../../../simulator/world/switches";

const HERE = path.resolve("tests/simulator/world");

describe("the table of modelled behaviours", () => {
  const sources = readdirSync(HERE)
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => readFileSync(path.join(HERE, name), "utf8"))
    .join("\n");

  it("names a test for every behaviour", () => {
    const without = behaviours.filter(({ number, test }) => !sources.includes(`"${number} ${test}"`));
    assert.deepEqual(without, []);
  });

  it("gives each behaviour a number of its own, a standing and a source", () => {
    assert.equal(new Set(behaviours.map(({ number }) => number)).size, behaviours.length);
    for (const { standing, source } of behaviours) {
      assert.ok(["documented", "reported", "inferred"].includes(standing), standing);
      assert.ok(source.length > 0);
    }
  });

  it("has every switch named in a test", () => {
    for (const name of Object.keys(DEFAULT_SWITCHES)) assert.ok(sources.includes(name), name);
  });
});
