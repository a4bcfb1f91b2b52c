// The check that keeps a caller from locking itself out of a key with a new policy.
// Source: Policy and BypassPolicyLockoutSafetyCheck of CreateKey and PutKeyPolicy, KMS API reference (documented).
// Invariants: only a policy that surely refuses the caller locks it out; callers have IAM policies that allow everything here,
// so a policy that names their account lets them in.

import { administrativeContext } from "../../domain/key-administrators";
import { evaluatePolicy } from "../../domain/policy/evaluate-policy";
import { parsePolicy } from "../../domain/policy/parse-policy";
import { type PolicyRequest, present } from "../../domain/policy/request";
import { isProblem } from "../../domain/problem";
import type { Caller } from "./call";

export function locksOut(policy: string, caller: Caller): boolean {
  const parsed = parsePolicy(policy);
  if (isProblem(parsed)) return false;
  const { decision } = evaluatePolicy(parsed, "key", putKeyPolicyOf(caller));
  return decision === "deny" || decision === "implicit-deny";
}

function putKeyPolicyOf({ account, region, principalArn }: Caller): PolicyRequest {
  const principal = { kind: "aws", arn: principalArn } as const;
  const context = administrativeContext(principal);
  const place = { "aws:ResourceAccount": present(account), "aws:RequestedRegion": present(region) };
  // The account of the call decides, also for a principal whose ARN does not tell it.
  const caller = { "aws:PrincipalAccount": present(account), "kms:CallerAccount": present(account) };
  return {
    principal,
    action: "kms:PutKeyPolicy",
    resource: null,
    context: { ...context, keys: { ...context.keys, ...caller, ...place } },
  };
}
