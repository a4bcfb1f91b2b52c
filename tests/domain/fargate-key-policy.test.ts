// The statements must be AWS's own, value by value: fargate-create-storage-key in the Amazon ECS developer guide.

import assert from "node:assert/strict";
import { fargateKeyPolicyStatements, minimalKeyPolicy, operatorStatement } from "../../domain/fargate-key-policy";
import { administrators } from "../../domain/key-administrators";
import { publicAccess } from "../../domain/key-public-access";

describe("the documented Fargate statements", () => {
  it("are AWS's, value by value", () => {
    const statements = fargateKeyPolicyStatements({ account: "111122223333", clusterNames: ["web"] });
    assert.deepEqual(statements, [
      {
        Sid: "FargateGenerateDataKey",
        Effect: "Allow",
        Principal: { Service: "fargate.amazonaws.com" },
        Action: ["kms:GenerateDataKeyWithoutPlaintext"],
        Condition: {
          StringEquals: {
            "kms:EncryptionContext:aws:ecs:clusterAccount": ["111122223333"],
            "kms:EncryptionContext:aws:ecs:clusterName": ["web"],
          },
        },
        Resource: "*",
      },
      {
        Sid: "FargateCreateGrant",
        Effect: "Allow",
        Principal: { Service: "fargate.amazonaws.com" },
        Action: ["kms:CreateGrant"],
        Condition: {
          StringEquals: {
            "kms:EncryptionContext:aws:ecs:clusterAccount": ["111122223333"],
            "kms:EncryptionContext:aws:ecs:clusterName": ["web"],
          },
          "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] },
        },
        Resource: "*",
      },
    ]);
  });

  it("let operators do nothing but describe the key", () => {
    assert.deepEqual(operatorStatement(["arn:aws:iam::111122223333:role/platform"]), {
      Sid: "ClusterOperatorsDescribeKey",
      Effect: "Allow",
      Principal: { AWS: ["arn:aws:iam::111122223333:role/platform"] },
      Action: ["kms:DescribeKey"],
      Resource: "*",
    });
  });

  it("make a whole policy that is closed and that the account administers, in every partition", () => {
    const policy = minimalKeyPolicy({ account: "111122223333", clusterNames: ["web"], partition: "aws-us-gov" });
    assert.equal(publicAccess(policy).verdict, "pass");
    assert.deepEqual(administrators(policy).putKeyPolicy, [
      { principal: "arn:aws-us-gov:iam::111122223333:root", sure: true },
    ]);
  });

  for (const [title, account, clusterNames, message] of [
    ["no cluster", "111122223333", [], /clusterNames is empty/],
    ["a wildcard for a cluster", "111122223333", ["web*"], /cluster name is "web\*"/],
    [
      "a cluster's ARN",
      "111122223333",
      ["arn:aws:ecs:eu-west-1:111122223333:cluster/web"],
      /give the name, not an ARN/,
    ],
    ["an account of ten digits", "1234567890", ["web"], /account is "1234567890"/],
  ] as const) {
    it(`are refused for ${title}, with the value in the message`, () => {
      assert.throws(() => minimalKeyPolicy({ account, clusterNames }), { name: "RangeError", message });
    });
  }
});
