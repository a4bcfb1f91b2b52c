// Key policies in the form that AWS documents them, for the tests of keys that a stack does not own. Literals, one account.

import type { KeyPolicyQuestion } from "../../../components/existing-key/key-policy-objections";
import type { KeyUses } from "../../../components/key-policy/storage-key-policy";

export type Json = Readonly<Record<string, unknown>>;

export const ACCOUNT = "111122223333";
export const VOLUMES = "arn:aws:iam::111122223333:role/volumes";
export const TASK = "arn:aws:iam::111122223333:role/task";
export const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
export const PLACE = {
  partition: "aws",
  account: ACCOUNT,
  region: "eu-west-1",
  callerArn: "arn:aws:sts::111122223333:assumed-role/deploy/ci",
};

export const NONE: KeyUses = { clusterNames: [], logGroupNames: [], volumeRoleArns: [], executeCommandRoleArns: [] };
export const ORDERS: KeyUses = { ...NONE, clusterNames: ["orders"] };
export const LOGS: KeyUses = { ...NONE, logGroupNames: ["/ecs/exec/orders"] };
export const VOLUME: KeyUses = { ...NONE, volumeRoleArns: [VOLUMES] };
export const EXEC: KeyUses = { ...NONE, executeCommandRoleArns: [TASK] };
export const ALL: KeyUses = {
  clusterNames: ["orders"],
  logGroupNames: ["/ecs/exec/orders"],
  volumeRoleArns: [VOLUMES],
  executeCommandRoleArns: [TASK],
};

export const ROOT: Json = {
  Sid: "Enable IAM User Permissions",
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::111122223333:root" },
  Action: "kms:*",
  Resource: "*",
};
export const ADMIN: Json = { ...ROOT, Principal: { AWS: "arn:aws:iam::111122223333:role/KeyAdmin" } };
export const ENCRYPTION_CONTEXT = {
  "kms:EncryptionContext:aws:ecs:clusterAccount": ["111122223333"],
  "kms:EncryptionContext:aws:ecs:clusterName": ["orders"],
};
export const DATA_KEY: Json = {
  Sid: "Allow generate data key access for Fargate tasks.",
  Effect: "Allow",
  Principal: { Service: "fargate.amazonaws.com" },
  Action: ["kms:GenerateDataKeyWithoutPlaintext"],
  Condition: { StringEquals: ENCRYPTION_CONTEXT },
  Resource: "*",
};
export const GRANT: Json = {
  Sid: "Allow grant creation permission for Fargate tasks.",
  Effect: "Allow",
  Principal: { Service: "fargate.amazonaws.com" },
  Action: ["kms:CreateGrant"],
  Condition: {
    StringEquals: ENCRYPTION_CONTEXT,
    "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] },
  },
  Resource: "*",
};
export const LOG_GROUP: Json = {
  Sid: "Logs",
  Effect: "Allow",
  Principal: { Service: "logs.eu-west-1.amazonaws.com" },
  Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
  Resource: "*",
  Condition: {
    ArnEquals: {
      "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/exec/orders",
    },
  },
};
const THROUGH_EC2 = { "kms:CallerAccount": "111122223333", "kms:ViaService": "ec2.eu-west-1.amazonaws.com" };
export const VOLUME_DESCRIBE: Json = {
  Effect: "Allow",
  Principal: { AWS: VOLUMES },
  Action: "kms:DescribeKey",
  Resource: "*",
};
export const VOLUME_DATA_KEY: Json = {
  ...VOLUME_DESCRIBE,
  Action: "kms:GenerateDataKey*",
  Condition: { StringEquals: THROUGH_EC2, "ForAnyValue:StringEquals": { "kms:EncryptionContextKeys": "aws:ebs:id" } },
};
export const VOLUME_GRANT: Json = {
  ...VOLUME_DESCRIBE,
  Action: "kms:CreateGrant",
  Condition: { ...(VOLUME_DATA_KEY.Condition as Json), Bool: { "kms:GrantIsForAWSResource": true } },
};
export const EXEC_DECRYPT: Json = { ...VOLUME_DESCRIBE, Principal: { AWS: [TASK] }, Action: "kms:Decrypt" };

/** A question about a policy of these statements. */
export function question(statements: readonly Json[], uses: KeyUses): KeyPolicyQuestion {
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  return { policy, keyArn: KEY, place: PLACE, uses };
}
