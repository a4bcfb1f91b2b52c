import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { REGISTRY } from "../../../policypack/registry";
import { UNKNOWN } from "../../../policypack/rules/look";
import { asked } from "../circumstances";
import { said, scenesOf } from "./scenes-of";
import { unknownCases, unknownsTable } from "./unknowns-table";

describe("a value that is not known before the update", () => {
  it("is never what a rule blocks for: a stack that is as it should be gets no more than advice", () => {
    const blocked = unknownCases().filter(
      ({ scene, said }) => scene === "compliant" && said.some((one) => !one.isAdvisory),
    );
    assert.deepEqual(
      blocked.map(({ rule, place, said }) => `${rule.id} | ${place} | ${said[0]?.message.split("\n")[0]}`),
      [],
    );
  });

  it("is said in the rule's own words, with where it will be checked", () => {
    for (const { rule, place, said } of unknownCases()) {
      for (const { verdict, message } of said) {
        if (verdict.kind !== "unknown") continue;
        assert.match(message, /\nChecked by: \S/, `${rule.id} ${place}`);
        assert.doesNotMatch(message, /can't run policy|Symbol|\[object/, `${rule.id} ${place}`);
      }
    }
  });

  it("is no reason to throw, even when nothing at all is known", () => {
    for (const rule of REGISTRY.rules) {
      for (const { compliant } of scenesOf(rule.id)) {
        const dark = compliant.map((one) => ({
          ...one,
          properties: Object.fromEntries((rule.reads[one.type] ?? []).map((name) => [name, UNKNOWN])),
          region: { state: "unknown", at: "region" } as const,
        }));
        assert.ok(asked(rule).moment === "preview");
        for (const { isAdvisory, message } of said(rule, dark)) assert.ok(isAdvisory, message);
      }
    }
  });

  it("leads to what tests/policypack/every-rule/unknowns.txt says: read what changed, then npm run gen", () => {
    assert.equal(unknownsTable(), readFileSync("tests/policypack/every-rule/unknowns.txt", "utf8"));
  });
});
