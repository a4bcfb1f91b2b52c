// The policy of a key that no EphemeralStorageKey makes: one with imported material, in a custom key store, or in code already.
// Invariant: it is the policy that an EphemeralStorageKey with the same arguments would have.

import type * as pulumi from "@pulumi/pulumi";
import { awsPlaceAskedWith } from "./aws-place";
import { keyPolicyOf, keyUsesOf } from "./key-policy/key-policy-args";

export interface FargateKeyPolicyArgs {
  /** Names of the ECS clusters that the key is for, not their ARNs; all of the deploying account. At least one. */
  clusterNames: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Names of CloudWatch log groups, of this account and Region, that may be encrypted with the key too.
   * @default none
   */
  logGroupNames?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * ARNs of the ECS infrastructure roles through which ECS attaches EBS volumes to tasks, to be encrypted with the key too.
   * @default none
   */
  volumeRoleArns?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * ARNs of the roles and users of ECS Exec sessions that are encrypted with the key too: the task roles, and who opens sessions.
   * @default none
   */
  executeCommandRoleArns?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * ARNs of the roles and users that administer the key, and nobody else. Who deploys must be among them.
   * @default the account's IAM policies decide who administers the key
   */
  administratorArns?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * ARNs of further roles and users that create or update clusters with the key.
   * @default nobody beyond the administrators
   */
  clusterOperatorArns?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * Region of the key: that of the clusters.
   * @default the Region of the provider
   */
  region?: pulumi.Input<string> | undefined;
}

/**
 * JSON text: the whole policy of a key for the ephemeral storage of these clusters, for `policy` of an `aws.kms.Key` or
 * `aws.kms.ExternalKey`. Account, partition and Region are those of the provider, or of the one in `opts`. A cluster on that key takes
 * it as `existingKeyArn`.
 * @throws what an EphemeralStorageKey with these arguments would: at once for a plain value, in an Input as the output's failure.
 */
export function fargateKeyPolicy(args: FargateKeyPolicyArgs, opts: pulumi.InvokeOptions = {}): pulumi.Output<string> {
  const place = awsPlaceAskedWith(opts, { region: args.region });
  return keyPolicyOf(args, { place, uses: keyUsesOf(args, { place }) });
}
