// The key policy statements for what may share the key with ephemeral storage: encrypted log groups, the EBS volumes that ECS
// attaches to tasks, and the sessions of ECS Exec.
// Sources (documented): Amazon CloudWatch Logs user guide, "Encrypt log data in CloudWatch Logs using AWS KMS"; Amazon ECS developer
// guide, "Encrypt data stored in Amazon EBS volumes attached to Amazon ECS tasks" and, of ECS Exec, "IAM permissions required for
// encryption using your own KMS key". kms:ViaService was not checked for the China Regions.
//
// Invariants
//   every statement is bound to one account and one Region, and to exact log groups or roles: no wildcard but in action names
//   grants for volumes are for AWS resources only

import type { KeyPolicyStatement } from "../../domain/fargate-key-policy";
import { LOG_GROUP_CONTEXT_KEY, logGroupArn, logsServicePrincipal } from "../../domain/log-group-kms-request";
import { ArgumentError } from "../arguments/argument-error";
import type { AwsPlace } from "../aws-place";

export type StatementPlace = Pick<AwsPlace, "partition" | "account" | "region">;

/** Lets CloudWatch Logs encrypt exactly these log groups, given by name. */
export function logGroupsStatement(logGroupNames: readonly string[], place: StatementPlace): KeyPolicyStatement {
  const arns = logGroupNames.map((logGroupName) => logGroupArn({ ...place, logGroupName }));
  return {
    Sid: "LogGroupsEncrypt",
    Effect: "Allow",
    Principal: { Service: logsServicePrincipal(place) },
    Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Condition: { ArnEquals: { [`kms:EncryptionContext:${LOG_GROUP_CONTEXT_KEY}`]: arns } },
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

/** The roles, or none. @throws ArgumentError where AWS documents no policy for them: what was guessed would show when a task fails. */
export function checkedVolumeRoles(roleArns: readonly string[] | null, place: StatementPlace): readonly string[] {
  if (roleArns === null || place.partition !== "aws-cn") return roleArns ?? [];
  throw new ArgumentError(
    "volumeRoleArns",
    roleArns,
    "AWS documents no key policy for the volumes of tasks in the China Regions; leave it out, and give volumeKeyArn, a key whose " +
      "policy you have tried there",
  );
}

/**
 * Lets ECS Exec encrypt its sessions with the key: the container's side decrypts with its task role, and who opens a session makes
 * the session's key. Both get both, as one list names them.
 */
export function executeCommandStatement(roleArns: readonly string[]): KeyPolicyStatement {
  return {
    Sid: "ExecSessions",
    Effect: "Allow",
    Principal: { AWS: roleArns },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
  };
}

/** @throws ArgumentError for what is no name of a log group: CreateLogGroup (CloudWatch Logs API Reference, documented). */
export function checkedLogGroupNames(argument: string, names: readonly string[]): readonly string[] {
  if (!Array.isArray(names)) throw new ArgumentError(argument, names, "give a list of names of log groups");
  const wrong = names.findIndex((name) => typeof name !== "string" || !/^[A-Za-z0-9_./#-]{1,512}$/.test(name));
  if (wrong === -1) return [...new Set(names)];
  throw new ArgumentError(`${argument}[${wrong}]`, names[wrong], "give the name of one log group, without wildcard");
}
