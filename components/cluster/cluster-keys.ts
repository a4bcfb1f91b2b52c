// The keys of an encrypted cluster: the one under ephemeral storage, made here or given, and those of its neighbours, ECS Exec and
// EBS volumes.
//
// Invariants
//   policies are written only for the key that is made here; what a given key needs is told, never written
//   every use of a key falls on exactly one key: a given one of its own, else the cluster's

import * as pulumi from "@pulumi/pulumi";
import { checked } from "../arguments/checked";
import { checkedAnyKeyArn, checkedKeyArn, checkedKeyRegion } from "../arguments/key-arn";
import { optionalPrincipalArns } from "../arguments/principal-arns";
import type { AwsPlace } from "../aws-place";
import type { EncryptedFargateClusterArgs } from "../encrypted-fargate-cluster-args";
import { EphemeralStorageKey } from "../ephemeral-storage-key";
import { existingKey } from "../existing-key/existing-key";
import { checkedVolumeRoles } from "../key-policy/neighbour-statements";
import { type ForeignKey, requiredKeyStatements } from "../key-policy/required-key-statements";
import { type KeyUses, NO_USES, unitedUses } from "../key-policy/storage-key-policy";

export interface ClusterKeys {
  readonly keyArn: pulumi.Output<string>;
  /** Absent: the account's default for EBS volumes. */
  readonly volumeKeyArn: pulumi.Output<string> | undefined;
  /** Absent: ECS Exec sessions have no key of their own. */
  readonly executeCommandKeyArn: pulumi.Output<string> | undefined;
  /** The key of the log group of ECS Exec. */
  readonly logGroupKeyArn: pulumi.Output<string>;
  /** JSON text, see `requiredKeyStatements`. Fails with the judgement of an existing key. */
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
  const { name, parent, args, place } = order;
  const volume = neighbourKey(order, "volumeKeyArn", checkedKeyArn);
  const execute = neighbourKey(order, "executeCommandKeyArn", checkedAnyKeyArn);
  const uses = usesOf(order, { volume, execute });
  const existing = existingKey({ name, parent, args, place, uses: uses.cluster });
  const keyArn = existing?.keyArn ?? newKey(order, { volume, execute });
  return {
    keyArn,
    volumeKeyArn: volume ?? (args.volumeRoleArns === undefined ? undefined : keyArn),
    executeCommandKeyArn: execute ?? (args.executeCommandRoleArns === undefined ? undefined : keyArn),
    logGroupKeyArn: execute ?? keyArn,
    requiredStatements: requiredStatements(place, [
      { keyArn: existing?.keyArn, uses: uses.cluster, judged: existing?.judged },
      { keyArn: execute, uses: uses.execute },
      { keyArn: volume, uses: uses.volume },
    ]),
  };
}

/** A wrong Region would otherwise show only when the first volume is attached or the first session begins. */
function neighbourKey(
  { args, place, parent }: ClusterKeysOrder,
  argument: "volumeKeyArn" | "executeCommandKeyArn",
  check: (argument: string, text: string) => string,
): pulumi.Output<string> | undefined {
  const given = args[argument];
  if (given === undefined) return undefined;
  const arn = checked(given, (known) => check(argument, known), parent);
  return checked(pulumi.all([arn, place]), ([known, here]) => checkedKeyRegion(argument, known, here), parent);
}

/** Keys of their own for the neighbours; absent: the cluster's key serves. */
interface NeighbourKeys {
  readonly volume: pulumi.Output<string> | undefined;
  readonly execute: pulumi.Output<string> | undefined;
}

interface UsesByKey {
  readonly cluster: pulumi.Output<KeyUses>;
  readonly execute: pulumi.Output<KeyUses>;
  readonly volume: pulumi.Output<KeyUses>;
}

function usesOf(order: ClusterKeysOrder, own: NeighbourKeys): UsesByKey {
  const { args, parent, place, clusterName, logGroupName } = order;
  const known = checked(
    pulumi.all([
      place,
      clusterName,
      logGroupName ?? pulumi.output<string | undefined>(undefined),
      optionalPrincipalArns("executeCommandRoleArns", args.executeCommandRoleArns, parent),
      optionalPrincipalArns("volumeRoleArns", args.volumeRoleArns, parent),
    ]),
    ([here, cluster, group, executeRoles, volumeRoles]) => ({
      cluster: { ...NO_USES, clusterNames: [cluster] },
      execute: {
        ...NO_USES,
        logGroupNames: group === undefined ? [] : [group],
        executeCommandRoleArns: executeRoles ?? [],
      },
      volume: { ...NO_USES, volumeRoleArns: checkedVolumeRoles(volumeRoles, here) },
    }),
    parent,
  );
  return {
    cluster: known.apply(({ cluster, execute, volume }) =>
      unitedUses([cluster, own.execute === undefined ? execute : NO_USES, own.volume === undefined ? volume : NO_USES]),
    ),
    execute: known.apply(({ execute }) => execute),
    volume: known.apply(({ volume }) => volume),
  };
}

function newKey(order: ClusterKeysOrder, { volume, execute }: NeighbourKeys): pulumi.Output<string> {
  const { name, parent, args, clusterName, logGroupName } = order;
  const { aliasName, description, administratorArns, clusterOperatorArns } = args;
  const { deletionWindowInDays, rotationPeriodInDays, protect, region, tags } = args;
  const key = new EphemeralStorageKey(
    `${name}-storage`,
    {
      clusterNames: [clusterName],
      logGroupNames: logGroupName === undefined || execute !== undefined ? undefined : [logGroupName],
      executeCommandRoleArns: execute === undefined ? args.executeCommandRoleArns : undefined,
      volumeRoleArns: volume === undefined ? args.volumeRoleArns : undefined,
      ...{ aliasName, description, administratorArns, clusterOperatorArns },
      ...{ deletionWindowInDays, rotationPeriodInDays, protect, region, tags },
    },
    // An adopted cluster outlives the program, and so has the key that it goes on naming.
    { parent, ...(args.adoptCluster === undefined ? {} : { retainOnDelete: true }) },
  );
  return key.keyArn;
}

interface UsedKey {
  /** Absent: a key that is made here, or none. */
  readonly keyArn: pulumi.Output<string> | undefined;
  readonly uses: pulumi.Output<KeyUses>;
  readonly judged?: pulumi.Output<true> | undefined;
}

function requiredStatements(place: pulumi.Output<AwsPlace>, keys: readonly UsedKey[]): pulumi.Output<string> {
  const foreign = keys.flatMap(({ keyArn, uses, judged = pulumi.output(true) }) =>
    keyArn === undefined
      ? []
      : [pulumi.all([keyArn, uses, judged]).apply(([arn, used]): ForeignKey => ({ keyArn: arn, ...used }))],
  );
  return pulumi.all([place, pulumi.all(foreign)]).apply(([here, known]) => requiredKeyStatements(known, here));
}
