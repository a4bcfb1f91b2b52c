import assert from "node:assert/strict";
import { clusterAdminNeedsKeyCondition } from "../../../policypack/rules/access/cluster-admin-needs-key-condition";
import { UNKNOWN } from "../../../policypack/rules/look";
import { IAM_POLICY, NATIVE_MANAGED_POLICY, NATIVE_ROLE, ROLE } from "../../../policypack/rules/resource-types";
import type { Verdict } from "../../../policypack/rules/verdict";
import { asked } from "../circumstances";
import { GUARD, KEY_CONDITION, statementsAsJson } from "../compliant/access";
import { judged } from "../judged";
import { SCENES } from "../scenes/cluster-admin-needs-key-condition";
import { subject } from "../subjects";

const KEY = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const ALLOW = { Effect: "Allow", Action: "ecs:*", Resource: "*" };

function check(properties: Readonly<Record<string, unknown>>, type = IAM_POLICY): Verdict {
  const rule = clusterAdminNeedsKeyCondition;
  const verdict = rule.checkResource?.(subject(type, properties, { name: "admin" }), asked(rule));
  return verdict ?? assert.fail("there is no check of a resource");
}

function of(...statements: readonly unknown[]): Verdict {
  return check({ policy: statementsAsJson(...statements) });
}

function guardedBy(Condition: unknown): Verdict {
  return of(ALLOW, { ...GUARD, Condition });
}

function allowedWith(Condition: unknown): Verdict {
  return of({ ...ALLOW, Condition });
}

describe("cluster-admin-needs-key-condition", () => {
  it("has scenes that are silent when compliant and fail once when not", () =>
    judged(clusterAdminNeedsKeyCondition, SCENES));

  it("fails with either action, by name, by wildcard and by what is left over", () => {
    for (const action of [
      "ecs:CreateCluster",
      "ecs:updatecluster",
      "ecs:*",
      "ecs:*Cluster",
      "*",
      ["s3:*", "ecs:Create*"],
    ]) {
      assert.equal(of({ Effect: "Allow", Action: action, Resource: "*" }).kind, "fail", String(action));
    }
    assert.equal(of({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }).kind, "fail");
  });

  it("passes with other actions, and with a deny of the two", () => {
    assert.equal(of({ Effect: "Allow", Action: ["ecs:CreateService", "ecs:Describe*"], Resource: "*" }).kind, "pass");
    assert.equal(of(ALLOW, { ...GUARD, Condition: undefined }).kind, "pass");
    assert.equal(of({ Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::bucket/*" }).kind, "pass");
  });

  it("passes with a guard that a request without a key meets", () => {
    for (const condition of [
      { StringNotEquals: { [KEY_CONDITION]: [KEY, "1234abcd-12ab-34cd-56ef-1234567890ab"] } },
      { StringNotLike: { [KEY_CONDITION.toUpperCase()]: "arn:aws:kms:*" } },
      { ArnNotLike: { [KEY_CONDITION]: "arn:aws:kms:*" } },
      { Null: { [KEY_CONDITION]: "true" } },
      { Null: { [KEY_CONDITION]: true }, StringNotEquals: { "aws:PrincipalTag/Team": "platform" } },
    ]) {
      assert.equal(guardedBy(condition).kind, "pass", JSON.stringify(condition));
    }
  });

  it("fails with a guard that a request without a key passes by", () => {
    for (const condition of [
      { StringEquals: { [KEY_CONDITION]: KEY } },
      { Null: { [KEY_CONDITION]: "false" } },
      { StringNotEquals: { "aws:RequestedRegion": "eu-central-1" } },
    ]) {
      assert.equal(guardedBy(condition).kind, "fail", JSON.stringify(condition));
    }
    assert.equal(of(ALLOW, { ...GUARD, Action: "ecs:CreateCluster" }).kind, "fail");
    assert.equal(of(ALLOW, { ...GUARD, Resource: "arn:aws:ecs:*:*:cluster/web" }).kind, "fail");
  });

  it("judges the condition of an allow by a request without a key", () => {
    assert.equal(allowedWith({ StringLike: { [KEY_CONDITION]: "arn:aws:kms:*" } }).kind, "pass");
    assert.equal(allowedWith({ Null: { [KEY_CONDITION]: "false" } }).kind, "pass");
    assert.equal(allowedWith({ StringEqualsIfExists: { [KEY_CONDITION]: KEY } }).kind, "fail");
    assert.equal(allowedWith({ StringEquals: { "aws:RequestTag/Team": "shop" } }).kind, "fail");
  });

  it("fails for the clusters of one name pattern, too", () => {
    for (const resource of ["arn:aws:ecs:eu-central-1:111122223333:cluster/shop-*", "arn:aws:ecs:*:*:*", "arn:*"]) {
      assert.equal(of({ ...ALLOW, Resource: resource }).kind, "fail", resource);
    }
    assert.equal(of({ ...ALLOW, Resource: "arn:aws:ecs:*:*:service/shop/*" }).kind, "pass");
  });

  it("names the actions and the statements, and shows the statement that is missing", () => {
    const verdict = of({ ...ALLOW, Sid: "Clusters" }, { ...GUARD, Action: "ecs:CreateCluster" });
    assert.ok(verdict.kind === "fail");
    assert.equal(verdict.reason, `"admin" allows ecs:UpdateCluster without a key for Fargate's ephemeral storage.`);
    assert.deepEqual(verdict.evidence, ["ecs:UpdateCluster is allowed by Clusters"]);
    const change = verdict.change.join("\n");
    assert.ok(change.includes('Effect: "Deny"') && change.includes("StringNotLike") && change.includes(KEY_CONDITION));
  });

  it("shows a statement that is a guard itself", () => {
    const verdict = of(ALLOW);
    const pattern = /"(arn:\*:kms[^"]*)"/.exec(verdict.kind === "fail" ? verdict.change.join("\n") : "")?.[1];
    assert.ok(pattern?.endsWith(":key/*"));
    assert.equal(guardedBy({ StringNotLike: { [KEY_CONDITION]: pattern } }).kind, "pass");
  });

  it("finds the one document of several in line at a role", () => {
    const documents = [statementsAsJson(ALLOW, GUARD), statementsAsJson(ALLOW)];
    const inlinePolicies = documents.map((policy) => ({ policy }));
    assert.equal(check({ inlinePolicies }, ROLE).kind, "fail");
    assert.equal(check({ inlinePolicies: inlinePolicies.slice(0, 1) }, ROLE).kind, "pass");
    assert.equal(check({ policies: [{ policyDocument: documents[1] }] }, NATIVE_ROLE).kind, "fail");
  });

  it("says nothing of a document that is not known yet, in whole or in part", () => {
    assert.equal(check({ policy: UNKNOWN }).kind, "notApplicable");
    assert.equal(check({ inlinePolicies: UNKNOWN }, ROLE).kind, "notApplicable");
    assert.equal(check({ inlinePolicies: [UNKNOWN, { policy: UNKNOWN }] }, ROLE).kind, "notApplicable");
    const policyDocument = { Statement: [ALLOW, { ...GUARD, Resource: UNKNOWN }] };
    assert.equal(check({ policyDocument }, NATIVE_MANAGED_POLICY).kind, "notApplicable");
    const glued = statementsAsJson(ALLOW, { ...GUARD, Resource: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" });
    assert.equal(check({ policy: glued }).kind, "notApplicable");
  });

  it("says nothing of what is no document", () => {
    for (const policy of [undefined, "", "{", "[]", "7", '{"Version": "2012-10-17"}']) {
      assert.equal(check({ policy }).kind, "notApplicable", String(policy));
    }
    assert.equal(check({ inlinePolicies: [] }, ROLE).kind, "notApplicable");
  });

  it("does not guess what an unreadable statement allows", () => {
    assert.equal(of({ ...ALLOW, Resource: 7 }).kind, "pass");
    assert.equal(of({ ...ALLOW, Condition: { StringEqals: { [KEY_CONDITION]: KEY } } }).kind, "pass");
  });
});
