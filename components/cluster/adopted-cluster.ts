// A cluster that somebody made before, brought into the stack as it is, with a key for its tasks' ephemeral storage.
//
// Invariants
//   only the ephemeral storage key is the program's: ECS Exec, the key of EBS volumes, settings, Service Connect, capacity providers
//   and tags stay what they are; what somebody changes later stays, too, as long as the stack is refreshed before it is updated, since
//   an update sends settings and configuration as a whole, as the state has them
//   the cluster outlives its place in the program: AWS keeps it when the component is removed or the stack is destroyed
//   an argument that would say something about the rest of the cluster is refused, not ignored

import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentError } from "../arguments/argument-error";
import { onBehalfOf } from "../arguments/on-behalf-of";
import { plainText } from "../arguments/plain-argument";
import type { EncryptedFargateClusterArgs } from "../encrypted-fargate-cluster-args";
import { fargateStorageConfiguration } from "../fargate-storage-configuration";
import { checkedClusterName } from "./cluster-name";
import { hasCluster } from "./has-cluster";

/** The name of the cluster to bring in; undefined when none is. @throws ArgumentError for arguments that contradict it. */
export function adoptedName(args: EncryptedFargateClusterArgs): string | undefined {
  const name = plainText("adoptCluster", args.adoptCluster);
  if (name === undefined) return undefined;
  const contradicting = OWN_TO_NEW_CLUSTERS.find((argument) => args[argument] !== undefined);
  if (contradicting !== undefined) {
    throw new ArgumentError("adoptCluster", name, `it keeps what it has, so leave ${contradicting} out`);
  }
  if (args.region !== undefined) {
    throw new ArgumentError(
      "region",
      "given",
      "adoptCluster looks where the provider does, give it a provider of that Region",
    );
  }
  return checkedClusterName("adoptCluster", name);
}

const OWN_TO_NEW_CLUSTERS: readonly (keyof EncryptedFargateClusterArgs)[] = [
  "clusterName",
  "containerInsights",
  "settings",
  "defaultCapacityProviderStrategies",
  "executeCommandLogging",
  "executeCommandLogRetentionInDays",
  "executeCommandKeyArn",
  "executeCommandRoleArns",
  "volumeKeyArn",
  "volumeRoleArns",
  "serviceConnectNamespace",
];

export interface AdoptedCluster {
  /** Pulumi name of the resource. */
  readonly name: string;
  readonly parent: pulumi.Resource;
  readonly clusterName: string;
  readonly keyArn: pulumi.Output<string>;
}

export function adoptCluster({ name, parent, clusterName, keyArn }: AdoptedCluster): ecs.Cluster {
  return new ecs.Cluster(
    name,
    { name: existingName(parent, clusterName), configuration: fargateStorageConfiguration(keyArn) },
    { parent, import: clusterName, ignoreChanges: [...LEFT_AS_IT_IS], retainOnDelete: true },
  );
}

/** The engine says of a cluster that is not there only that the resource does not exist. */
function existingName(parent: pulumi.Resource, clusterName: string): pulumi.Output<string> {
  return pulumi.output(
    onBehalfOf(parent, async () => {
      if (await hasCluster({ clusterName }, parent)) return clusterName;
      throw new ArgumentError(
        "adoptCluster",
        clusterName,
        "the account has no cluster of this name in the provider's Region",
      );
    }),
  );
}

const LEFT_AS_IT_IS: readonly string[] = [
  "configuration.executeCommandConfiguration",
  "configuration.managedStorageConfiguration.kmsKeyId",
  "serviceConnectDefaults",
  "settings",
  "tags",
  "tagsAll",
];
