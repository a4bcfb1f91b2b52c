import assert from "node:assert/strict";
import { clusterKeyUsable } from "../../../policypack/rules/cluster/cluster-key-usable";
import { keyNotDisabled } from "../../../policypack/rules/key/key-not-disabled";
import { UNKNOWN } from "../../../policypack/rules/look";
import { CLUSTER, EXTERNAL_KEY, KEY } from "../../../policypack/rules/resource-types";
import type { Rule, StackSubject } from "../../../policypack/rules/rule";
import { policyWith } from "../compliant/key";
import { findings, judged } from "../judged";
import { SCENES } from "../scenes/key-not-disabled";
import { clusterOn, keyed, keyOf } from "../scenes/keyed-cluster";
import { clusterProperties, KEY_ARN, subject } from "../subjects";

const SESSIONS_ARN = KEY_ARN.replace("1234abcd", "abcd1234");

function failing(rule: Rule, ...resources: readonly StackSubject[]): readonly string[] {
  return findings(rule, resources).flatMap(({ subject: { name }, verdict }) => (verdict.kind === "fail" ? [name] : []));
}

/** A cluster that does not exist yet, made from these keys. */
function toCome(...keys: readonly StackSubject[]): StackSubject {
  const madeFrom = { configuration: keys.map(({ urn }) => urn) };
  return subject(CLUSTER, { ...clusterProperties(UNKNOWN), name: "web" }, { madeFrom });
}

describe("key-not-disabled", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(keyNotDisabled, SCENES));

  it("shows the change, with the name that the type of key has for it", () => {
    for (const [type, property] of [
      [KEY, "isEnabled"],
      [EXTERNAL_KEY, "enabled"],
    ] as const) {
      for (const value of [false, "false"]) {
        const exec = keyOf(type, { arn: SESSIONS_ARN, [property]: value }, { name: "sessions" });
        const [finding] = findings(keyNotDisabled, [exec, clusterOn(exec)]);
        assert.ok(finding?.verdict.kind === "fail");
        assert.equal(finding.verdict.reason, 'Key "sessions" is disabled, and a cluster uses it.');
        assert.ok(finding.verdict.change.includes(`+   ${property}: true,`));
      }
    }
  });

  it("leaves Fargate's disabled key to cluster-key-usable: one violation, which blocks", () => {
    const stack = keyed(KEY, { isEnabled: false });
    assert.deepEqual(failing(keyNotDisabled, ...stack), []);
    assert.deepEqual(failing(clusterKeyUsable, ...stack), ["web"]);
    const key = keyOf(KEY, { isEnabled: false, arn: UNKNOWN });
    const exec = keyOf(KEY, { arn: UNKNOWN, policy: policyWith() }, { name: "exec" });
    assert.deepEqual(failing(keyNotDisabled, key, exec, toCome(key, exec)), []);
    assert.deepEqual(failing(clusterKeyUsable, key, exec, toCome(key, exec)), ["web"]);
  });

  it("speaks of a disabled key where another one of the cluster will do for Fargate", () => {
    const disabled = keyOf(KEY, { isEnabled: false, arn: UNKNOWN }, { name: "off" });
    const good = keyOf(KEY, { arn: UNKNOWN });
    assert.deepEqual(failing(keyNotDisabled, disabled, good, toCome(disabled, good)), ["off"]);
    assert.deepEqual(failing(clusterKeyUsable, disabled, good, toCome(disabled, good)), []);
  });

  it("is unknown while a value that the program gives is, and passes what it leaves to the provider", () => {
    const kinds = (madeFrom: StackSubject["madeFrom"]) => {
      const key = keyOf(EXTERNAL_KEY, { enabled: UNKNOWN }, { madeFrom });
      return findings(keyNotDisabled, [key, clusterOn(key)]).map(({ verdict }) => verdict.kind);
    };
    assert.deepEqual(kinds({ enabled: [] }), ["unknown"]);
    assert.deepEqual(kinds({}), ["pass"]);
  });

  it("says nothing of keys that no cluster uses", () => {
    const unused = keyOf(KEY, { arn: SESSIONS_ARN, isEnabled: false });
    assert.deepEqual(findings(keyNotDisabled, [unused, clusterOn()]), []);
  });
});
