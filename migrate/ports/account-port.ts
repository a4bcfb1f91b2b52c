// The neighbours of ECS that a scan asks: who we are, keys, subnets. All read-only; all throw AwsFailure.

import type { KeyMetadata, KeyRotation, SubnetRecord } from "../../domain/fleet";

export interface CallerIdentity {
  readonly account: string;
  readonly principalArn: string;
  readonly partition: string;
}

export interface AccountPort {
  identity(): Promise<CallerIdentity>;
  describeKey(key: string): Promise<KeyMetadata & { readonly arn: string }>;
  /** The default policy of the key, as text. */
  getKeyPolicy(key: string): Promise<string>;
  keyRotation(key: string): Promise<KeyRotation>;
  describeSubnets(ids: readonly string[]): Promise<readonly SubnetRecord[]>;
}
