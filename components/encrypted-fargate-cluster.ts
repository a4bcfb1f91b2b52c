// An ECS cluster on Fargate whose tasks' ephemeral storage is encrypted with a customer managed key from its first task on.
//
// Invariants
//   the name is fixed first: the key's policy names exactly this cluster, and key and cluster do not wait for each other in a loop
//   outputs are there only when key, cluster and capacity providers are, and the cluster is the one that was asked for: a service
//   that uses one of them starts after all three
//   no service is redeployed by a change here: that is `redeployOnKeyChange`'s to say

import type * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";
import { checked } from "./arguments/checked";
import { onBehalfOf } from "./arguments/on-behalf-of";
import { awsPlace } from "./aws-place";
import { adoptCluster, adoptedName } from "./cluster/adopted-cluster";
import { type ClusterKeys, clusterKeys } from "./cluster/cluster-keys";
import { checkedClusterName, deriveClusterName, originOf } from "./cluster/cluster-name";
import { readBackCluster } from "./cluster/created-cluster";
import { logGroupNameOf, newCluster } from "./cluster/new-cluster";
import type { EncryptedFargateClusterArgs } from "./encrypted-fargate-cluster-args";
import { redeployTriggers } from "./redeploy-on-key-change";

/**
 * An Amazon ECS cluster for AWS Fargate whose tasks have their ephemeral storage encrypted with a customer managed KMS key.
 *
 * Without arguments it creates a key that only Fargate can use and only for this cluster, protected and rotated every year, and a
 * cluster with the capacity providers FARGATE and FARGATE_SPOT and with Container Insights. The key may be given instead
 * (`existingKeyArn`) and so may the cluster (`adoptCluster`); ECS Exec and the EBS volumes that ECS attaches to tasks may share the key
 * or have their own. A key reaches only tasks of deployments that are newer than it: services that run already keep what they have
 * until they are deployed again.
 *
 * Services take the output `clusterArn` as their cluster; it is there when the key and the capacity providers are.
 */
export class EncryptedFargateCluster extends pulumi.ComponentResource {
  /** ARN of the cluster: what services and tasks name. */
  public readonly clusterArn: pulumi.Output<string>;
  /** Name of the cluster. */
  public readonly clusterName: pulumi.Output<string>;
  /** ARN of the key under the tasks' ephemeral storage. */
  public readonly keyArn: pulumi.Output<string>;
  /**
   * Triggers for a service of the AWS provider: they change when the cluster's key has changed. Give the service `forceNewDeployment`
   * too.
   */
  public readonly redeployTriggers: pulumi.Output<Record<string, string>>;
  /** Name of the log group of ECS Exec, when logging was asked for. */
  public readonly executeCommandLogGroupName: pulumi.Output<string | undefined>;
  /**
   * JSON text: an object from the ARN of each key that was given to the statements that its policy must hold for this cluster. Without
   * them tasks do not start. Empty when every key was created here.
   */
  public readonly requiredKeyPolicyStatements: pulumi.Output<string>;

  constructor(name: string, args: EncryptedFargateClusterArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("fargate-cmk:index:EncryptedFargateCluster", name, args, opts);
    const { keys, clusterName, cluster, providersOf, logGroupName } = onBehalfOf(this, () => parts(this, name, args));
    const ready = readBackCluster({ parent: this, clusterName, keyArn: keys.keyArn, cluster, providersOf });
    this.clusterArn = ready.clusterArn;
    this.clusterName = ready.clusterName;
    this.keyArn = pulumi.all([keys.keyArn, ready]).apply(([keyArn]) => keyArn);
    this.redeployTriggers = pulumi
      .all([redeployTriggers(cluster.configuration), ready])
      .apply(([triggers]) => triggers);
    this.executeCommandLogGroupName = logGroupName;
    this.requiredKeyPolicyStatements = keys.requiredStatements;
    this.registerOutputs({
      clusterArn: this.clusterArn,
      clusterName: this.clusterName,
      keyArn: this.keyArn,
      redeployTriggers: this.redeployTriggers,
      executeCommandLogGroupName: this.executeCommandLogGroupName,
      requiredKeyPolicyStatements: this.requiredKeyPolicyStatements,
    });
  }
}

interface Parts {
  readonly clusterName: pulumi.Output<string>;
  readonly keys: ClusterKeys;
  readonly cluster: ecs.Cluster;
  /** The name of the cluster that the capacity providers are set for; the cluster's own when it keeps those that it has. */
  readonly providersOf: pulumi.Output<string>;
  readonly logGroupName: pulumi.Output<string | undefined>;
}

function parts(parent: EncryptedFargateCluster, name: string, args: EncryptedFargateClusterArgs): Parts {
  const adopted = adoptedName(args);
  const clusterName = adopted === undefined ? fixedName(parent, args) : pulumi.output(adopted);
  const logGroupName = logGroupNameOf(args, clusterName);
  const keys = clusterKeys({ name, parent, args, place: awsPlace(parent, args.region), clusterName, logGroupName });
  if (adopted !== undefined) {
    const cluster = adoptCluster({ name: `${name}-cluster`, parent, clusterName: adopted, keyArn: keys.keyArn });
    return { clusterName, keys, cluster, providersOf: cluster.name, logGroupName: pulumi.output(undefined) };
  }
  const { cluster, providers, logGroup } = newCluster({ name, parent, args, keys, clusterName, logGroupName });
  return {
    ...{ clusterName, keys, cluster },
    providersOf: providers.clusterName,
    logGroupName: logGroup?.name ?? pulumi.output<string | undefined>(undefined),
  };
}

function fixedName(
  parent: EncryptedFargateCluster,
  { clusterName }: EncryptedFargateClusterArgs,
): pulumi.Output<string> {
  if (clusterName === undefined) return detached(parent.urn).apply((known) => deriveClusterName(originOf(known)));
  return checked(clusterName, (known) => checkedClusterName("clusterName", known), parent);
}

/** Detached from the component: what depends on a component waits for all its children, and these would wait for themselves. */
function detached(urn: pulumi.Output<string>): pulumi.Output<string> {
  return pulumi.output(new Promise<string>((resolve) => urn.apply(resolve)));
}
