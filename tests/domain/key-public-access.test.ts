// When a key policy is open to everyone, as Security Hub KMS.5 means it: only fixed values close it.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written so.

import assert from "node:assert/strict";
import { publicAccess } from "../../domain/key-public-access";

type Row = readonly [title: string, elements: Readonly<Record<string, unknown>>, verdict: "pass" | "fail" | "unknown"];

const ROWS: readonly Row[] = [
  ["everyone, without condition", { Principal: "*" }, "fail"],
  ["every AWS principal, without condition", { Principal: { AWS: "*" } }, "fail"],
  ["every AWS principal among others", { Principal: { AWS: ["111122223333", "*"] } }, "fail"],
  [
    "everyone but one role",
    { Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::111122223333:role/x" } },
    "fail",
  ],
  ["the account", { Principal: { AWS: "arn:aws:iam::111122223333:root" } }, "pass"],
  ["an AWS service", { Principal: { Service: "fargate.amazonaws.com" } }, "pass"],
  ["a Deny for everyone", { Effect: "Deny" }, "pass"],
  ["a statement without Resource, which has no effect", { Resource: undefined }, "pass"],
  ["callers of one account", when("StringEquals", "kms:CallerAccount", "111122223333"), "pass"],
  ["callers of two accounts", when("StringEquals", "kms:CallerAccount", ["111122223333", "444455556666"]), "pass"],
  ["one organisation", when("StringEquals", "aws:PrincipalOrgID", "o-exampleorgid"), "pass"],
  [
    "one organisation, compared with wildcards but without any",
    when("StringLike", "aws:PrincipalOrgID", "o-exampleorgid"),
    "pass",
  ],
  ["accounts by wildcard", when("StringLike", "kms:CallerAccount", "1111*"), "fail"],
  ["accounts by variable", when("StringEquals", "aws:PrincipalAccount", "${aws:PrincipalAccount}"), "fail"],
  [
    "one fixed value and one wildcard",
    when("StringLike", "aws:PrincipalArn", ["arn:aws:iam::111122223333:role/x", "*"]),
    "fail",
  ],
  ["all but one account", when("StringNotEquals", "kms:CallerAccount", "111122223333"), "fail"],
  ["one account if it is known at all", when("StringEqualsIfExists", "aws:PrincipalAccount", "111122223333"), "fail"],
  [
    "one account by ForAllValues, which holds for none",
    when("ForAllValues:StringEquals", "aws:PrincipalOrgPaths", "o-1/r-1"),
    "fail",
  ],
  ["some addresses", when("IpAddress", "aws:SourceIp", "203.0.113.0/24"), "pass"],
  ["all addresses", when("IpAddress", "aws:SourceIp", "0.0.0.0/0"), "fail"],
  ["AWS services", when("Bool", "aws:PrincipalIsAWSService", "true"), "pass"],
  ["everyone but AWS services", when("Bool", "aws:PrincipalIsAWSService", "false"), "fail"],
  ["who has the key at all", when("Null", "aws:PrincipalArn", "false"), "fail"],
  [
    "who sends the right encryption context",
    when("StringEquals", "kms:EncryptionContext:aws:ecs:clusterName", "web"),
    "unknown",
  ],
  ["a misspelt operator", when("StringEqual", "kms:CallerAccount", "111122223333"), "unknown"],
];

describe("a key policy's public access", () => {
  for (const [title, elements, verdict] of ROWS) {
    it(`${title}: ${verdict}`, () => {
      assert.equal(publicAccess(policyOf(elements)).verdict, verdict);
    });
  }

  it("names the open statement before one that may be", () => {
    const maybe = statementOf({ ...when("StringEquals", "kms:EncryptionContext:a", "b"), Sid: "Maybe" });
    const found = publicAccess({ Version: "2012-10-17", Statement: [maybe, statementOf({ Sid: "Open" })] });
    assert.equal(found.verdict, "fail");
    assert.match(found.reason, /^Open: allows kms:\* to everyone/);
    assert.deepEqual(
      found.statements.map(({ label, verdict }) => [label, verdict]),
      [
        ["Maybe", "unknown"],
        ["Open", "fail"],
      ],
    );
  });

  it("is unknown for what is no policy", () => {
    assert.equal(publicAccess("").verdict, "unknown");
  });
});

function when(operator: string, key: string, value: unknown): Readonly<Record<string, unknown>> {
  return { Condition: { [operator]: { [key]: value } } };
}

function policyOf(elements: Readonly<Record<string, unknown>>): unknown {
  return { Version: "2012-10-17", Statement: [statementOf(elements)] };
}

function statementOf(elements: Readonly<Record<string, unknown>>): unknown {
  const whole = { Sid: "S", Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*", ...elements };
  return JSON.parse(JSON.stringify(whole));
}
