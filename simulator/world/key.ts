// A KMS key, its policy, its state and the grants that live volumes hold on it.
// Invariants: `enabled` is derived from `state`; what may be done with the key is judged by the policy in force, which follows
// the policy that is shown (key-policy-in-force.ts).

import type { FargateCall } from "../../domain/fargate-kms-request";

export type KeyState = "Enabled" | "Disabled" | "PendingDeletion" | "PendingImport" | "Unavailable";

export interface Key extends KeyPolicies {
  readonly id: string;
  readonly arn: string;
  readonly account: string;
  readonly createdAtMs: number;
  readonly manager: "AWS" | "CUSTOMER";
  readonly usage: string;
  readonly spec: string;
  readonly origin: string;
  readonly multiRegion: boolean;
  /** When imported material expires; null: it does not, or was not imported. */
  validToMs: number | null;
  description: string;
  state: KeyState;
  deletionAtMs: number | null;
  rotationPeriodDays: number | null;
  tags: Record<string, string>;
  /** By task id: one grant a running volume. */
  readonly grants: Map<string, Grant>;
}

export interface KeyPolicies {
  /** As GetKeyPolicy shows it. Null: not readable by whoever made the fleet; such a key is taken for a good one. */
  policy: string | null;
  /** What requests were judged by when somebody last looked. */
  policyInForce: string | null;
  /** Replacements that have yet to reach everywhere; the oldest first. */
  comingPolicies: readonly ComingPolicy[];
  /** What the policy in force says to Fargate, by place; emptied when another one is in force. */
  readonly accessCache: Map<string, FargateRefusal | null>;
}

export interface ComingPolicy {
  readonly policy: string;
  readonly fromMs: number;
}

/** The first of Fargate's calls that is refused, and by whom. */
export interface FargateRefusal {
  readonly call: FargateCall;
  readonly by: "key-policy" | "organisation";
}

export interface Grant {
  readonly id: string;
  readonly createdAtMs: number;
  readonly encryptionContext: Readonly<Record<string, string>>;
}

export interface Alias {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  targetKeyId: string;
}

/** Of a key whose policy is in force everywhere. */
export function settledPolicy(policy: string | null): KeyPolicies {
  return { policy, policyInForce: policy, comingPolicies: [], accessCache: new Map() };
}

export function replaceKeyText(key: Key, description: string): void {
  key.description = description;
}
