import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { PACK_NAME, profileConfiguration, profileLevels, REGISTRY } from "../../policypack/registry";
import { rulesPage } from "../../policypack/rules-page";
import { parseSettings } from "../../policypack/settings";

/** A changed id or level is a broken contract with the teams that use the pack: it has to change here too. */
const MANIFEST = [
  // policy, baseline, strict
  ["settings", "mandatory", "mandatory"],
  ["cluster-fargate-key", "mandatory", "mandatory"],
  ["cluster-key-form", "mandatory", "mandatory"],
  ["cluster-key-usable", "mandatory", "mandatory"],
  ["key-policy-not-public", "mandatory", "mandatory"],
  ["key-administrator-present", "advisory", "mandatory"],
  ["key-rotation", "advisory", "mandatory"],
  ["key-deletion-window", "advisory", "mandatory"],
  ["key-not-disabled", "advisory", "mandatory"],
  ["platform-version", "mandatory", "mandatory"],
  ["windows-on-keyed-cluster", "advisory", "advisory"],
  ["service-redeploys-on-key-change", "disabled", "advisory"],
  ["ebs-volume-key", "advisory", "advisory"],
  ["efs-encrypted", "advisory", "mandatory"],
  ["efs-in-transit", "advisory", "mandatory"],
  ["exec-session-encrypted", "advisory", "mandatory"],
  ["log-group-key", "advisory", "mandatory"],
  ["monitoring-off-the-key", "advisory", "mandatory"],
  ["audit-trail-keeps-kms", "disabled", "advisory"],
  ["cluster-admin-needs-key-condition", "disabled", "advisory"],
  ["task-roles-separate", "disabled", "advisory"],
  ["task-user-in-host-mode", "disabled", "advisory"],
  ["private-networking", "disabled", "advisory"],
  ["endpoint-policy", "disabled", "advisory"],
  ["abac-tags", "disabled", "advisory"],
  ["waivers-in-use", "advisory", "advisory"],
];

describe("the registry", () => {
  it("holds these policies, in this order, at these levels", () => {
    const [baseline, strict] = [profileLevels(REGISTRY, "baseline"), profileLevels(REGISTRY, "strict")];
    assert.deepEqual(
      Object.entries(baseline).map(([id, level]) => [id, level, strict[id]]),
      MANIFEST,
    );
  });

  for (const profile of ["baseline", "strict"] as const) {
    it(`agrees with profiles/${profile}.json, which names every policy with its level and parameters`, () => {
      const file: unknown = JSON.parse(readFileSync(`policypack/profiles/${profile}.json`, "utf8"));
      assert.deepEqual(file, profileConfiguration(REGISTRY, profile));
    });
  }

  it("gives no id twice, not even to a rule that was", () => {
    const ids = [...REGISTRY.rules, ...REGISTRY.tombstones].map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[a-z]+(-[a-z]+)*$/);
    assert.ok(!ids.includes("all") && !ids.includes("settings"));
  });

  it("is never looser in strict than in baseline", () => {
    const order = ["disabled", "advisory", "mandatory"];
    for (const { id, levels } of REGISTRY.rules) {
      assert.ok(order.indexOf(levels.strict) >= order.indexOf(levels.baseline), id);
    }
  });

  it("explains every rule, and gives it what it judges", () => {
    for (const rule of REGISTRY.rules) {
      for (const text of [rule.title, rule.why, rule.remedy, rule.limits]) assert.match(text, /^[A-Z].*\.$/s, rule.id);
      for (const text of [rule.title, rule.why, rule.remedy, rule.limits]) assert.ok(!text.includes("!"), rule.id);
      assert.ok(rule.controls.length > 0 && rule.judges.length > 0, rule.id);
      for (const type of rule.judges) assert.ok(Object.hasOwn(rule.reads, type), `${rule.id} cannot read ${type}`);
      assert.ok(rule.checkResource !== undefined || rule.checkStack !== undefined, rule.id);
    }
  });

  it("has the name that package.json has", () => {
    assert.equal(JSON.parse(readFileSync("policypack/package.json", "utf8")).name, PACK_NAME);
  });
});

describe("RULES.md", () => {
  it("is what the registry says now: npm run gen writes it", () => {
    const [, text] = readFileSync("policypack/RULES.md", "utf8").split(/^<!-- Generated.*-->\n\n/);
    assert.equal(text, rulesPage(REGISTRY));
  });

  it("shows configuration that works as it stands", () => {
    const ids = REGISTRY.rules.map(({ id }) => id);
    const blocks = [...rulesPage(REGISTRY).matchAll(/```json\n([\s\S]*?)```/g)].map(([, text = ""]) =>
      JSON.parse(text),
    );
    assert.equal(blocks.length, 2);
    for (const { settings, ...levels } of blocks) {
      assert.deepEqual(parseSettings(settings, ids).problems, []);
      for (const [id, level] of Object.entries(levels)) {
        assert.ok(ids.includes(id) && ["mandatory", "advisory", "disabled"].includes(String(level)), id);
      }
    }
  });

  it("has the section that every message links to, and lists rules that were", () => {
    const tombstones = [{ id: "old-rule", removedIn: "0.2.0", reason: "Folded into platform-version." }];
    const page = rulesPage({ ...REGISTRY, tombstones });
    for (const [id] of MANIFEST) assert.ok(page.includes(`\n## ${id}\n`), id);
    assert.match(page, /- `old-rule`, until 0\.2\.0: Folded into platform-version\./);
  });
});

describe("the mutants", () => {
  it("hold one at least for every rule, in the rule's own test", () => {
    const folder = "tests/mutants";
    const tests = readdirSync(folder).map((file) => JSON.parse(readFileSync(`${folder}/${file}`, "utf8")).test);
    const unguarded = REGISTRY.rules.filter(({ id }) => !tests.includes(`tests/policypack/rules/${id}.test.ts`));
    assert.deepEqual(
      unguarded.map(({ id }) => id),
      [],
    );
  });
});
