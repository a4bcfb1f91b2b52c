import assert from "node:assert/strict";
import { exemptionFor, parseSettings, waiverFor } from "../../policypack/settings";

const RULES = ["platform-version", "cluster-fargate-key"];
const URN = "urn:pulumi:dev::shop::aws:ecs/service:Service::api";
const WAIVER = {
  rule: "platform-version",
  urnPattern: "urn:pulumi:dev::shop::*::api",
  reason: "moves with release 12",
  owner: "team-shop",
  expires: "2027-03-31",
};

function broken(change: object): readonly string[] {
  const { settings, problems } = parseSettings({ waivers: [WAIVER, { ...WAIVER, ...change }] }, RULES);
  assert.deepEqual(settings.waivers, [WAIVER], "the broken waiver counts");
  return problems.map(({ place, value }) => `${place} ${value}`);
}

describe("settings", () => {
  it("are empty without configuration", () => {
    assert.deepEqual(parseSettings({}, RULES), { settings: { waivers: [], exemptClusters: [] }, problems: [] });
  });

  it("name place and value of each field that is wrong, and drop the entry", () => {
    assert.deepEqual(broken({ rule: "platform-versions" }), ['settings.waivers[1].rule "platform-versions"']);
    assert.deepEqual(broken({ expires: "31.3.2027" }), ['settings.waivers[1].expires "31.3.2027"']);
    assert.deepEqual(broken({ expires: "2027-02-30" }), ['settings.waivers[1].expires "2027-02-30"']);
    assert.deepEqual(broken({ owner: " " }), ['settings.waivers[1].owner " "']);
    assert.deepEqual(broken({ reason: undefined }), ["settings.waivers[1].reason absent"]);
    assert.deepEqual(broken({ reason: 7 }), ["settings.waivers[1].reason 7"]);
    assert.deepEqual(broken({ expiry: "2027-01-01" }), ['settings.waivers[1].expiry "2027-01-01"']);
    assert.deepEqual(broken({ owner: "", expires: 1 }), [
      'settings.waivers[1].owner ""',
      "settings.waivers[1].expires 1",
    ]);
  });

  it("refuse a name that they do not have", () => {
    const { problems } = parseSettings({ waiver: [WAIVER] }, RULES);
    assert.deepEqual(
      problems.map(({ place, remedy }) => `${place}: ${remedy}`),
      ["settings.waiver: there are only waivers and exemptClusters"],
    );
  });

  it("refuse a pattern that names nothing, so that no waiver covers everything", () => {
    const nameless = [
      "*",
      "**",
      "?*",
      "*:*",
      "urn:*",
      "urn:pulumi:*",
      "*::*",
      "*aws:*",
      "*Cluster*",
      "urn:pulumi:*::*::*::*",
    ];
    for (const urnPattern of nameless) assert.equal(broken({ urnPattern }).length, 1, urnPattern);
  });

  it("take a pattern that names a stack, a project, or a resource in any of them", () => {
    for (const urnPattern of ["urn:pulumi:dev::*", "*::shop::*", "*::api", "*:Cluster::batch-*"]) {
      assert.deepEqual(parseSettings({ waivers: [{ ...WAIVER, urnPattern }] }, RULES).problems, [], urnPattern);
    }
  });

  it("refuse a waiver of the settings themselves", () => {
    assert.equal(broken({ rule: "settings" }).length, 1);
  });

  it("refuse what is no list and no object", () => {
    for (const waivers of ["x", { ...WAIVER }, 3, Array(501).fill(WAIVER)]) {
      assert.deepEqual(
        parseSettings({ waivers }, RULES).problems.map(({ place }) => place),
        ["settings.waivers"],
      );
    }
    assert.deepEqual(
      parseSettings({ exemptClusters: ["web", null] }, RULES).problems.map(({ place, value }) => `${place} ${value}`),
      ['settings.exemptClusters[0] "web"', "settings.exemptClusters[1] null"],
    );
  });

  it("waive one rule on matching URNs, the last day included", () => {
    const { settings } = parseSettings({ waivers: [WAIVER] }, RULES);
    const on = (change: object) => waiverFor(settings, { rule: WAIVER.rule, urn: URN, today: "2027-03-31", ...change });
    assert.deepEqual(on({}), { inForce: WAIVER, expired: null });
    assert.deepEqual(on({ today: "2027-04-01" }), { inForce: null, expired: WAIVER });
    assert.deepEqual(on({ rule: "cluster-fargate-key" }), { inForce: null, expired: null });
    assert.deepEqual(on({ urn: `${URN}-2` }), { inForce: null, expired: null });
  });

  it("take the waiver in force before an expired one", () => {
    const renewed = { ...WAIVER, expires: "2028-03-31" };
    const { settings } = parseSettings({ waivers: [WAIVER, renewed] }, RULES);
    const answer = waiverFor(settings, { rule: WAIVER.rule, urn: URN, today: "2027-05-01" });
    assert.deepEqual(answer, { inForce: renewed, expired: null });
  });

  it("exempt clusters whose URN matches", () => {
    const exemption = { urnPattern: "*::batch-*", reason: "EC2 only", owner: "team-batch" };
    const { settings, problems } = parseSettings({ exemptClusters: [exemption] }, RULES);
    assert.deepEqual(problems, []);
    assert.deepEqual(exemptionFor(settings, "urn:pulumi:dev::shop::aws:ecs/cluster:Cluster::batch-a"), exemption);
    assert.equal(exemptionFor(settings, "urn:pulumi:dev::shop::aws:ecs/cluster:Cluster::web"), null);
  });
});
