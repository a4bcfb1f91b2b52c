// Makes a service roll when the key of its cluster changes: a key reaches only the tasks of new service deployments.
// Source: Amazon ECS developer guide, fargate-create-storage-key (documented).
//
// Invariants
//   the trigger comes from the cluster's own output: the cluster is updated before any service of it is
//   the trigger is the key's ARN, never a time: an `up` without a change of key triggers nothing

import type { ecs } from "@pulumi/aws/types/output";
import type * as pulumi from "@pulumi/pulumi";

/** An `EncryptedFargateCluster`, which has its triggers ready. */
export interface ClusterWithTriggers {
  readonly redeployTriggers: pulumi.Output<Record<string, string>>;
}

/** An `aws.ecs.Cluster`. */
export interface ClusterWithConfiguration {
  readonly configuration: pulumi.Output<ecs.ClusterConfiguration | undefined>;
}

export interface RedeployArgs {
  readonly forceNewDeployment: true;
  readonly triggers: pulumi.Output<Record<string, string>>;
}

/**
 * Arguments for an `aws.ecs.Service` on this cluster: `new ecs.Service(name, {...redeployOnKeyChange(cluster), …})`.
 *
 * ```text
 * +-- Before you add it to services that run ----------------------------------------------+
 * | The first `up` with it redeploys every such service at once: migrate them in waves     |
 * | first (`fargate-cmk run`), or add it under `ignoreChanges: ["triggers"]` until then.   |
 * | From then on every update of the service, a new desiredCount too, forces a deployment. |
 * | Services with the CODE_DEPLOY controller refuse it: deploy those through CodeDeploy.   |
 * +----------------------------------------------------------------------------------------+
 * ```
 */
export function redeployOnKeyChange(cluster: ClusterWithTriggers | ClusterWithConfiguration): RedeployArgs {
  const triggers = "redeployTriggers" in cluster ? cluster.redeployTriggers : redeployTriggers(cluster.configuration);
  return { forceNewDeployment: true, triggers };
}

/** The triggers by what the cluster answered for its key; without a key, a word for AWS's own, so that the first key triggers too. */
export function redeployTriggers(
  configuration: pulumi.Output<ecs.ClusterConfiguration | undefined>,
): pulumi.Output<Record<string, string>> {
  return configuration.apply((known): Record<string, string> => {
    const keyArn = known?.managedStorageConfiguration?.fargateEphemeralStorageKmsKeyId;
    return { ephemeralStorageKey: keyArn === undefined || keyArn === "" ? "owned-by-aws" : keyArn };
  });
}
