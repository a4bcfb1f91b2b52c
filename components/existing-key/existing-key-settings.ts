// The arguments about a key that exists already and that somebody else may own.
// Invariant: nothing is ever written to such a key; what it lacks is said, with the statements for its owner.

import type * as pulumi from "@pulumi/pulumi";

export interface ExistingKeySettings {
  /**
   * ARN of a key that exists already, of the same account and Region. No key is created then, and nothing is written to this one. Its
   * state and its policy are read, in a preview already: it has to be a customer managed, symmetric, single-Region key that is
   * enabled and whose policy lets Fargate use it. What is lacking is an error, with the statements that its owner has to add. Who
   * deploys needs kms:DescribeKey, kms:GetKeyPolicy, kms:GetKeyRotationStatus and kms:ListResourceTags on it; with `existingKeyPolicy`
   * only the first. The arguments about a key that is created must be left out. By default a key is created.
   * @default a key is created
   */
  existingKeyArn?: pulumi.Input<string> | undefined;
  /**
   * Policy of the existing key, as JSON text, as it is or as it will be once this program has run: it is judged in place of what KMS
   * answers. Needed when the same program makes the key (it is the output `keyPolicy` of an EphemeralStorageKey, the output `policy`
   * of a key of the AWS provider), and when who deploys may not read the key's policy. By default KMS is asked.
   * @default the policy that KMS answers
   */
  existingKeyPolicy?: pulumi.Input<string> | undefined;
  /**
   * Whether the existing key may be of another account. AWS documents such keys for Fargate neither as working nor as not working:
   * try one task first. The policy of such a key cannot be read from here, so `existingKeyPolicy` must be given. It has to be known
   * before anything is created. By default false.
   * @default false
   */
  allowKeyOfAnotherAccount?: boolean | undefined;
}
