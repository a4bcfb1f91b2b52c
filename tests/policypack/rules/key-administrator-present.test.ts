import assert from "node:assert/strict";
import { keyAdministratorPresent } from "../../../policypack/rules/key/key-administrator-present";
import { type Properties, UNKNOWN } from "../../../policypack/rules/look";
import { CLUSTER, KEY, KEY_ALIAS, NATIVE_KEY } from "../../../policypack/rules/resource-types";
import type { Verdict } from "../../../policypack/rules/verdict";
import { fargateStatements, POLICY } from "../compliant/key";
import { findings, judged } from "../judged";
import { SCENES } from "../scenes/key-administrator-present";
import { clusterOn, keyed, keyOf } from "../scenes/keyed-cluster";
import { clusterProperties, KEY_ARN, subject } from "../subjects";

const ROOT = "arn:aws:iam::111122223333:root";

function verdictWith(...statements: readonly Properties[]): Verdict {
  const policy = JSON.stringify({ ...POLICY, Statement: [...fargateStatements("web"), ...statements] });
  const [finding, ...others] = findings(keyAdministratorPresent, keyed(KEY, { policy }));
  return finding !== undefined && others.length === 0 ? finding.verdict : assert.fail(`${others.length + 1} findings`);
}

function allow(rest: Properties): Properties {
  return { Sid: "Admin", Effect: "Allow", Principal: { AWS: ROOT }, Action: "kms:*", Resource: "*", ...rest };
}

describe("key-administrator-present", () => {
  it("has scenes that are silent when compliant and fail once when not", () => judged(keyAdministratorPresent, SCENES));

  it("passes with the account, with a role and with kms:Put*", () => {
    for (const rest of [{}, { Principal: { AWS: `${ROOT.slice(0, -4)}role/admin` } }, { Action: "kms:Put*" }]) {
      assert.equal(verdictWith(allow(rest)).kind, "pass");
    }
  });

  it("fails when nobody may put a policy, and shows the statement to add", () => {
    for (const statements of [
      [],
      [allow({ Action: "kms:Decrypt" })],
      [allow({ Resource: undefined })],
      [allow({}), { Sid: "No", Effect: "Deny", Principal: "*", Action: "kms:Put*", Resource: "*" }],
    ]) {
      const verdict = verdictWith(...statements);
      assert.ok(verdict.kind === "fail", verdict.reason);
      assert.equal(verdict.reason, 'Nobody can change the policy of key "cmk", which a cluster uses.');
      assert.ok(verdict.change.includes(`      Principal: { AWS: "${ROOT}" },`));
    }
  });

  it("says nothing where it depends on who asks: MFA, tags, the roles of IAM Identity Center", () => {
    for (const Condition of [
      { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      { StringEquals: { "aws:PrincipalTag/team": "keys" } },
      { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*" } },
    ]) {
      assert.equal(verdictWith(allow({ Condition })).kind, "notApplicable");
    }
  });

  it("passes AWS's default policy and says nothing of one that is not known, or is none", () => {
    const left = keyOf(KEY, { policy: UNKNOWN }, { madeFrom: {} });
    const kinds = (...resources: Parameters<typeof findings>[1]) =>
      findings(keyAdministratorPresent, resources).map(({ verdict }) => verdict.kind);
    assert.deepEqual(kinds(left, clusterOn(left)), ["pass"]);
    assert.deepEqual(kinds(...keyed(KEY, { policy: UNKNOWN })), ["notApplicable"]);
    assert.deepEqual(kinds(...keyed(NATIVE_KEY, { keyPolicy: { Statement: [UNKNOWN] } })), ["notApplicable"]);
    for (const policy of ["{", "[]", 42]) assert.deepEqual(kinds(...keyed(KEY, { policy })), ["notApplicable"]);
  });

  it("judges a key behind an alias while no ARN is known, and none that no cluster uses", () => {
    const policy = JSON.stringify({ ...POLICY, Statement: fargateStatements("web") });
    const key = keyOf(KEY, { arn: UNKNOWN, policy });
    const alias = subject(KEY_ALIAS, {}, { name: "alias", madeFrom: { targetKeyId: [key.urn] } });
    const cluster = subject(CLUSTER, clusterProperties(UNKNOWN), { madeFrom: { configuration: [alias.urn] } });
    const [finding] = findings(keyAdministratorPresent, [key, alias, cluster]);
    assert.ok(finding?.verdict.kind === "fail");
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the snippet holds a template
    assert.ok(finding.verdict.change.includes("      Principal: { AWS: `arn:aws:iam::${accountId}:root` },"));
    const unused = keyOf(KEY, { arn: KEY_ARN.replace("1234abcd", "abcd1234"), policy });
    assert.deepEqual(findings(keyAdministratorPresent, [unused, clusterOn()]), []);
  });
});
