// The customer managed key under the ephemeral storage of Fargate tasks: right from the moment it exists.
//
// Invariants
//   the policy is inline: key and policy are created and replaced as one, and no cluster ever sees the key without it
//   symmetric, single-Region, rotated, protected: all that ECS asks of the key and all that keeps its data readable
//   one key, and one alias if asked for; nothing else is created

import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { checkedPrincipalArns } from "./key-policy/administrators-statement";
import { fullAliasName } from "./arguments/alias-name";
import { awsPlace } from "./aws-place";
import { checked } from "./arguments/checked";
import { checkedClusterNames } from "./cluster/cluster-name";
import {
  checkedDeletionWindow,
  checkedRotationPeriod,
  DEFAULT_DELETION_WINDOW_DAYS,
  DEFAULT_DESCRIPTION,
  DEFAULT_ROTATION_PERIOD_DAYS,
  type KeySettings,
  withPurposeTag,
} from "./arguments/key-settings";
import { checkedLogGroupNames } from "./key-policy/neighbour-statements";
import { plainBoolean, plainText } from "./arguments/plain-argument";
import { storageKeyPolicy } from "./key-policy/storage-key-policy";

export interface EphemeralStorageKeyArgs extends KeySettings {
  /**
   * Names of the ECS clusters that the key is for, not their ARNs; all of the deploying account. At least one. The clusters need
   * not exist yet.
   */
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
   * Region of the key: that of the clusters.
   * @default the Region of the provider
   */
  region?: pulumi.Input<string> | undefined;
  /**
   * Tags of the key. The tag `fargate-cmk:purpose` is added to them.
   * @default none of one's own
   */
  tags?: pulumi.Input<{ [key: string]: pulumi.Input<string> }> | undefined;
}

/**
 * A customer managed KMS key for the ephemeral storage of Amazon ECS tasks on AWS Fargate, with a policy that lets Fargate use it
 * for the named clusters and for nothing else. Attach it to a cluster by its ARN.
 */
export class EphemeralStorageKey extends pulumi.ComponentResource {
  /** ARN of the key: what a cluster's configuration names. */
  public readonly keyArn: pulumi.Output<string>;
  /** Id of the key. Clusters take the ARN: a bare id shows up as a change in every later preview. */
  public readonly keyId: pulumi.Output<string>;
  /** Full name of the alias, when one was asked for. */
  public readonly aliasName: pulumi.Output<string | undefined>;

  constructor(name: string, args: EphemeralStorageKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fargate-cmk:index:EphemeralStorageKey", name, args, opts);
    const alias = plainText("aliasName", args.aliasName);
    const aliasName = alias === undefined ? undefined : fullAliasName("aliasName", alias);
    const { region } = args;
    const key = new kms.Key(
      `${name}-key`,
      { ...keyArgs(args), region, policy: policyOf(this, args) },
      { parent: this, protect: plainBoolean("protect", args.protect) ?? true },
    );
    this.keyArn = key.arn;
    this.keyId = key.keyId;
    this.aliasName =
      aliasName === undefined
        ? pulumi.output<string | undefined>(undefined)
        : new kms.Alias(`${name}-alias`, { name: aliasName, targetKeyId: key.keyId, region }, { parent: this }).name;
    this.registerOutputs({ keyArn: this.keyArn, keyId: this.keyId, aliasName: this.aliasName });
  }
}

function keyArgs(args: EphemeralStorageKeyArgs): kms.KeyArgs {
  return {
    description: args.description ?? DEFAULT_DESCRIPTION,
    keyUsage: "ENCRYPT_DECRYPT",
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    multiRegion: false,
    enableKeyRotation: true,
    rotationPeriodInDays: checked(args.rotationPeriodInDays ?? DEFAULT_ROTATION_PERIOD_DAYS, checkedRotationPeriod),
    deletionWindowInDays: checked(args.deletionWindowInDays ?? DEFAULT_DELETION_WINDOW_DAYS, checkedDeletionWindow),
    tags: checked(args.tags ?? {}, withPurposeTag),
  };
}

function policyOf(component: EphemeralStorageKey, args: EphemeralStorageKeyArgs): pulumi.Output<string> {
  return pulumi
    .all([
      awsPlace(component, args.region),
      checked(args.clusterNames, (names) => checkedClusterNames("clusterNames", names)),
      optionalArns("administratorArns", args.administratorArns),
      optionalArns("clusterOperatorArns", args.clusterOperatorArns),
      checked(args.logGroupNames ?? [], (names) => checkedLogGroupNames("logGroupNames", names)),
      optionalArns("volumeRoleArns", args.volumeRoleArns),
    ])
    .apply(([place, clusterNames, administratorArns, clusterOperatorArns, logGroupNames, volumeRoleArns]) =>
      storageKeyPolicy(
        {
          clusterNames,
          administratorArns,
          clusterOperatorArns: clusterOperatorArns ?? [],
          logGroupNames,
          volumeRoleArns: volumeRoleArns ?? [],
        },
        place,
      ),
    );
}

/** Null when the argument is left out, which is not the same as an empty list: that one is refused. */
function optionalArns(
  argument: string,
  arns: pulumi.Input<pulumi.Input<string>[]> | undefined,
): pulumi.Output<readonly string[] | null> {
  if (arns === undefined) return pulumi.output(null);
  return checked(arns, (known): readonly string[] | null => checkedPrincipalArns(argument, known));
}
