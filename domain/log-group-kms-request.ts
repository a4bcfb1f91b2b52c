// The KMS requests that CloudWatch Logs makes for an encrypted log group, as far as their content is known.
// Sources: Amazon CloudWatch Logs user guide, "Encrypt log data in CloudWatch Logs using AWS KMS" (documented): the principal and
// the encryption context. The principal's end in the China Regions is reported (the table of service principals in AWS CDK).
//
// Invariants
//   the calls are those that writing and reading take (inferred): the documented statement allows kms:ReEncrypt* and kms:Describe*
//     too, but no document says what for, and its own condition keeps every kms:DescribeKey out
//   a condition key that no document shows in these requests is unknown, never guessed

import type { KeyCall } from "./key-call-access";
import { type PolicyRequest, present } from "./policy/request";
import { serviceRequestKeys } from "./service-request-context";

export const LOG_GROUP_CONTEXT_KEY = "aws:logs:arn";

export type LogGroupOperation = "Encrypt" | "Decrypt" | "GenerateDataKey";

export const LOG_GROUP_OPERATIONS: readonly LogGroupOperation[] = ["Encrypt", "Decrypt", "GenerateDataKey"];

export interface LogGroupPlace {
  readonly partition: string;
  /** 12 digits: the account of the log group. */
  readonly account: string;
  readonly region: string;
  readonly logGroupName: string;
  /** Null while it is not known. */
  readonly keyArn: string | null;
  /** 12 digits: the account of the key. */
  readonly keyAccount: string;
}

export function logGroupKmsCall(operation: LogGroupOperation, place: LogGroupPlace): KeyCall {
  const name = logsServicePrincipal(place);
  const action = `kms:${operation}`;
  const addition = `add the documented statement of CloudWatch Logs for log group ${place.logGroupName}`;
  const documented = "the documented statement of CloudWatch Logs";
  return {
    asker: { name, kind: "service", action, addition, documented, proof: null, changeOf: changeOf(place) },
    request: logGroupKmsRequest(name, action, place),
  };
}

export function logsServicePrincipal({ partition, region }: Pick<LogGroupPlace, "partition" | "region">): string {
  return `logs.${region}.${partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"}`;
}

export function logGroupArn({
  partition,
  region,
  account,
  logGroupName,
}: Omit<LogGroupPlace, "keyArn" | "keyAccount">): string {
  return `arn:${partition}:logs:${region}:${account}:log-group:${logGroupName}`;
}

function logGroupKmsRequest(name: string, action: string, place: LogGroupPlace): PolicyRequest {
  return {
    principal: { kind: "service", name },
    action,
    resource: place.keyArn,
    context: {
      keys: {
        [`kms:EncryptionContext:${LOG_GROUP_CONTEXT_KEY}`]: present(logGroupArn(place)),
        "kms:EncryptionContextKeys": present(LOG_GROUP_CONTEXT_KEY),
        ...serviceRequestKeys(place),
      },
      // A service principal carries no tags, and none of these calls makes a grant (documented).
      absentPrefixes: ["kms:EncryptionContext:", "kms:Grant", "kms:RetiringPrincipal", "aws:PrincipalTag/"],
      others: "unknown",
    },
  };
}

function changeOf(place: LogGroupPlace): KeyCall["asker"]["changeOf"] {
  return (key, label) => {
    const isLogGroup = key.toLowerCase() === `kms:encryptioncontext:${LOG_GROUP_CONTEXT_KEY}`;
    return isLogGroup ? `add ${logGroupArn(place)} to the log groups of ${label}` : null;
  };
}
