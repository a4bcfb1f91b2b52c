// What a look at a key means for a cluster: why Fargate cannot use it there, as far as the key itself tells.
//
// Invariants
//   only what surely shuts Fargate out is a problem: what was not seen, or cannot be decided, is none
//   an organisation's policies are not seen here; what they deny shows in tasks that do not start

import { type ClusterArn, parseClusterArn } from "../../../domain/ecs-arn";
import { fargateKeyAccess } from "../../../domain/fargate-key-access";
import type { KeyMetadata } from "../../../domain/fleet";
import { isProblem } from "../../../domain/problem";

export interface KeyLook {
  readonly keyArn: string;
  /** Null: AWS does not know the key; left out: not answered. */
  readonly metadata?: Pick<KeyMetadata, "keyState"> | null;
  /** The policy's text; left out: not answered. */
  readonly policy?: string;
}

export function interpretTarget(look: KeyLook, clusterArn: string): string | null {
  const { metadata } = look;
  if (metadata === null) return "the key does not exist any more";
  if (metadata !== undefined && metadata.keyState !== "Enabled") return stateWords(metadata.keyState);
  const cluster = parseClusterArn(clusterArn);
  return look.policy === undefined || isProblem(cluster) ? null : policyProblem(look.keyArn, look.policy, cluster);
}

function stateWords(keyState: string): string {
  return keyState === "PendingDeletion" ? "the key waits for its deletion" : `the key is ${keyState}`;
}

function policyProblem(keyArn: string, policy: string, { account, region, clusterName }: ClusterArn): string | null {
  const access = fargateKeyAccess({ policy, account, region, clusterName, keyArn });
  return access.verdict === "fail" ? `its policy does not let Fargate in: ${access.reason}` : null;
}
