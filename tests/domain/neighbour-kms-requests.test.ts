// The KMS requests of a key's other users, against AWS's documented statements for them: literals in the documents' form.

import assert from "node:assert/strict";
import { executeCommandKmsCall } from "../../domain/execute-command-kms-request";
import { type KeyCall, keyCallAccess } from "../../domain/key-call-access";
import { LOG_GROUP_OPERATIONS, logGroupKmsCall, logsServicePrincipal } from "../../domain/log-group-kms-request";
import { parsePolicy } from "../../domain/policy/parse-policy";
import { isProblem } from "../../domain/problem";
import { VOLUME_OPERATIONS, volumeKmsCall } from "../../domain/volume-kms-request";

const KEY = {
  keyArn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  keyAccount: "111122223333",
};
const ROLE = { ...KEY, partition: "aws", region: "eu-west-1", roleArn: "arn:aws:iam::111122223333:role/app" };
const GROUP = { ...KEY, partition: "aws", account: "111122223333", region: "eu-west-1", logGroupName: "/app" };

function decisions(statement: object, calls: readonly KeyCall[]): readonly string[] {
  const policy = parsePolicy({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Resource: "*", ...statement }] });
  assert.ok(!isProblem(policy));
  return calls.map((call) => keyCallAccess(policy, call).decision);
}

describe("the KMS requests of CloudWatch Logs", () => {
  const calls = LOG_GROUP_OPERATIONS.map((operation) => logGroupKmsCall(operation, GROUP));
  const statement = { Principal: { Service: "logs.eu-west-1.amazonaws.com" }, Action: "kms:*" };

  for (const [operator, value, decision] of [
    ["ArnEquals", "arn:aws:logs:eu-west-1:111122223333:log-group:/app", "allow"],
    ["ArnLike", "arn:aws:logs:eu-west-1:111122223333:*", "allow"],
    ["StringEquals", "arn:aws:logs:eu-west-1:111122223333:log-group:/app", "allow"],
    ["ArnEquals", "arn:aws:logs:eu-west-1:111122223333:log-group:/app:*", "implicit-deny"],
    ["ArnEquals", "arn:aws:logs:eu-west-1:444455556666:log-group:/app", "implicit-deny"],
  ] as const) {
    it(`are ${decision} with ${operator} ${value}`, () => {
      const Condition = { [operator]: { "kms:EncryptionContext:aws:logs:arn": value } };
      assert.deepEqual(decisions({ ...statement, Condition }, calls), [decision, decision, decision]);
    });
  }

  it("are unknown under a condition that no document shows in them", () => {
    const Condition = { StringEquals: { "aws:SourceAccount": "111122223333" } };
    assert.deepEqual(decisions({ ...statement, Condition }, calls), ["unknown", "unknown", "unknown"]);
  });

  it("come from the principal of the Region, with China's own end there", () => {
    assert.equal(logsServicePrincipal({ partition: "aws", region: "eu-west-1" }), "logs.eu-west-1.amazonaws.com");
    assert.equal(
      logsServicePrincipal({ partition: "aws-cn", region: "cn-north-1" }),
      "logs.cn-north-1.amazonaws.com.cn",
    );
    assert.equal(
      logsServicePrincipal({ partition: "aws-us-gov", region: "us-gov-west-1" }),
      "logs.us-gov-west-1.amazonaws.com",
    );
  });
});

describe("the KMS requests for an attached volume", () => {
  const calls = VOLUME_OPERATIONS.map((operation) => volumeKmsCall(operation, ROLE));
  const statement = { Principal: { AWS: ROLE.roleArn }, Action: "kms:*" };

  for (const [title, Condition, expected] of [
    ["no condition", {}, ["allow", "allow", "allow"]],
    ["the caller's account", { StringEquals: { "kms:CallerAccount": "111122223333" } }, ["allow", "allow", "allow"]],
    [
      "the way through EC2",
      { StringEquals: { "kms:ViaService": "ec2.eu-west-1.amazonaws.com" } },
      ["unknown", "allow", "allow"],
    ],
    [
      "the volume in the context",
      { "ForAnyValue:StringEquals": { "kms:EncryptionContextKeys": "aws:ebs:id" } },
      ["implicit-deny", "allow", "allow"],
    ],
    [
      "a grant for an AWS resource",
      { Bool: { "kms:GrantIsForAWSResource": "true" } },
      ["implicit-deny", "implicit-deny", "allow"],
    ],
    [
      "grant operations that no document tells",
      { "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] } },
      ["allow", "allow", "unknown"],
    ],
    [
      "one volume alone",
      { StringEquals: { "kms:EncryptionContext:aws:ebs:id": "vol-1" } },
      ["implicit-deny", "implicit-deny", "implicit-deny"],
    ],
    ["an organisation", { StringEquals: { "aws:PrincipalOrgID": "o-1" } }, ["unknown", "unknown", "unknown"]],
  ] as const) {
    it(`are judged under the condition of ${title}`, () => {
      assert.deepEqual(decisions({ ...statement, Condition }, calls), expected);
    });
  }

  it("are unknown on the way through EC2 in the China Regions", () => {
    const place = { ...ROLE, partition: "aws-cn", region: "cn-north-1" };
    const Condition = { StringEquals: { "kms:ViaService": "ec2.cn-north-1.amazonaws.com" } };
    const [call] = VOLUME_OPERATIONS.slice(1).map((operation) => volumeKmsCall(operation, place));
    assert.ok(call !== undefined);
    assert.deepEqual(decisions({ ...statement, Condition }, [call]), ["unknown"]);
  });
});

describe("the KMS request of an ECS Exec session", () => {
  for (const [title, statement, decision] of [
    ["by the task role", { Principal: { AWS: ROLE.roleArn }, Action: "kms:Decrypt" }, "allow"],
    ["by the account", { Principal: { AWS: "111122223333" }, Action: "kms:Decrypt" }, "allow"],
    ["with another call", { Principal: { AWS: ROLE.roleArn }, Action: "kms:GenerateDataKey" }, "implicit-deny"],
    [
      "through another service",
      { Principal: "*", Action: "*", Condition: { StringLike: { "kms:ViaService": "ssm.*" } } },
      "implicit-deny",
    ],
    [
      "for a cluster's storage",
      {
        Principal: "*",
        Action: "*",
        Condition: { StringEquals: { "kms:EncryptionContext:aws:ecs:clusterName": "web" } },
      },
      "implicit-deny",
    ],
    [
      "for one session",
      {
        Principal: "*",
        Action: "*",
        Condition: { StringLike: { "kms:EncryptionContext:aws:ssm:SessionId": "ecs-*" } },
      },
      "unknown",
    ],
  ] as const) {
    it(`is ${decision} when allowed ${title}`, () => {
      assert.deepEqual(decisions(statement, [executeCommandKmsCall(ROLE)]), [decision]);
    });
  }
});
