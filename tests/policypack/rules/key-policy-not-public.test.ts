import assert from "node:assert/strict";
import { keyPolicyNotPublic } from "../../../policypack/rules/key/key-policy-not-public";
import { type Properties, UNKNOWN } from "../../../policypack/rules/look";
import { CLUSTER, KEY, KEY_ALIAS, KEY_POLICY, NATIVE_KEY, REPLICA_KEY } from "../../../policypack/rules/resource-types";
import type { StackSubject } from "../../../policypack/rules/rule";
import type { Fail, Verdict } from "../../../policypack/rules/verdict";
import { fargateStatements, POLICY, policyWith } from "../compliant/key";
import { findings, judged } from "../judged";
import { SCENES } from "../scenes/key-policy-not-public";
import { clusterOn, keyed, keyOf } from "../scenes/keyed-cluster";
import { clusterProperties, KEY_ARN, subject } from "../subjects";

const EVERYONE = { Sid: "Open", Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:*", Resource: "*" };

function verdictOf(...resources: readonly StackSubject[]): Verdict {
  const [finding, ...others] = findings(keyPolicyNotPublic, resources);
  return finding !== undefined && others.length === 0 ? finding.verdict : assert.fail(`${others.length + 1} findings`);
}

function failure(statement: Properties): Fail {
  const verdict = verdictOf(...keyed(KEY, { policy: policyWith(statement) }));
  return verdict.kind === "fail" ? verdict : assert.fail(`${verdict.kind}: ${verdict.reason}`);
}

describe("key-policy-not-public", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(keyPolicyNotPublic, SCENES));

  it("fails with everyone as principal, in each way to write it", () => {
    for (const statement of [
      EVERYONE,
      { ...EVERYONE, Principal: "*" },
      { ...EVERYONE, Principal: { AWS: ["arn:aws:iam::111122223333:root", "*"] } },
      { ...EVERYONE, Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::111122223333:root" } },
    ]) {
      const { reason, change } = failure(statement);
      assert.match(reason, /^The policy of key "cmk", which a cluster uses, is public: Open allows kms:\* to everyone/);
      assert.ok(change.includes('+   Principal: { AWS: "arn:aws:iam::111122223333:root" },'));
    }
  });

  it("shows the principal as its author wrote it, and a name for an account that is not known", () => {
    assert.ok(failure(EVERYONE).change.includes('-   Principal: {"AWS":"*"},'));
    const key = keyOf(KEY, { arn: UNKNOWN, policy: policyWith(EVERYONE) });
    const cluster = subject(CLUSTER, clusterProperties(UNKNOWN), { madeFrom: { configuration: [key.urn] } });
    const verdict = verdictOf(key, cluster);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the snippet holds a template
    const root = "+   Principal: { AWS: `arn:aws:iam::${accountId}:root` },";
    assert.ok(verdict.kind === "fail" && verdict.change.includes(root));
  });

  it("fails with conditions that limit nobody: ForAllValues, IfExists, wildcards, variables", () => {
    for (const Condition of [
      { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-1" } },
      { StringEqualsIfExists: { "kms:CallerAccount": "111122223333" } },
      { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/x" } },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the policy language
      { StringEquals: { "kms:CallerAccount": "${aws:PrincipalAccount}" } },
    ]) {
      assert.match(failure({ ...EVERYONE, Condition }).reason, /no condition limits who/);
    }
  });

  it("passes with everyone of one account, and with Fargate", () => {
    const Condition = { StringEquals: { "kms:CallerAccount": "111122223333" } };
    assert.equal(verdictOf(...keyed(KEY, { policy: policyWith({ ...EVERYONE, Condition }) })).kind, "pass");
    assert.equal(verdictOf(...keyed(KEY, { policy: policyWith(...fargateStatements("web")) })).kind, "pass");
    assert.equal(verdictOf(...keyed(KEY, { policy: policyWith({ ...EVERYONE, Effect: "Deny" }) })).kind, "pass");
  });

  it("is unknown where a stranger could send what is asked for", () => {
    const Condition = { StringEquals: { "kms:EncryptionContext:aws:ecs:clusterName": "web" } };
    const verdict = verdictOf(...keyed(KEY, { policy: policyWith({ ...EVERYONE, Condition }) }));
    assert.equal(verdict.kind, "unknown");
    assert.match(verdict.reason, /everyone who sends the right kms:EncryptionContext/);
  });

  it("fails with a condition operator that does not exist, and spells it right", () => {
    for (const [written, right] of [
      ["ForAllValuesStringEquals", "ForAllValues:StringEquals"],
      ["ForAllValue:StringEquals", "ForAllValues:StringEquals"],
      ["StringEqual", "StringEquals"],
    ]) {
      const [, grants] = fargateStatements("web", {
        Condition: { [String(written)]: { "kms:GrantOperations": "Decrypt" } },
      });
      const { reason, change } = failure(grants ?? {});
      assert.match(reason, new RegExp(`is not valid: FargateCreateGrant: there is no condition operator ${written};`));
      assert.ok(change.includes(`-   "${written}": {"kms:GrantOperations":["Decrypt"]},`));
      assert.ok(change.includes(`+   "${right}": {"kms:GrantOperations":["Decrypt"]},`));
    }
  });

  it("fails with a set operator on an encryption context, which KMS refuses", () => {
    const Condition = { "ForAllValues:StringEquals": { "kms:EncryptionContext:aws:ecs:clusterName": ["web"] } };
    const { change, why } = failure({ ...fargateStatements("web")[0], Condition });
    assert.ok(change.includes('+   "StringEquals": {"kms:EncryptionContext:aws:ecs:clusterName":["web"]},'));
    assert.match(why ?? "", /KMS refuses/);
  });

  it("says all that is wrong with one policy at once", () => {
    const { reason } = failure({ ...EVERYONE, Condition: { StringEqual: { "aws:PrincipalOrgID": "o-1" } } });
    assert.match(reason, /there is no condition operator StringEqual/);
    const both = policyWith(EVERYONE, { ...EVERYONE, Sid: "Too", Principal: "*" });
    const verdict = verdictOf(...keyed(KEY, { policy: both }));
    assert.ok(verdict.kind === "fail" && verdict.evidence.some((line) => line.startsWith("Too allows")));
  });

  it("judges keys behind aliases, replicas and keys of ECS Exec too, each once for all clusters", () => {
    const key = keyOf(REPLICA_KEY, { arn: UNKNOWN, policy: policyWith(EVERYONE) });
    const alias = subject(KEY_ALIAS, {}, { name: "alias", madeFrom: { targetKeyId: [key.urn] } });
    const from = { madeFrom: { configuration: [alias.urn] } };
    const cluster = subject(CLUSTER, clusterProperties(KEY_ARN), from);
    assert.equal(verdictOf(key, alias, cluster, { ...cluster, name: "second" }).kind, "fail");
  });

  it("says nothing of keys that no cluster uses, and of those from elsewhere", () => {
    const unused = keyOf(KEY, { arn: KEY_ARN.replace("1234abcd", "abcd1234"), policy: policyWith(EVERYONE) });
    assert.deepEqual(findings(keyPolicyNotPublic, [unused, clusterOn()]), []);
  });

  it("passes AWS's default policy, and leaves one that is not known yet to cluster-key-usable", () => {
    const left = keyOf(KEY, { policy: UNKNOWN }, { madeFrom: {} });
    assert.equal(verdictOf(left, clusterOn(left)).kind, "pass");
    for (const [type, broken] of [
      [KEY, { policy: UNKNOWN }],
      [NATIVE_KEY, { keyPolicy: { ...POLICY, Statement: [UNKNOWN] } }],
    ] as const) {
      assert.equal(verdictOf(...keyed(type, broken)).kind, "notApplicable");
    }
  });

  it("is unknown when the policy of a key is not known that only ECS Exec uses", () => {
    const exec = keyOf(KEY, { arn: KEY_ARN.replace("1234abcd", "abcd1234"), policy: UNKNOWN }, { name: "sessions" });
    const verdict = verdictOf(exec, clusterOn(exec));
    assert.equal(verdict.kind, "unknown");
    assert.match(verdict.reason, /"sessions" .*not known yet/);
  });

  it("names the KeyPolicy that holds the policy", () => {
    const key = keyOf(KEY);
    const separate = subject(KEY_POLICY, { policy: policyWith(EVERYONE) }, { name: "policy" });
    const [finding] = findings(keyPolicyNotPublic, [key, separate, clusterOn(key)]);
    assert.equal(finding?.subject.name, "policy");
    assert.ok(
      finding.verdict.kind === "fail" && finding.verdict.change[0]?.includes('new aws.kms.KeyPolicy("policy", {'),
    );
  });

  it("never throws at what is no policy", () => {
    for (const policy of ["{", "[]", 42, { Statement: "x" }, { Statement: [null] }]) {
      assert.ok(
        ["notApplicable", "unknown", "pass"].includes(verdictOf(...keyed(KEY, { policy })).kind),
        String(policy),
      );
    }
  });
});
