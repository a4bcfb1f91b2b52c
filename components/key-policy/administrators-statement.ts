// The key policy statement for named administrators, in place of the account's delegation, and the guard that goes with it.
// Sources: AWS KMS developer guide, "Allows key administrators to administer the KMS key" (documented); the calls that the AWS
// provider makes to create and read a key were seen on the wire.
//
// Invariants
//   administrators cannot use the key: no cryptographic operation, and no CreateGrant, which would hand one out
//   who deploys is among them: else the deployment could neither finish the key nor ever change it again
//   an administrator is one role or user by its own ARN: no session, no wildcard, no whole account

import { type Arn, lastPart, parseArn } from "../../domain/arn";
import type { KeyPolicyStatement } from "../../domain/fargate-key-policy";
import { isProblem } from "../../domain/problem";
import { ArgumentError } from "../arguments/argument-error";

export function administratorsStatement(administratorArns: readonly string[]): KeyPolicyStatement {
  return {
    Sid: "NamedAdministrators",
    Effect: "Allow",
    Principal: { AWS: administratorArns },
    Action: ADMINISTRATION,
    Resource: "*",
  };
}

/** Roles and users, each by its own ARN. @throws ArgumentError that says what to give instead. */
export function checkedPrincipalArns(argument: string, arns: readonly string[]): readonly string[] {
  if (!Array.isArray(arns) || arns.length === 0) {
    throw new ArgumentError(argument, arns, "list at least one role or user by ARN, or leave the argument out");
  }
  return [...new Set(arns.map((arn, index) => checkedPrincipalArn(`${argument}[${index}]`, arn)))];
}

/** @throws ArgumentError unless the caller is one of the administrators. */
export function checkedDeployer(argument: string, administratorArns: readonly string[], callerArn: string): void {
  const caller = principalOf(callerArn);
  if (administratorArns.some((arn) => principalOf(arn) === caller)) return;
  throw new ArgumentError(
    argument,
    administratorArns,
    `who deploys, ${callerArn}, is not among them and could not manage the key after creating it; add the role or user ` +
      "behind it, or leave the argument out to let the account's IAM policies decide",
  );
}

const ADMINISTRATION: readonly string[] = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DescribeKey",
  "kms:DisableKey",
  "kms:DisableKeyRotation",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListGrants",
  "kms:ListKeyPolicies",
  "kms:ListKeyRotations",
  "kms:ListResourceTags",
  "kms:PutKeyPolicy",
  "kms:RevokeGrant",
  "kms:RotateKeyOnDemand",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
];

function checkedPrincipalArn(argument: string, text: string): string {
  if (typeof text !== "string") throw new ArgumentError(argument, text, "give the ARN of one role or user");
  const arn = parseArn(text);
  if (isProblem(arn)) throw new ArgumentError(argument, text, `${arn.what}; ${arn.remedy}`);
  if (arn.service === "sts" && arn.resource.startsWith("assumed-role/")) {
    throw new ArgumentError(
      argument,
      text,
      "that is one session of a role, give the role's ARN, arn:aws:iam::ACCOUNT:role/NAME",
    );
  }
  if (arn.service !== "iam" || !/^(role|user)\/./.test(arn.resource)) {
    throw new ArgumentError(argument, text, "give the ARN of one role or user, arn:aws:iam::ACCOUNT:role/NAME");
  }
  if (/[*?$]/.test(text)) {
    throw new ArgumentError(argument, text, "a principal has no wildcard and no variable, name each role or user");
  }
  return text;
}

/**
 * `ACCOUNT:role/NAME` or `ACCOUNT:user/NAME`, or null for other principals. STS leaves the path out of a session's ARN; a role's
 * name is unique in its account whatever its path (CreateRole, documented, and without regard to case), so the name decides.
 */
function principalOf(text: string): string | null {
  const arn = parseArn(text);
  if (isProblem(arn)) return null;
  const name = arn.service === "sts" ? sessionRole(arn) : ownName(arn);
  return name === null ? null : `${arn.account}:${name}`;
}

function sessionRole({ resource }: Arn): string | null {
  const [type, role = ""] = resource.split("/");
  return type === "assumed-role" ? `role/${role.toLowerCase()}` : null;
}

function ownName({ resource }: Arn): string | null {
  const type = resource.slice(0, resource.indexOf("/"));
  return type === "role" || type === "user" ? `${type}/${lastPart(resource).toLowerCase()}` : null;
}
