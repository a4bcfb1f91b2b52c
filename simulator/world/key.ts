// A KMS key, its policy, its state and the grants that live volumes hold on it.
// Invariants: `enabled` is derived from `state`; every change of the policy raises `policyVersion`, which caches are keyed by.

export type KeyState = "Enabled" | "Disabled" | "PendingDeletion" | "PendingImport" | "Unavailable";

export interface Key {
  readonly id: string;
  readonly arn: string;
  readonly account: string;
  readonly createdAtMs: number;
  readonly manager: "AWS" | "CUSTOMER";
  readonly usage: string;
  readonly spec: string;
  readonly origin: string;
  readonly multiRegion: boolean;
  readonly validToMs: number | null;
  description: string;
  state: KeyState;
  /** Null: not readable by whoever made the fleet; such a key is taken for a good one. */
  policy: string | null;
  policyVersion: number;
  deletionAtMs: number | null;
  rotationPeriodDays: number | null;
  tags: Record<string, string>;
  /** By task id: one grant a running volume. */
  readonly grants: Map<string, Grant>;
  /** Whether Fargate may use the key, by `clusterName`; emptied when the policy changes. */
  readonly accessCache: Map<string, boolean>;
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

export function replacePolicy(key: Key, policy: string): void {
  key.policy = policy;
  key.policyVersion += 1;
  key.accessCache.clear();
}

export function replaceKeyText(key: Key, description: string): void {
  key.description = description;
}
