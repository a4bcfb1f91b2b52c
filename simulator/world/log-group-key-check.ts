// Whether CloudWatch Logs may use a key for one log group, by the key's policy.
// Source: "Encrypt log data in CloudWatch Logs using AWS KMS", CloudWatch Logs user guide (documented: the Regional service
// principal, the actions of the key policy and the one encryption context key). Which of the actions are tried when a key is
// associated is inferred: all of the documented ones that carry the context.
// Invariant: a key whose policy nobody could read is taken for a good one.

import type { PolicyOutcome } from "../../domain/policy/evaluate-policy";
import { evaluatePolicy } from "../../domain/policy/evaluate-policy";
import { parsePolicy } from "../../domain/policy/parse-policy";
import { type PolicyRequest, present } from "../../domain/policy/request";
import { isProblem } from "../../domain/problem";
import type { ArnPlace } from "./arns";
import type { Key } from "./key";
import type { WorldState } from "./world-state";

const CONTEXT_KEY = "aws:logs:arn";

const ACTIONS = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey"] as const;

export interface LogGroupKeyQuestion {
  readonly key: Key;
  /** Without `:*`. */
  readonly logGroupArn: string;
  readonly place: ArnPlace;
}

export function mayLogsUse(world: WorldState, { key, logGroupArn, place }: LogGroupKeyQuestion): boolean {
  if (key.policy === null) return true;
  const policy = parsePolicy(key.policy);
  if (isProblem(policy)) return false;
  return ACTIONS.every((action) => {
    const request = requestOf(action, { key, logGroupArn, place });
    return isAllowed(world, evaluatePolicy(policy, "key", request));
  });
}

function isAllowed({ switches }: WorldState, { decision }: PolicyOutcome): boolean {
  return decision === "unknown" ? switches.undecidedKeyPolicy === "allow" : decision === "allow";
}

function requestOf(action: string, { key, logGroupArn, place }: LogGroupKeyQuestion): PolicyRequest {
  return {
    principal: { kind: "service", name: `logs.${place.region}.${dnsSuffix(place.partition)}` },
    action,
    resource: key.arn,
    context: {
      keys: {
        [`kms:EncryptionContext:${CONTEXT_KEY}`]: present(logGroupArn),
        "kms:EncryptionContextKeys": present(CONTEXT_KEY),
        "aws:PrincipalIsAWSService": present("true"),
        "aws:ResourceAccount": present(key.account),
        "aws:RequestedRegion": present(place.region),
        "aws:SecureTransport": present("true"),
      },
      absentPrefixes: ["kms:EncryptionContext:", "kms:Grant", "aws:PrincipalTag/", "aws:RequestTag/"],
      others: "unknown",
    },
  };
}

/** Documented: in the China Regions the principal ends in amazonaws.com.cn. */
function dnsSuffix(partition: string): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
