// Key policies as they are found in accounts, from right to badly wrong: what a fleet's keys carry.
// Sources: the ECS developer guide, fargate-create-storage-key (documented); the wrong ones are those that facts of the field
// name: the public statement of a much-copied example, a closed list of context keys, a policy without Fargate.

import type { Lane } from "../../domain/fleet";

export type KeyPolicyVariant =
  /** As AWS documents it, naming the account and the clusters. */
  | "documented"
  /** As CDK writes it when the cluster's name is not known yet: the account alone. */
  | "accountOnly"
  /** Everybody may do everything. */
  | "worldOpen"
  /** Nothing for Fargate: its tasks cannot start. */
  | "withoutFargate"
  /** Passes dry runs and stops real calls, which carry a third context key. */
  | "closedContextKeys";

export interface KeyPolicyInput {
  readonly lane: Lane;
  readonly clusters: readonly string[];
  readonly variant: KeyPolicyVariant;
}

/** The policy document as JSON text, as GetKeyPolicy gives it. */
export function keyPolicyText({ lane, clusters, variant }: KeyPolicyInput): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements(lane, clusters, variant) }, null, 2);
}

function statements(lane: Lane, clusters: readonly string[], variant: KeyPolicyVariant): readonly object[] {
  const account = { "kms:EncryptionContext:aws:ecs:clusterAccount": [lane.account] };
  const accountAndCluster = { ...account, "kms:EncryptionContext:aws:ecs:clusterName": clusters };
  switch (variant) {
    case "documented":
      return [administrators(lane), ...fargate(accountAndCluster, {})];
    case "accountOnly":
      return [administrators(lane), ...fargate(account, {})];
    case "worldOpen":
      return [{ Sid: "Enable IAM User Permissions", ...ALLOW, Principal: { AWS: "*" }, Action: "kms:*" }];
    case "withoutFargate":
      return [administrators(lane)];
    case "closedContextKeys":
      return [administrators(lane), ...fargate(accountAndCluster, CLOSED)];
  }
}

const ALLOW = { Effect: "Allow", Resource: "*" };

const CLOSED = {
  "ForAllValues:StringEquals": {
    "kms:EncryptionContextKeys": ["aws:ecs:clusterAccount", "aws:ecs:clusterName"],
  },
};

function administrators({ partition, account }: Lane): object {
  const root = `arn:${partition}:iam::${account}:root`;
  return { Sid: "Administrators", ...ALLOW, Principal: { AWS: root }, Action: "kms:*" };
}

function fargate(context: object, more: object): readonly object[] {
  const service = { ...ALLOW, Principal: { Service: "fargate.amazonaws.com" } };
  const decryptOnly = { "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] } };
  return [
    {
      Sid: "FargateGeneratesDataKeys",
      ...service,
      Action: ["kms:GenerateDataKeyWithoutPlaintext"],
      Condition: { StringEquals: context, ...more },
    },
    {
      Sid: "FargateCreatesGrants",
      ...service,
      Action: ["kms:CreateGrant"],
      Condition: { StringEquals: context, ...decryptOnly },
    },
  ];
}
