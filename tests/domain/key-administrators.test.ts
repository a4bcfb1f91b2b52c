// Who can administer a key by its policy, and when nobody can.

import assert from "node:assert/strict";
import { administrators } from "../../domain/key-administrators";

const ROOT = "arn:aws:iam::111122223333:root";
const ADMIN_ROLE = "arn:aws:iam::111122223333:role/key-admin";
const clusterName = { "kms:EncryptionContext:aws:ecs:clusterName": "web" };

describe("the administrators of a key", () => {
  it("are those of the account when it is delegated to the root", () => {
    const found = administrators(policyOf({ Principal: { AWS: ROOT }, Action: "kms:*" }));
    assert.equal(found.verdict, "pass");
    assert.deepEqual(found.putKeyPolicy, [{ principal: ROOT, sure: true }]);
    assert.deepEqual(found.scheduleKeyDeletion, [{ principal: ROOT, sure: true }]);
  });

  it("may differ for the policy and for the key's deletion", () => {
    const put = { Principal: { AWS: ADMIN_ROLE }, Action: "kms:Put*" };
    const found = administrators(
      policyOf(put, { Principal: { AWS: "111122223333" }, Action: "kms:ScheduleKeyDeletion" }),
    );
    assert.deepEqual(found.putKeyPolicy, [{ principal: ADMIN_ROLE, sure: true }]);
    assert.deepEqual(found.scheduleKeyDeletion, [{ principal: "111122223333", sure: true }]);
  });

  for (const [title, statements, verdict] of [
    [
      "nobody, where only Fargate is let in",
      [{ Principal: { Service: "fargate.amazonaws.com" }, Action: "kms:*" }],
      "fail",
    ],
    ["nobody, where the role was deleted", [{ Principal: { AWS: "AROAEXAMPLEID12345678" }, Action: "kms:*" }], "fail"],
    [
      "nobody, where the statement has no effect",
      [{ Principal: { AWS: ROOT }, Action: "kms:*", Resource: undefined }],
      "fail",
    ],
    [
      "nobody, where every call without the cluster's name is denied",
      [{ Principal: { AWS: ROOT }, Action: "kms:*" }, denyAll({ StringNotEquals: clusterName })],
      "fail",
    ],
    [
      "the account, where only data keys without the cluster's name are denied",
      [
        { Principal: { AWS: ROOT }, Action: "kms:*" },
        { ...denyAll({ StringNotEquals: clusterName }), Action: "kms:Generate*" },
      ],
      "pass",
    ],
    [
      "perhaps the account, where another organisation is denied",
      [{ Principal: { AWS: ROOT }, Action: "kms:*" }, denyAll({ StringNotEquals: { "aws:PrincipalOrgID": "o-1" } })],
      "unknown",
    ],
    [
      "the role, where all other principals are denied by ARN",
      [
        { Principal: { AWS: ADMIN_ROLE }, Action: "kms:*" },
        denyAll({ ArnNotEquals: { "aws:PrincipalArn": ADMIN_ROLE } }),
      ],
      "pass",
    ],
    [
      "perhaps the account, where only roles of one name are let in, as IAM Identity Center makes them",
      [
        {
          Principal: { AWS: ROOT },
          Action: "kms:*",
          Condition: {
            ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*" },
          },
        },
      ],
      "unknown",
    ],
    [
      "perhaps the account, where all but one role are denied",
      [{ Principal: { AWS: ROOT }, Action: "kms:*" }, denyAll({ ArnNotEquals: { "aws:PrincipalArn": ADMIN_ROLE } })],
      "unknown",
    ],
    [
      "perhaps everyone, where the world is let in from one account",
      [{ Principal: "*", Action: "kms:*", Condition: { StringEquals: { "kms:CallerAccount": "111122223333" } } }],
      "unknown",
    ],
    ["everyone, where the world is let in", [{ Principal: "*", Action: "kms:*" }], "pass"],
    [
      "nobody, where only use is allowed",
      [{ Principal: { AWS: ROOT }, Action: ["kms:Decrypt", "kms:DescribeKey"] }],
      "fail",
    ],
  ] as const) {
    it(`are ${title}: ${verdict}`, () => {
      assert.equal(administrators(policyOf(...statements)).verdict, verdict);
    });
  }

  it("are unknown for what is no policy", () => {
    assert.equal(administrators("nope").verdict, "unknown");
  });
});

type Elements = Readonly<Record<string, unknown>>;

function policyOf(...statements: readonly Elements[]): unknown {
  const whole = statements.map((elements) => ({ Effect: "Allow", Resource: "*", ...elements }));
  return JSON.parse(JSON.stringify({ Version: "2012-10-17", Statement: whole }));
}

function denyAll(condition: Elements): Elements {
  return { Effect: "Deny", Principal: "*", Action: "kms:*", Condition: condition };
}
