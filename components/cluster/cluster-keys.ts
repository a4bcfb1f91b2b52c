// The keys of an encrypted cluster: the one under ephemeral storage, made here or given, and those of its neighbours, ECS Exec and
// EBS volumes.
//
// Invariants
//   policies are written only for the key that is made here; what a given key needs is told, never written
//   every use of a key falls on exactly one key: a given one of its own, else the cluster's

import * as pulumi from "@pulumi/pulumi";
import { checkedPrincipalArns } from "../key-policy/administrators-statement";
import { ArgumentError } from "../arguments/argument-error";
import type { AwsPlace } from "../aws-place";
import { checked } from "../arguments/checked";
import type { EncryptedFargateClusterArgs } from "../encrypted-fargate-cluster-args";
import { EphemeralStorageKey } from "../ephemeral-storage-key";
import { checkedAnyKeyArn, checkedKeyArn, checkedKeyArnHere, checkedKeyRegion } from "../arguments/key-arn";
import type { KeySettings } from "../arguments/key-settings";
import { type ForeignKey, requiredKeyStatements } from "../key-policy/required-key-statements";

export interface ClusterKeys {
  readonly keyArn: pulumi.Output<string>;
  /** Absent: the account's default for EBS volumes. */
  readonly volumeKeyArn: pulumi.Output<string> | undefined;
  /** Absent: ECS Exec sessions have no key of their own. */
  readonly executeCommandKeyArn: pulumi.Output<string> | undefined;
  /** JSON text, see `requiredKeyStatements`. */
  readonly requiredStatements: pulumi.Output<string>;
}

export interface ClusterKeysOrder {
  readonly name: string;
  readonly parent: pulumi.Resource;
  readonly args: EncryptedFargateClusterArgs;
  readonly place: pulumi.Output<AwsPlace>;
  readonly clusterName: pulumi.Output<string>;
  /** Absent when ECS Exec has no log group. */
  readonly logGroupName: pulumi.Output<string> | undefined;
}

export function clusterKeys(order: ClusterKeysOrder): ClusterKeys {
  const { args, place } = order;
  const volumeKeyArn = neighbourKey({ args, place }, "volumeKeyArn", checkedKeyArn);
  const executeCommandKeyArn = neighbourKey({ args, place }, "executeCommandKeyArn", checkedAnyKeyArn);
  const existingKeyArn = existingKey(args, place);
  const keyArn = existingKeyArn ?? newKey(order, { volumeKeyArn, executeCommandKeyArn });
  return {
    keyArn,
    volumeKeyArn: volumeKeyArn ?? (args.volumeRoleArns === undefined ? undefined : keyArn),
    executeCommandKeyArn,
    requiredStatements: requiredStatements(order, { existingKeyArn, volumeKeyArn, executeCommandKeyArn }),
  };
}

/** A wrong Region would otherwise show only when the first volume is attached or the first session begins. */
function neighbourKey(
  { args, place }: Pick<ClusterKeysOrder, "args" | "place">,
  argument: "volumeKeyArn" | "executeCommandKeyArn",
  check: (argument: string, text: string) => string,
): pulumi.Output<string> | undefined {
  const given = args[argument];
  if (given === undefined) return undefined;
  const arn = checked(given, (known) => check(argument, known));
  return pulumi.all([arn, place]).apply(([known, here]) => checkedKeyRegion(argument, known, here));
}

interface GivenKeys {
  readonly existingKeyArn?: pulumi.Output<string> | undefined;
  readonly volumeKeyArn: pulumi.Output<string> | undefined;
  readonly executeCommandKeyArn: pulumi.Output<string> | undefined;
}

function existingKey(
  args: EncryptedFargateClusterArgs,
  place: pulumi.Output<AwsPlace>,
): pulumi.Output<string> | undefined {
  if (args.existingKeyArn === undefined) return undefined;
  for (const argument of KEY_SETTINGS) {
    if (args[argument] === undefined) continue;
    const value = pulumi.Output.isInstance(args[argument]) ? "set" : args[argument];
    throw new ArgumentError(argument, value, "existingKeyArn is given and no key is created, leave one of the two out");
  }
  const arn = checked(args.existingKeyArn, (known) => checkedKeyArn("existingKeyArn", known));
  return pulumi.all([arn, place]).apply(([known, here]) => checkedKeyArnHere("existingKeyArn", known, here));
}

const KEY_SETTINGS: readonly (keyof KeySettings)[] = [
  "aliasName",
  "description",
  "administratorArns",
  "clusterOperatorArns",
  "deletionWindowInDays",
  "rotationPeriodInDays",
  "protect",
];

function newKey(order: ClusterKeysOrder, { volumeKeyArn, executeCommandKeyArn }: GivenKeys): pulumi.Output<string> {
  const { name, parent, args, clusterName, logGroupName } = order;
  const { aliasName, description, administratorArns, clusterOperatorArns } = args;
  const { deletionWindowInDays, rotationPeriodInDays, protect, region, tags } = args;
  const key = new EphemeralStorageKey(
    `${name}-storage`,
    {
      clusterNames: [clusterName],
      logGroupNames: logGroupName === undefined || executeCommandKeyArn !== undefined ? undefined : [logGroupName],
      volumeRoleArns: volumeKeyArn === undefined ? args.volumeRoleArns : undefined,
      ...{ aliasName, description, administratorArns, clusterOperatorArns },
      ...{ deletionWindowInDays, rotationPeriodInDays, protect, region, tags },
    },
    { parent },
  );
  return key.keyArn;
}

function requiredStatements(order: ClusterKeysOrder, given: GivenKeys): pulumi.Output<string> {
  const { args, place, clusterName, logGroupName } = order;
  const roleArns = checked(args.volumeRoleArns ?? [], (arns) =>
    arns.length === 0 && args.volumeRoleArns === undefined ? arns : checkedPrincipalArns("volumeRoleArns", arns),
  );
  const existing = given.existingKeyArn ?? absent();
  const execute = given.executeCommandKeyArn ?? absent();
  const volume = given.volumeKeyArn ?? absent();
  return pulumi
    .all([place, clusterName, logGroupName ?? absent(), roleArns, existing, execute, volume])
    .apply(([here, cluster, group, roles, existingArn, executeArn, volumeArn]) => {
      const uses: readonly (ForeignKey | Unclaimed)[] = [
        { keyArn: existingArn, clusterNames: [cluster], logGroupNames: [], volumeRoleArns: [] },
        { keyArn: executeArn ?? existingArn, clusterNames: [], logGroupNames: listOf(group), volumeRoleArns: [] },
        { keyArn: volumeArn ?? existingArn, clusterNames: [], logGroupNames: [], volumeRoleArns: roles },
      ];
      return requiredKeyStatements(uses.filter(isForeign), here);
    });
}

/** A use that falls on the key that is made here. */
type Unclaimed = Omit<ForeignKey, "keyArn"> & { readonly keyArn: undefined };

function isForeign(use: ForeignKey | Unclaimed): use is ForeignKey {
  return use.keyArn !== undefined;
}

function absent(): pulumi.Output<string | undefined> {
  return pulumi.output<string | undefined>(undefined);
}

function listOf(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}
