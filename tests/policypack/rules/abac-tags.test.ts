import assert from "node:assert/strict";
import { abacTags } from "../../../policypack/rules/access/abac-tags";
import { type Properties, UNKNOWN } from "../../../policypack/rules/look";
import { CLUSTER, NATIVE_CLUSTER } from "../../../policypack/rules/resource-types";
import type { Verdict } from "../../../policypack/rules/verdict";
import { asked } from "../circumstances";
import { judged } from "../judged";
import { SCENES } from "../scenes/abac-tags";
import { subject } from "../subjects";

function check(properties: Properties, config: Properties = {}, type = CLUSTER): Verdict {
  const verdict = abacTags.checkResource?.(subject(type, properties), asked(abacTags, { config }));
  return verdict ?? assert.fail("there is no check of a resource");
}

function natively(tags: unknown): Verdict {
  return check({ tags }, {}, NATIVE_CLUSTER);
}

describe("abac-tags", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(abacTags, SCENES));

  it("passes with a tag of its own, and with one of the provider's default tags", () => {
    assert.equal(check({ tags: { Team: "shop" } }).kind, "pass");
    assert.equal(check({ tagsAll: { Team: "shop" } }).kind, "pass");
    assert.equal(natively([{ key: "Team", value: "shop" }]).kind, "pass");
  });

  it("fails without it: no tags, another case, a blank value, only what the provider notes", () => {
    for (const tags of [undefined, null, {}, { team: "shop" }, { TEAM: "shop" }, { Team: " " }, { __defaults: [] }]) {
      assert.equal(check({ tags }).kind, "fail", JSON.stringify(tags));
    }
    for (const tags of [undefined, [], [{ key: "team", value: "shop" }], [{ key: "Team" }]]) {
      assert.equal(natively(tags).kind, "fail", JSON.stringify(tags));
    }
  });

  it("names what is missing and what is there, with tags that can be pasted", () => {
    const config = { tags: ["Team", "Cost centre"] };
    const verdict = check({ tags: { Name: "web" } }, config);
    assert.ok(verdict.kind === "fail");
    assert.equal(verdict.reason, '"web" lacks the tags "Team", "Cost centre".');
    assert.deepEqual(verdict.evidence, ['it carries "Name"']);
    assert.deepEqual(verdict.change, [
      'new aws.ecs.Cluster("web", {',
      "  tags: {",
      "    // keep what stands here",
      '    "Team": "…",',
      '    "Cost centre": "…",',
      "  },",
      "});",
    ]);
    const native = natively([]);
    assert.ok(native.kind === "fail" && native.change.includes('    { key: "Team", value: "…" },'));
  });

  it("asks for what the configuration names, and for nothing when that is nothing", () => {
    assert.equal(check({ tags: { Owner: "ann" } }, { tags: ["Owner"] }).kind, "pass");
    assert.equal(check({ tags: { Team: "shop" } }, { tags: ["Owner"] }).kind, "fail");
    assert.equal(check({}, { tags: [] }).kind, "notApplicable");
  });

  it("passes with a value that is not known yet, also where the merged map hides itself for it", () => {
    assert.equal(check({ tags: { Team: UNKNOWN }, tagsAll: UNKNOWN }).kind, "pass");
    assert.equal(natively([UNKNOWN, { key: "Team", value: UNKNOWN }]).kind, "pass");
  });

  it("is unknown where the keys are not known yet", () => {
    for (const properties of [{ tags: UNKNOWN }, { tags: {}, tagsAll: UNKNOWN }]) {
      const verdict = check(properties);
      assert.equal(verdict.kind, "unknown");
      assert.match(
        verdict.reason,
        /^Whether "web" carries the tag "Team" cannot be seen: tags(All)? is not known yet\.$/,
      );
    }
    for (const tags of [UNKNOWN, [UNKNOWN], [{ key: UNKNOWN, value: "shop" }]])
      assert.equal(natively(tags).kind, "unknown");
  });
});
