import assert from "node:assert/strict";
import { policiesOf } from "../../policypack/adapt/policies-of";
import { REGISTRY } from "../../policypack/registry";
import { CLUSTER } from "../../policypack/rules/resource-types";
import type { Rule } from "../../policypack/rules/rule";
import { fail, pass } from "../../policypack/rules/verdict";
import { ask, askStack, probe, SURROUNDINGS, urnOf } from "./ask-policies";

const STACK = { type: "pulumi:pulumi:Stack", name: "shop-dev", properties: {} };
const PARAMETERS: Rule["parameters"] = {
  days: { description: "Days.", standard: 30, accepts: { kind: "number", min: 7, max: 30 } },
  tags: { description: "Tags.", standard: [], accepts: { kind: "texts", pattern: /^[a-z]+$/, example: "owner" } },
  loud: { description: "Whether.", standard: false, accepts: { kind: "flag" } },
};
const SAYING = probe(
  (_subject, under) => {
    const seen = JSON.stringify([under.number("days"), under.texts("tags"), under.flag("loud"), under.moment]);
    return fail({ reason: seen, evidence: [], change: [] });
  },
  [],
  { parameters: PARAMETERS },
);
const FAILING = probe(({ name }) =>
  name === "web" ? fail({ reason: "Wrong.", evidence: [], change: [] }) : pass("ok"),
);
const WAIVER = { rule: "probe", urnPattern: "*::web", reason: "later", owner: "team", expires: "2027-01-15" };

function firstLines(reports: readonly { readonly message: string }[]): readonly string[] {
  return reports.map(({ message }) => message.split("\n")[0] ?? "");
}

describe("the configuration of a rule", () => {
  it("is its standard values where nothing is configured", () => {
    assert.deepEqual(firstLines(ask(policiesOf(SAYING, SURROUNDINGS))), ['[30,[],false,"preview"]']);
  });

  it("reaches the rule", () => {
    const config = { probe: { days: 7, tags: ["owner"], loud: true } };
    const update = { ...SURROUNDINGS, moment: "update" } as const;
    assert.deepEqual(firstLines(ask(policiesOf(SAYING, update), { config })), ['[7,["owner"],true,"update"]']);
  });

  it("that cannot be read is one violation, with place, value and what to give, and the preview goes on with standard values", () => {
    const policies = policiesOf(SAYING, SURROUNDINGS);
    const config = { probe: { days: 45, tags: "owner", loud: "yes", volume: 11 } };
    const [problem, verdict] = ask(policies, { config });
    assert.deepEqual(problem?.message.split("\n"), [
      "The configuration of probe cannot be read: standard values hold where it is wrong.",
      "probe.volume: 11; the rule takes only days, tags, loud",
      "probe.days: 45; give a whole number from 7 to 30",
      'probe.tags: "owner"; give a list of at most 100 texts such as "owner"',
      'probe.loud: "yes"; give true or false',
      "More: fargate-cmk-policy/RULES.md#probe",
    ]);
    assert.equal(problem.enforcementLevel, undefined);
    assert.equal(verdict?.message.split("\n")[0], '[30,[],false,"preview"]');
    assert.equal(ask(policies, { config, name: "second" }).length, 1);
  });

  it("takes numbers at their bounds, and no fraction, text or number beyond them", () => {
    for (const [days, taken] of [
      [7, true],
      [30, true],
      [6, false],
      [31, false],
      [7.5, false],
      ["7", false],
      [null, false],
    ] as const) {
      const reports = ask(policiesOf(SAYING, SURROUNDINGS), { config: { probe: { days } } });
      assert.equal(reports.length, taken ? 1 : 2, String(days));
    }
  });

  it("declares no types to the host, which would end the preview over a wrong one", () => {
    for (const { configSchema } of policiesOf(REGISTRY, SURROUNDINGS)) {
      for (const schema of Object.values(configSchema?.properties ?? {})) {
        assert.deepEqual(Object.keys(schema).toSorted(), ["default", "description"]);
      }
    }
  });
});

describe("a name in the configuration that is no rule", () => {
  const named = (...names: readonly string[]) =>
    policiesOf(REGISTRY, { ...SURROUNDINGS, configuredNames: () => names });

  it("is a violation, once, with the name that may be meant", () => {
    const policies = named("cluster-fargat-key", "settings", "platform-version", "all", "waivers-in-use");
    const [report, ...others] = ask(policies, { region: "eu-central-1" });
    assert.deepEqual(others, []);
    assert.equal(report?.policy, "settings");
    assert.equal(report.enforcementLevel, undefined);
    assert.match(report.message, /^The configuration names "cluster-fargat-key", which is no rule of this pack/);
    assert.match(report.message, /\nDid you mean cluster-fargate-key\?\n/);
    assert.deepEqual(ask(policies, { region: "eu-central-1", name: "second" }), []);
  });

  it("gets no suggestion when nothing is near", () => {
    const [report] = ask(named("s3-bucket-public"), { region: "eu-central-1" });
    assert.doesNotMatch(report?.message ?? "", /Did you mean/);
  });
});

describe("waivers-in-use", () => {
  const used = (settings: object, names: readonly string[] = ["web"]) => {
    const policies = policiesOf(FAILING, SURROUNDINGS);
    const resources = names.map((name) => ({ name }));
    for (const one of resources) ask(policies, { ...one, settings });
    return askStack(policies, [STACK, ...resources], { settings });
  };

  it("says nothing of a waiver and an exemption that accept something, nor of an expired waiver that would", () => {
    assert.deepEqual(used({ waivers: [WAIVER] }), []);
    assert.deepEqual(used({ waivers: [{ ...WAIVER, expires: "2027-01-01" }] }), []);
    assert.deepEqual(used({ exemptClusters: [{ urnPattern: "*::web", reason: "EC2", owner: "team" }] }), []);
  });

  it("tells of a waiver that no resource matches, on the stack, as advisory", () => {
    const [report, ...others] = used({ waivers: [WAIVER, { ...WAIVER, urnPattern: "*::wob" }] });
    assert.deepEqual(others, []);
    assert.equal(report?.urn, urnOf(STACK));
    assert.equal(report.enforcementLevel, "advisory");
    assert.match(report.message, /^The waiver of probe by team for "\*::wob" accepts nothing in this stack\./);
    assert.match(report.message, /Seen: no resource is called so/);
  });

  it("tells of one whose resource has no violation any more", () => {
    const [report] = used({ waivers: [{ ...WAIVER, urnPattern: "*::fine" }] }, ["fine"]);
    assert.match(report?.message ?? "", /Seen: what it names has no violation/);
    const [exemption] = used({ exemptClusters: [{ urnPattern: "*::fine", reason: "EC2", owner: "team" }] }, ["fine"]);
    assert.match(exemption?.message ?? "", /^The exemption by team for "\*::fine" accepts nothing/);
  });

  it("says nothing of one for another stack or project: one configuration serves many", () => {
    for (const urnPattern of ["urn:pulumi:prod::shop::*::web", "urn:pulumi:dev::billing::*", "urn:pulumi:prod*::api"])
      assert.deepEqual(used({ waivers: [{ ...WAIVER, urnPattern }] }), [], urnPattern);
    assert.equal(used({ waivers: [{ ...WAIVER, urnPattern: "urn:pulumi:dev::shop::*::api" }] }).length, 1);
  });
});

describe("remediation", () => {
  const remediate = (mendings: ReturnType<NonNullable<Rule["remediate"]>>, props: object, type = CLUSTER) => {
    const registry = probe(() => pass("ok"), ["configuration"], { remediate: () => mendings });
    const policy = policiesOf(registry, SURROUNDINGS).find(({ name }) => name === "probe");
    assert.ok(policy !== undefined && "remediateResource" in policy);
    const args = { type, name: "web", urn: urnOf(), props, opts: { ignoreChanges: [] }, getConfig: () => ({}) };
    return policy.remediateResource?.(args as never);
  };

  it("changes what is named, removes what is undefined, and leaves the rest", () => {
    const props = { a: { b: [{ c: 1, d: 2 }] }, e: 3 };
    const mendings = [
      { path: ["a", "b", 0, "c"], value: "new" },
      { path: ["e"], value: undefined },
    ];
    assert.deepEqual(remediate(mendings, props), { a: { b: [{ c: "new", d: 2 }] } });
  });

  it("changes nothing where nothing is wrong, where a path leads nowhere, and on other types", () => {
    assert.equal(remediate([], { a: 1 }), undefined);
    assert.deepEqual(remediate([{ path: ["x", "y"], value: 1 }], { a: 1 }), { a: 1 });
    assert.equal(remediate([{ path: ["a"], value: 2 }], { a: 1 }, "aws:s3/bucket:Bucket"), undefined);
  });
});
