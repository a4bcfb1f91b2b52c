// The customer managed key under the ephemeral storage of Fargate tasks: right from the moment it exists, or from the moment it is
// given.
//
// Invariants
//   the policy is inline: key and policy are created and replaced as one, and no cluster ever sees the key without it
//   symmetric, single-Region, rotated, protected: all that ECS asks of the key and all that keeps its data readable
//   one key, and one alias if asked for; nothing else is created, and nothing at all for a key that exists

import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { lastPart } from "../domain/arn";
import { fullAliasName } from "./arguments/alias-name";
import { checked } from "./arguments/checked";
import {
  checkedDeletionWindow,
  checkedRotationPeriod,
  DEFAULT_DELETION_WINDOW_DAYS,
  DEFAULT_DESCRIPTION,
  DEFAULT_ROTATION_PERIOD_DAYS,
  type KeySettings,
  withPurposeTag,
} from "./arguments/key-settings";
import { onBehalfOf } from "./arguments/on-behalf-of";
import { plainBoolean, plainText } from "./arguments/plain-argument";
import { type AwsPlace, awsPlace } from "./aws-place";
import { type ExistingKey, existingKey } from "./existing-key/existing-key";
import type { ExistingKeySettings } from "./existing-key/existing-key-settings";
import { keyPolicyOf, keyUsesOf } from "./key-policy/key-policy-args";
import { requiredKeyStatements } from "./key-policy/required-key-statements";
import type { KeyUses } from "./key-policy/storage-key-policy";

export interface EphemeralStorageKeyArgs extends KeySettings, ExistingKeySettings {
  /**
   * Names of the ECS clusters that the key is for, not their ARNs; all of the deploying account and of the key's Region. At least
   * one. The clusters need not exist yet.
   */
  clusterNames: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Names of CloudWatch log groups, of this account and Region, that may be encrypted with the key too. By default none.
   * @default none
   */
  logGroupNames?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * ARNs of the ECS infrastructure roles through which ECS attaches EBS volumes to tasks, to be encrypted with the key too. By default
   * none.
   * @default none
   */
  volumeRoleArns?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * ARNs of the roles and users of ECS Exec sessions that are encrypted with the key too: the task roles, and who opens sessions. By
   * default none.
   * @default none
   */
  executeCommandRoleArns?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /**
   * Region of the key: that of the clusters. By default that of the provider.
   * @default the Region of the provider
   */
  region?: pulumi.Input<string> | undefined;
  /**
   * Tags of the key, beside the tag `fargate-cmk:purpose`, which is always there. By default no others.
   * @default none of one's own
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }> | undefined;
}

/**
 * A customer managed KMS key for the ephemeral storage of Amazon ECS tasks on AWS Fargate, with a policy that lets Fargate use it
 * for the named clusters and for nothing else. Attach it to a cluster by its ARN.
 *
 * The key is symmetric and single-Region, rotated every year, protected from deletion by Pulumi, and administered by the account's
 * IAM policies or by named administrators alone. One key may serve several clusters. Clusters can be named before they exist; a new
 * name is a change of the key's policy alone, and has to be there before the cluster's first task starts.
 *
 * With `existingKeyArn` nothing is created: the component then only judges whether that key would serve these clusters.
 */
export class EphemeralStorageKey extends pulumi.ComponentResource {
  /** ARN of the key: what a cluster's configuration names. */
  public readonly keyArn: pulumi.Output<string>;
  /** Id of the key. Clusters take the ARN: a bare id shows up as a change in every later preview. */
  public readonly keyId: pulumi.Output<string>;
  /** JSON text: the policy of the key. What a cluster on this key takes as its `existingKeyPolicy`. */
  public readonly keyPolicy: pulumi.Output<string>;
  /** Full name of the alias, when one was asked for. */
  public readonly aliasName: pulumi.Output<string | undefined>;
  /**
   * JSON text: the policy statements that an existing key must hold for these clusters, by the key's ARN. An empty object when the key
   * was created here.
   */
  public readonly requiredKeyPolicyStatements: pulumi.Output<string>;

  constructor(name: string, args: EphemeralStorageKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fargate-cmk:index:EphemeralStorageKey", name, args, opts);
    const key = onBehalfOf(this, () => storageKey(this, name, args));
    this.keyArn = key.keyArn;
    this.keyId = key.keyId;
    this.keyPolicy = key.keyPolicy;
    this.aliasName = key.aliasName;
    this.requiredKeyPolicyStatements = key.requiredKeyPolicyStatements;
    this.registerOutputs({
      keyArn: this.keyArn,
      keyId: this.keyId,
      keyPolicy: this.keyPolicy,
      aliasName: this.aliasName,
      requiredKeyPolicyStatements: this.requiredKeyPolicyStatements,
    });
  }
}

type KeyOutputs = Pick<
  EphemeralStorageKey,
  "keyArn" | "keyId" | "keyPolicy" | "aliasName" | "requiredKeyPolicyStatements"
>;

function storageKey(parent: EphemeralStorageKey, name: string, args: EphemeralStorageKeyArgs): KeyOutputs {
  const place = awsPlace(parent, args.region);
  const uses = keyUsesOf(args, { place, component: parent });
  const existing = existingKey({ name, parent, args, place, uses });
  return existing === undefined ? newKey(parent, { name, args, place, uses }) : outputsOf(existing, { place, uses });
}

interface KeyOfPlace {
  readonly place: pulumi.Output<AwsPlace>;
  readonly uses: pulumi.Output<KeyUses>;
}

function outputsOf({ keyArn, policy, judged }: ExistingKey, { place, uses }: KeyOfPlace): KeyOutputs {
  return {
    keyArn,
    keyId: keyArn.apply(lastPart),
    keyPolicy: policy,
    aliasName: pulumi.output<string | undefined>(undefined),
    requiredKeyPolicyStatements: pulumi
      .all([keyArn, place, uses, judged])
      .apply(([arn, here, needed]) => requiredKeyStatements([{ keyArn: arn, ...needed }], here)),
  };
}

interface NewKey extends KeyOfPlace {
  readonly name: string;
  readonly args: EphemeralStorageKeyArgs;
}

function newKey(parent: EphemeralStorageKey, { name, args, place, uses }: NewKey): KeyOutputs {
  const alias = plainText("aliasName", args.aliasName);
  const aliasName = alias === undefined ? undefined : fullAliasName("aliasName", alias);
  const { region } = args;
  const key = new kms.Key(
    `${name}-key`,
    { ...keyArgs(parent, args), region, policy: keyPolicyOf(args, { place, uses, component: parent }) },
    { parent, protect: plainBoolean("protect", args.protect) ?? true },
  );
  return {
    keyArn: key.arn,
    keyId: key.keyId,
    keyPolicy: key.policy,
    aliasName:
      aliasName === undefined
        ? pulumi.output<string | undefined>(undefined)
        : new kms.Alias(`${name}-alias`, { name: aliasName, targetKeyId: key.keyId, region }, { parent }).name,
    requiredKeyPolicyStatements: pulumi.output("{}"),
  };
}

function keyArgs(parent: EphemeralStorageKey, args: EphemeralStorageKeyArgs): kms.KeyArgs {
  const { rotationPeriodInDays, deletionWindowInDays, description, tags } = args;
  return {
    description: description ?? DEFAULT_DESCRIPTION,
    keyUsage: "ENCRYPT_DECRYPT",
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    multiRegion: false,
    enableKeyRotation: true,
    rotationPeriodInDays: checked(rotationPeriodInDays ?? DEFAULT_ROTATION_PERIOD_DAYS, checkedRotationPeriod, parent),
    deletionWindowInDays: checked(deletionWindowInDays ?? DEFAULT_DELETION_WINDOW_DAYS, checkedDeletionWindow, parent),
    tags: checked(tags ?? {}, withPurposeTag, parent),
  };
}
