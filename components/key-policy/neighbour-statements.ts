// The key policy statements for what may share the key with ephemeral storage: encrypted log groups, and the EBS volumes that ECS
// attaches to tasks.
// Sources (documented): Amazon CloudWatch Logs user guide, "Encrypt log data in CloudWatch Logs using AWS KMS"; Amazon ECS developer
// guide, "Encrypt data stored in Amazon EBS volumes attached to Amazon ECS tasks". The service principal of CloudWatch Logs ends in
// amazonaws.com.cn in the China Regions (reported: the table of service principals in AWS CDK); kms:ViaService was not checked there.
//
// Invariants
//   every statement is bound to one account and one Region, and to exact log groups or roles: no wildcard but in action names
//   grants for volumes are for AWS resources only

import type { KeyPolicyStatement } from "../../domain/fargate-key-policy";
import { ArgumentError } from "../arguments/argument-error";
import type { AwsPlace } from "../aws-place";

export type StatementPlace = Pick<AwsPlace, "partition" | "account" | "region">;

/** Lets CloudWatch Logs encrypt exactly these log groups, given by name. */
export function logGroupsStatement(logGroupNames: readonly string[], place: StatementPlace): KeyPolicyStatement {
  const { partition, account, region } = place;
  const arns = logGroupNames.map((name) => `arn:${partition}:logs:${region}:${account}:log-group:${name}`);
  return {
    Sid: "LogGroupsEncrypt",
    Effect: "Allow",
    Principal: { Service: `logs.${region}.${partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"}` },
    Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": arns } },
    Resource: "*",
  };
}

/** Lets EBS encrypt the volumes that ECS creates through these infrastructure roles. */
export function volumeStatements(roleArns: readonly string[], place: StatementPlace): readonly KeyPolicyStatement[] {
  const shared = { Effect: "Allow", Principal: { AWS: roleArns }, Resource: "*" } as const;
  const throughEbs = {
    StringEquals: {
      "kms:CallerAccount": [place.account],
      "kms:ViaService": [`ec2.${place.region}.amazonaws.com`],
    },
    "ForAnyValue:StringEquals": { "kms:EncryptionContextKeys": ["aws:ebs:id"] },
  };
  return [
    { ...shared, Sid: "VolumesDescribeKey", Action: ["kms:DescribeKey"] },
    { ...shared, Sid: "VolumesGenerateDataKey", Action: ["kms:GenerateDataKey*"], Condition: throughEbs },
    {
      ...shared,
      Sid: "VolumesCreateGrant",
      Action: ["kms:CreateGrant"],
      Condition: { ...throughEbs, Bool: { "kms:GrantIsForAWSResource": ["true"] } },
    },
  ];
}

/** @throws ArgumentError for what is no name of a log group: CreateLogGroup (CloudWatch Logs API Reference, documented). */
export function checkedLogGroupNames(argument: string, names: readonly string[]): readonly string[] {
  if (!Array.isArray(names)) throw new ArgumentError(argument, names, "give a list of names of log groups");
  const wrong = names.findIndex((name) => typeof name !== "string" || !/^[A-Za-z0-9_./#-]{1,512}$/.test(name));
  if (wrong === -1) return [...new Set(names)];
  throw new ArgumentError(`${argument}[${wrong}]`, names[wrong], "give the name of one log group, without wildcard");
}
