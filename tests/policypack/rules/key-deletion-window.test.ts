import assert from "node:assert/strict";
import { keyDeletionWindow } from "../../../policypack/rules/key/key-deletion-window";
import { type Properties, UNKNOWN } from "../../../policypack/rules/look";
import {
  EXTERNAL_KEY,
  KEY,
  NATIVE_REPLICA_KEY,
  REPLICA_EXTERNAL_KEY,
  REPLICA_KEY,
} from "../../../policypack/rules/resource-types";
import type { Verdict } from "../../../policypack/rules/verdict";
import { findings, judged } from "../judged";
import { SCENES } from "../scenes/key-deletion-window";
import { clusterOn, keyOf } from "../scenes/keyed-cluster";
import { KEY_ARN } from "../subjects";

function verdictOf(type: string, broken: Properties, config = {}): Verdict {
  const key = keyOf(type, broken, { madeFrom: { deletionWindowInDays: [], pendingWindowInDays: [] } });
  const [finding, ...others] = findings(keyDeletionWindow, [key, clusterOn(key)], config);
  return finding !== undefined && others.length === 0 ? finding.verdict : assert.fail(`${others.length + 1} findings`);
}

describe("key-deletion-window", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(keyDeletionWindow, SCENES));

  it("fails below 30 days with every type of key, and shows both values", () => {
    for (const type of [KEY, EXTERNAL_KEY, REPLICA_KEY, REPLICA_EXTERNAL_KEY]) {
      const verdict = verdictOf(type, { deletionWindowInDays: 29 });
      assert.ok(verdict.kind === "fail", type);
      assert.match(verdict.reason, /gone 29 days after .* at least 30/);
      assert.ok(verdict.change.includes("-   deletionWindowInDays: 29,"));
      assert.ok(verdict.change.includes("+   deletionWindowInDays: 30,"));
    }
    assert.equal(verdictOf(NATIVE_REPLICA_KEY, { pendingWindowInDays: 7 }).kind, "fail");
  });

  it("asks for as many days as the configuration says", () => {
    const config = { minimumDays: 14 };
    assert.equal(verdictOf(KEY, { deletionWindowInDays: 13 }, config).kind, "fail");
    assert.equal(verdictOf(KEY, { deletionWindowInDays: 14 }, config).kind, "pass");
  });

  it("passes without a value, and reads a number that is given as text", () => {
    assert.equal(verdictOf(KEY, { deletionWindowInDays: undefined }).kind, "pass");
    assert.equal(verdictOf(KEY, { deletionWindowInDays: "30" }).kind, "pass");
    assert.equal(verdictOf(KEY, { deletionWindowInDays: "7" }).kind, "fail");
  });

  it("is unknown while the value is", () => {
    const verdict = verdictOf(KEY, { deletionWindowInDays: UNKNOWN });
    assert.equal(verdict.kind, "unknown");
    assert.match(verdict.reason, /deletionWindowInDays is not known yet/);
  });

  it("says nothing of keys that no cluster uses", () => {
    const unused = keyOf(KEY, { arn: KEY_ARN.replace("1234abcd", "abcd1234"), deletionWindowInDays: 7 });
    assert.deepEqual(findings(keyDeletionWindow, [unused, clusterOn()]), []);
  });
});
