// Key policies. Source: GetKeyPolicy, PutKeyPolicy, KMS API reference (documented).
// Documented: a policy can be put in every state of its key ("Key states of AWS KMS keys", KMS developer guide); it must let its
// caller put another one, unless the caller bypasses that check. The text of that refusal is reported.
// Invariant: a policy in place is always JSON of at most 32 KiB with a statement; it is shown at once, and in force a while
// later (world/key-policy-in-force.ts).

import type { GetKeyPolicyRequest, ListKeyPoliciesRequest, PutKeyPolicyRequest } from "@aws-sdk/client-kms";
import { AwsError } from "../../world/aws-error";
import { replacePolicy } from "../../world/key-policy-in-force";
import { locksOut } from "../../world/key-policy-lockout";
import type { Context } from "../operation";
import { findKey } from "./find-key";

const POLICY_BYTES_MAX = 32_768;

export function getKeyPolicy(context: Context, input: GetKeyPolicyRequest) {
  const key = findKey(context, input.KeyId);
  requireDefaultName(input.PolicyName);
  if (key.policy === null) {
    throw new AwsError(
      "AccessDeniedException",
      `User: ${context.caller.principalArn} is not authorized to perform: kms:GetKeyPolicy on resource: ${key.arn}`,
    );
  }
  return { Policy: key.policy, PolicyName: "default" };
}

export function putKeyPolicy(context: Context, input: PutKeyPolicyRequest) {
  const key = findKey(context, input.KeyId);
  requireDefaultName(input.PolicyName);
  replacePolicy(context.world, key, requirePolicy(context, input));
  return {};
}

export function listKeyPolicies(context: Context, input: ListKeyPoliciesRequest) {
  findKey(context, input.KeyId);
  return { PolicyNames: ["default"], Truncated: false };
}

/** The policy, when it is one and does not lock its caller out. */
export function requirePolicy({ caller }: Context, input: NewPolicy): string {
  const { Policy: text, BypassPolicyLockoutSafetyCheck: bypasses } = input;
  if (text === undefined || Buffer.byteLength(text) > POLICY_BYTES_MAX || !isPolicyDocument(text)) {
    throw malformed("The new key policy is not a valid policy document.");
  }
  if (bypasses !== true && locksOut(text, caller)) {
    throw malformed("The new key policy will not allow you to update the key policy in the future.");
  }
  return text;
}

type NewPolicy = Pick<PutKeyPolicyRequest, "BypassPolicyLockoutSafetyCheck"> & {
  readonly Policy?: string | undefined;
};

function malformed(message: string): AwsError {
  return new AwsError("MalformedPolicyDocumentException", message);
}

function isPolicyDocument(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === "object" && document !== null && "Statement" in document;
  } catch {
    return false;
  }
}

function requireDefaultName(name: string | undefined): void {
  if (name !== undefined && name !== "default")
    throw new AwsError("NotFoundException", `No such policy exists: ${name}`);
}
