import assert from "node:assert/strict";
import { policiesOf } from "../../policypack/adapt/policies-of";
import { REGISTRY } from "../../policypack/registry";
import type { Properties } from "../../policypack/rules/look";
import { SERVICE } from "../../policypack/rules/resource-types";
import { fail, pass } from "../../policypack/rules/verdict";
import { ask, probe, SURROUNDINGS, UNKNOWN_TEXT } from "./ask-policies";
import { clusterProperties, compliant, KEY_ARN } from "./subjects";

const REAL = (registry = REGISTRY) => policiesOf(registry, SURROUNDINGS);
/** Where every resource is judged before it is changed, a cluster without a key too. */
const IN_UPDATE = () => policiesOf(REGISTRY, { ...SURROUNDINGS, moment: "update" });
const FAILING = probe(() => fail({ reason: "Wrong.", evidence: [], change: [] }));
const WAIVER = { rule: "probe", urnPattern: "*::web", reason: "later", owner: "team", expires: "2027-01-15" };

describe("the adapter", () => {
  it("says nothing of a compliant resource", () => {
    assert.deepEqual(ask(REAL(), { region: "eu-central-1" }), []);
    assert.deepEqual(ask(REAL(), { type: SERVICE, properties: compliant(SERVICE) }), []);
    assert.deepEqual(ask(REAL(), { type: "aws:s3/bucket:Bucket", properties: {} }), []);
  });

  it("reports a failure at the level in force, by naming none", () => {
    const [report, ...others] = ask(IN_UPDATE(), { properties: {} });
    assert.deepEqual(others, []);
    assert.equal(report?.policy, "cluster-fargate-key");
    assert.equal(report.enforcementLevel, undefined);
  });

  it("reports what is unknown as advisory, in its own words, with the place where it is checked", () => {
    const reports = ask(REAL(), { properties: { configuration: UNKNOWN_TEXT } });
    assert.deepEqual(
      reports.map(({ policy, enforcementLevel }) => [policy, enforcementLevel]),
      [["cluster-fargate-key", "advisory"]],
    );
    for (const { message } of reports)
      assert.match(message, /configuration is not known yet[\s\S]*\nChecked by: the update/);
  });

  it("lets no rule's own reading of an unknown value end in the host's words, whatever field is unknown", () => {
    for (const rule of REGISTRY.rules) {
      for (const [type, names] of Object.entries(rule.reads)) {
        const everything = Object.fromEntries(names.map((name) => [name, UNKNOWN_TEXT]));
        for (const properties of [everything, ...names.map((name) => ({ ...compliant(type), [name]: UNKNOWN_TEXT }))]) {
          const asked = { type, properties, region: UNKNOWN_TEXT, enablesAll: true } as const;
          for (const { message } of ask(REAL(), asked)) {
            assert.doesNotMatch(message, /can't run policy|could not be evaluated|04da6b54/);
          }
        }
      }
    }
  });

  it("keeps a presence rule's failure while everything else is unknown", () => {
    const configuration = {
      executeCommandConfiguration: UNKNOWN_TEXT,
      managedStorageConfiguration: { kmsKeyId: UNKNOWN_TEXT },
    };
    const [report] = ask(IN_UPDATE(), { properties: { configuration, name: UNKNOWN_TEXT, tags: UNKNOWN_TEXT } });
    assert.equal(report?.policy, "cluster-fargate-key");
    assert.equal(report.enforcementLevel, undefined);
  });

  it("takes a secret that an exported state hides for unknown", () => {
    const reports = ask(REAL(), { type: SERVICE, properties: { ...compliant(SERVICE), platformVersion: "[secret]" } });
    assert.deepEqual(
      reports.map(({ policy, enforcementLevel }) => [policy, enforcementLevel]),
      [["platform-version", "advisory"]],
    );
  });

  it("gives a rule only the properties that it names", () => {
    let seen: Properties = {};
    const registry = probe(({ properties }) => {
      seen = properties;
      return pass("seen");
    });
    ask(REAL(registry), { properties: { configuration: { a: [1, UNKNOWN_TEXT] }, secret: "hunter2" } });
    assert.deepEqual(Object.keys(seen), ["configuration"]);
    assert.doesNotMatch(JSON.stringify(seen), /hunter2|04da6b54/);
  });

  it("makes a violation of a rule that throws, without the error's own text", () => {
    const registry = probe(({ properties }) => {
      throw new TypeError(`cannot read ${JSON.stringify(properties)}`);
    });
    const [report] = ask(REAL(registry), { properties: { configuration: "hunter2" } });
    assert.match(
      report?.message ?? "",
      /^Rule probe could not be evaluated on "web": TypeError\.\nPlace: at .*adapt\.test/,
    );
    assert.doesNotMatch(report?.message ?? "", /hunter2/);
    assert.equal(report?.enforcementLevel, undefined);
    const [waived] = ask(REAL(registry), { settings: { waivers: [WAIVER] } });
    assert.equal(waived?.enforcementLevel, "advisory");
  });

  it("takes the resource's own Region before the provider's, and that before the surroundings'", () => {
    const cluster = { ...clusterProperties(KEY_ARN), region: "us-east-1" };
    assert.match(ask(REAL(), { properties: cluster, region: "eu-central-1" })[0]?.message ?? "", /not in us-east-1/);
    const ambient = policiesOf(REGISTRY, { ...SURROUNDINGS, ambientRegion: "us-west-2" });
    assert.match(ask(ambient)[0]?.message ?? "", /not in us-west-2/);
    assert.deepEqual(ask(ambient, { region: "eu-central-1" }), []);
  });

  it("reports a failure each time that it is asked: the update after a preview may be the same process", () => {
    const policies = IN_UPDATE();
    assert.equal(ask(policies, { properties: { configuration: UNKNOWN_TEXT } })[0]?.enforcementLevel, "advisory");
    for (const _round of [1, 2]) {
      const [report] = ask(policies, { properties: {} });
      assert.ok(report !== undefined && report.enforcementLevel === undefined);
    }
  });

  it("prints a waived violation as advisory, with owner, reason and day", () => {
    const [report] = ask(REAL(FAILING), { settings: { waivers: [WAIVER] } });
    assert.equal(report?.enforcementLevel, "advisory");
    assert.match(report.message, /^Waived until 2027-01-15 by team: later\nViolation: Wrong\./);
  });

  it("lets an expired waiver accept nothing, and says so", () => {
    const [report] = ask(REAL(FAILING), { settings: { waivers: [{ ...WAIVER, expires: "2027-01-14" }] } });
    assert.equal(report?.enforcementLevel, undefined);
    assert.match(report?.message ?? "", /The waiver of team expired on 2027-01-14: later/);
  });

  it("makes one violation of a broken entry, naming place and value, and goes on without it", () => {
    const settings = { waivers: [{ ...WAIVER, expires: "soon", owner: "" }] };
    const policies = REAL(FAILING);
    const reports = ask(policies, { settings });
    assert.deepEqual(
      reports.map(({ policy }) => policy),
      ["settings", "probe"],
    );
    assert.match(reports[0]?.message ?? "", /^settings\.waivers\[0\] cannot be read/);
    assert.match(reports[0]?.message ?? "", /settings\.waivers\[0\]\.expires: "soon"/);
    assert.equal(reports[0]?.enforcementLevel, undefined);
    assert.deepEqual(
      ask(policies, { settings, name: "second" }).map(({ policy }) => policy),
      ["probe"],
    );
  });

  it("hands on what Pulumi is told to ignore: the program's own key may be what is ignored", () => {
    const ignoreChanges = ["configuration"];
    const [report] = ask(IN_UPDATE(), { properties: {}, ignoreChanges });
    assert.match(report?.message ?? "", /ignoreChanges names "configuration"/);
  });

  it("prints an exempt cluster as advisory", () => {
    const settings = { exemptClusters: [{ urnPattern: "*::batch", reason: "EC2 only", owner: "team" }] };
    const [report] = ask(IN_UPDATE(), { name: "batch", properties: {}, settings });
    assert.equal(report?.enforcementLevel, "advisory");
    assert.match(report.message, /^Exempt by team: EC2 only\nViolation: Cluster "batch" names no key/);
    assert.equal(ask(IN_UPDATE(), { name: "web", properties: {}, settings })[0]?.enforcementLevel, undefined);
  });

  it("keeps an id that was, disabled and without effect", () => {
    const tombstone = { id: "old-rule", removedIn: "0.2.0", reason: "Folded into platform-version." };
    const policies = REAL({ ...REGISTRY, tombstones: [tombstone] });
    const gone = policies.find(({ name }) => name === "old-rule");
    assert.equal(gone?.enforcementLevel, "disabled");
    assert.deepEqual(ask([gone], { enablesAll: true, properties: {} }), []);
    const [report] = ask([gone], { enablesAll: true, type: "pulumi:pulumi:Stack", properties: {} });
    assert.equal(report?.enforcementLevel, "advisory");
    assert.match(report.message, /^Rule old-rule was removed in 0\.2\.0\. Folded into platform-version\./);
  });
});
