// The key policy statements that AWS documents for Fargate ephemeral storage, and the smallest whole key policy around them.
// Source: Amazon ECS developer guide, fargate-create-storage-key (documented). Sids are ours.
//
// Invariants
//   the Fargate statements name one account and its clusters by name, as fixed values: no wildcard, no variable
//   the principal is fargate.amazonaws.com in every partition (documented for the commercial one; others not checked)
//   nothing beyond the documented conditions is required: other keys are not documented to be in Fargate's requests

export const FARGATE_SERVICE_PRINCIPAL = "fargate.amazonaws.com";
export const CLUSTER_ACCOUNT_CONTEXT_KEY = "aws:ecs:clusterAccount";
export const CLUSTER_NAME_CONTEXT_KEY = "aws:ecs:clusterName";
export const VOLUME_CONTEXT_KEY = "aws:ebs:id";

/** One statement, as JSON: the member names are those of the policy language. */
export interface KeyPolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: Readonly<Record<string, string | readonly string[]>>;
  readonly Action: readonly string[];
  readonly Resource: "*";
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export interface KeyPolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly KeyPolicyStatement[];
}

export interface FargateClusters {
  /** 12 digits: the account of the clusters. */
  readonly account: string;
  /** Names, not ARNs; at least one. Several clusters may share a key. */
  readonly clusterNames: readonly string[];
}

/** The two statements that Fargate needs: data keys, and grants for nothing but Decrypt. */
export function fargateKeyPolicyStatements(clusters: FargateClusters): readonly KeyPolicyStatement[] {
  const encryptionContext = encryptionContextOf(clusters);
  const shared = { Effect: "Allow", Principal: { Service: FARGATE_SERVICE_PRINCIPAL }, Resource: "*" } as const;
  return [
    {
      ...shared,
      Sid: "FargateGenerateDataKey",
      Action: ["kms:GenerateDataKeyWithoutPlaintext"],
      Condition: { StringEquals: encryptionContext },
    },
    {
      ...shared,
      Sid: "FargateCreateGrant",
      Action: ["kms:CreateGrant"],
      Condition: {
        StringEquals: encryptionContext,
        "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] },
      },
    },
  ];
}

/** Who creates or updates the cluster must be able to describe the key: ECS checks it with the caller's credentials. */
export function operatorStatement(operatorArns: readonly string[]): KeyPolicyStatement {
  if (operatorArns.length === 0) throw new RangeError("operatorArns is empty: name at least one role or user by ARN");
  return {
    Sid: "ClusterOperatorsDescribeKey",
    Effect: "Allow",
    Principal: { AWS: operatorArns },
    Action: ["kms:DescribeKey"],
    Resource: "*",
  };
}

/** Lets the account's IAM policies decide who administers the key: the guard against locking everyone out. */
export function accountStatement({ account, partition = "aws" }: AccountPlace): KeyPolicyStatement {
  return {
    Sid: "AccountAdministration",
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${checkedAccount(account)}:root` },
    Action: ["kms:*"],
    Resource: "*",
  };
}

export interface AccountPlace {
  /** 12 digits: the account of the key. */
  readonly account: string;
  /** @default "aws" */
  readonly partition?: string;
}

export interface MinimalKeyPolicy extends FargateClusters {
  /** @default "aws" */
  readonly partition?: string;
  /** Roles or users that create and update the clusters. @default none: the account's IAM policies decide */
  readonly operatorArns?: readonly string[];
}

/** A whole key policy: the account's administration, the operators if named, and Fargate. */
export function minimalKeyPolicy({ operatorArns = [], ...place }: MinimalKeyPolicy): KeyPolicyDocument {
  const operators = operatorArns.length === 0 ? [] : [operatorStatement(operatorArns)];
  return {
    Version: "2012-10-17",
    Statement: [accountStatement(place), ...operators, ...fargateKeyPolicyStatements(place)],
  };
}

function encryptionContextOf({ account, clusterNames }: FargateClusters): Readonly<Record<string, readonly string[]>> {
  if (clusterNames.length === 0) throw new RangeError("clusterNames is empty: name at least one cluster");
  return {
    [`kms:EncryptionContext:${CLUSTER_ACCOUNT_CONTEXT_KEY}`]: [checkedAccount(account)],
    [`kms:EncryptionContext:${CLUSTER_NAME_CONTEXT_KEY}`]: clusterNames.map(checkedClusterName),
  };
}

function checkedAccount(account: string): string {
  if (/^\d{12}$/.test(account)) return account;
  throw new RangeError(`account is ${JSON.stringify(account)}: give the 12 digits of an AWS account id`);
}

/** Names only: a wildcard, a variable or an ARN here would open the key wider than it looks, or not at all. */
function checkedClusterName(name: string): string {
  if (/^[A-Za-z0-9_-]{1,255}$/.test(name)) return name;
  throw new RangeError(`cluster name is ${JSON.stringify(name)}: give the name, not an ARN or a pattern`);
}
