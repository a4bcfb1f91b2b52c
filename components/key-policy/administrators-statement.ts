// The key policy statements for named administrators, in place of the account's delegation, and the guard that goes with them.
// Sources: AWS KMS developer guide, "Allows key administrators to administer the KMS key" (documented); AWS IAM Identity Center user
// guide, "Referencing permission sets in resource policies, Amazon EKS Cluster config maps, and AWS KMS key policies" (documented);
// the calls that the AWS provider makes to create and read a key were seen on the wire.
//
// Invariants
//   administrators cannot use the key: no cryptographic operation, and no CreateGrant, which would hand one out
//   who deploys is among them: else the deployment could neither finish the key nor ever change it again
//   a role of IAM Identity Center is named by its pattern: Identity Center makes it anew under another suffix when its last assignment
//   is taken away and given again, and a policy that names the former role would lock everybody out

import { type Arn, formatArn, lastPart, parseArn } from "../../domain/arn";
import type { KeyPolicyStatement } from "../../domain/fargate-key-policy";
import { isProblem } from "../../domain/problem";
import { ArgumentError } from "../arguments/argument-error";

/** `administratorArns` has at least one: the ARNs of roles and users. */
export function administratorsStatements(administratorArns: readonly string[]): readonly KeyPolicyStatement[] {
  const centrals = administratorArns.flatMap((arn) => identityCenterRole(arn) ?? []);
  const others = administratorArns.filter((arn) => identityCenterRole(arn) === null);
  return [
    ...(others.length === 0 ? [] : [namedStatement(others)]),
    ...(centrals.length === 0 ? [] : [identityCenterStatement(centrals)]),
  ];
}

function namedStatement(arns: readonly string[]): KeyPolicyStatement {
  return {
    Sid: "NamedAdministrators",
    Effect: "Allow",
    Principal: { AWS: arns },
    Action: ADMINISTRATION,
    Resource: "*",
  };
}

interface IdentityCenterRole {
  /** ARN of the account's root. */
  readonly account: string;
  /** ARN of the role with any suffix. */
  readonly pattern: string;
}

/** The account is admitted on the condition that the principal is such a role: as AWS documents it for key policies. */
function identityCenterStatement(roles: readonly IdentityCenterRole[]): KeyPolicyStatement {
  return {
    Sid: "IdentityCenterAdministrators",
    Effect: "Allow",
    Principal: { AWS: [...new Set(roles.map(({ account }) => account))] },
    Action: ADMINISTRATION,
    Condition: { ArnLike: { "aws:PrincipalArn": [...new Set(roles.map(({ pattern }) => pattern))] } },
    Resource: "*",
  };
}

const IDENTITY_CENTER_ROLE =
  /^(role\/aws-reserved\/sso\.amazonaws\.com\/(?:[a-z0-9-]+\/)?AWSReservedSSO_.+_)([0-9a-f]{16})$/;
/** As many characters as a suffix has: another permission set whose name begins alike is not meant. */
const ANY_SUFFIX = "?".repeat(16);

/** Null for every other role or user. */
function identityCenterRole(text: string): IdentityCenterRole | null {
  const arn = parseArn(text);
  const role = isProblem(arn) ? null : IDENTITY_CENTER_ROLE.exec(arn.resource);
  if (isProblem(arn) || role === null) return null;
  const { partition, account } = arn;
  const iam = { partition, service: "iam", region: "", account };
  return {
    account: formatArn({ ...iam, resource: "root" }),
    pattern: formatArn({ ...iam, resource: `${role[1] ?? ""}${ANY_SUFFIX}` }),
  };
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
