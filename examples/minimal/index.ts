// A cluster on Fargate whose tasks' ephemeral storage is encrypted with a customer managed key: the key, its policy for this one
// cluster, and the cluster, with everything at its safe default.
//
// The key is protected: `pulumi destroy` is refused until `pulumi state unprotect --all`, and KMS keeps the key for 30 more days.

import { EncryptedFargateCluster } from "fargate-cmk";

const cluster = new EncryptedFargateCluster("app");

/** What an `aws.ecs.Service` names as its cluster. */
export const clusterArn = cluster.clusterArn;
/** Project, stack and component name, joined by "_"; the key's policy names it. */
export const clusterName = cluster.clusterName;
export const keyArn = cluster.keyArn;
/** Services that are not in this program take these, with `forceNewDeployment: true`, to follow a change of the key. */
export const redeployTriggers = cluster.redeployTriggers;
