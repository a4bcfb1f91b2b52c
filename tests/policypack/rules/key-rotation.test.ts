import assert from "node:assert/strict";
import { keyRotation, rotationOf } from "../../../policypack/rules/key/key-rotation";
import { UNKNOWN } from "../../../policypack/rules/look";
import {
  CLUSTER,
  EXTERNAL_KEY,
  KEY,
  KEY_ALIAS,
  NATIVE_KEY,
  REPLICA_EXTERNAL_KEY,
  REPLICA_KEY,
} from "../../../policypack/rules/resource-types";
import type { Finding, StackSubject } from "../../../policypack/rules/rule";
import { asked } from "../circumstances";
import { judged } from "../judged";
import { SCENES } from "../scenes/key-rotation";
import { clusterProperties, KEY_ARN, subject } from "../subjects";

function check(...resources: readonly StackSubject[]): readonly Finding[] {
  assert.ok(keyRotation.checkStack);
  return keyRotation.checkStack(resources, asked(keyRotation));
}

function verdicts(...resources: readonly StackSubject[]): readonly string[] {
  return check(...resources).map((finding) => `${finding.subject.name} ${finding.verdict.kind}`);
}

const OTHER_ARN = KEY_ARN.replace("1234abcd", "abcd1234");
const still = (rest: Partial<StackSubject> = {}) =>
  subject(KEY, { enableKeyRotation: false }, { name: "cmk", ...rest });
const madeFromKey = (key: unknown, ...urns: readonly string[]) =>
  subject(CLUSTER, clusterProperties(key), { madeFrom: { configuration: urns } });

describe("key-rotation", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(keyRotation, SCENES));

  it("passes a key that rotates and fails one that does not, or says nothing", () => {
    assert.equal(rotationOf(subject(KEY)).kind, "pass");
    for (const enableKeyRotation of [false, undefined]) {
      assert.equal(rotationOf(subject(KEY, { enableKeyRotation })).kind, "fail");
    }
  });

  it("judges a key that a cluster's configuration was made from, while the ARN is unknown", () => {
    const key = still({ properties: { enableKeyRotation: false, arn: UNKNOWN } });
    assert.deepEqual(verdicts(key, madeFromKey(UNKNOWN, key.urn)), ["cmk fail"]);
    assert.deepEqual(
      verdicts(key, subject(CLUSTER, { configuration: UNKNOWN }, { madeFrom: { configuration: [key.urn] } })),
      ["cmk fail"],
    );
  });

  it("judges a key that a cluster names by ARN", () => {
    assert.deepEqual(verdicts(still(), madeFromKey(KEY_ARN)), ["cmk fail"]);
  });

  it("finds a key behind an alias", () => {
    const key = still({ properties: { enableKeyRotation: false, arn: UNKNOWN } });
    const alias = subject(KEY_ALIAS, {}, { name: "alias", madeFrom: { targetKeyId: [key.urn] } });
    assert.deepEqual(verdicts(key, alias, madeFromKey(UNKNOWN, alias.urn)), ["cmk fail"]);
  });

  it("judges a key of two clusters once, and leaves keys alone that no cluster uses", () => {
    const unused = still({ name: "queue", properties: { arn: OTHER_ARN } });
    const second = { ...madeFromKey(KEY_ARN), name: "second" };
    assert.deepEqual(verdicts(unused, still(), madeFromKey(KEY_ARN), second), ["cmk fail"]);
  });

  it("does not judge a key that cannot rotate by itself", () => {
    for (const type of [REPLICA_KEY, EXTERNAL_KEY, REPLICA_EXTERNAL_KEY]) {
      assert.equal(rotationOf(subject(type)).kind, "notApplicable", type);
    }
    const unable = [
      { keyUsage: "SIGN_VERIFY" },
      { customerMasterKeySpec: "RSA_2048" },
      { customKeyStoreId: "cks-1" },
      { xksKeyId: "xks-1" },
    ];
    for (const broken of unable) {
      assert.equal(rotationOf(subject(KEY, { ...broken, enableKeyRotation: false })).kind, "notApplicable");
    }
    for (const broken of [{ origin: "EXTERNAL" }, { keySpec: "HMAC_256" }]) {
      assert.equal(rotationOf(subject(NATIVE_KEY, broken)).kind, "notApplicable");
    }
  });

  it("is unknown when rotation is, or whether the key could rotate", () => {
    assert.equal(rotationOf(subject(KEY, { enableKeyRotation: UNKNOWN })).kind, "unknown");
    assert.equal(rotationOf(subject(KEY, { enableKeyRotation: false, keyUsage: UNKNOWN })).kind, "unknown");
  });

  it("says nothing of a key from outside the stack: cluster-key-usable does, once a cluster", () => {
    assert.deepEqual(verdicts(still({ properties: { arn: OTHER_ARN } }), madeFromKey(KEY_ARN)), []);
    assert.deepEqual(verdicts(madeFromKey(UNKNOWN)), []);
  });

  it("reads a flag that another language's program gives as text", () => {
    assert.equal(rotationOf(subject(KEY, { enableKeyRotation: "true" })).kind, "pass");
    assert.equal(rotationOf(subject(KEY, { enableKeyRotation: "false" })).kind, "fail");
  });

  it("says nothing of a cluster without a key, or with what is none", () => {
    assert.deepEqual(verdicts(still(), madeFromKey("")), []);
    assert.deepEqual(verdicts(still(), madeFromKey("alias/fargate")), []);
  });

  it("says nothing of a cluster of which not even the presence of a key can be seen", () => {
    assert.deepEqual(verdicts(still(), subject(CLUSTER, { configuration: UNKNOWN })), []);
  });

  it("takes two unknown ARNs for two keys", () => {
    const stranger = still({ properties: { enableKeyRotation: false, arn: UNKNOWN } });
    assert.deepEqual(verdicts(stranger, madeFromKey(UNKNOWN)), []);
  });
});
