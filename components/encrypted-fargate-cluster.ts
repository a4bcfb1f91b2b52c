// An ECS cluster on Fargate whose tasks' ephemeral storage is encrypted with a customer managed key from its first task on.
//
// Invariants
//   the name is fixed first: the key's policy names exactly this cluster, and key and cluster do not wait for each other in a loop
//   the cluster names its key by ARN, never by id or alias
//   outputs are there only when key, cluster and capacity providers are: a service that uses one of them starts after all three
//   no service is redeployed by a change here: that is `redeployOnKeyChange`'s to say

import { LogGroup } from "@pulumi/aws/cloudwatch";
import * as ecs from "@pulumi/aws/ecs";
import type { ecs as inputs } from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentError } from "./arguments/argument-error";
import { awsPlace } from "./aws-place";
import { checked } from "./arguments/checked";
import { type ClusterKeys, clusterKeys } from "./cluster/cluster-keys";
import { agreedName, checkedClusterName, deriveClusterName, originOf, readBackClusterArn } from "./cluster/cluster-name";
import { CAPACITY_PROVIDERS, checkedSettings, checkedStrategies, DEFAULT_STRATEGIES } from "./cluster/cluster-settings";
import type { EncryptedFargateClusterArgs } from "./encrypted-fargate-cluster-args";
import { fargateStorageConfiguration } from "./fargate-storage-configuration";
import { plainBoolean } from "./arguments/plain-argument";
import { redeployTriggers } from "./redeploy-on-key-change";

/**
 * An Amazon ECS cluster for AWS Fargate whose tasks have their ephemeral storage encrypted with a customer managed KMS key. The key
 * is created with it, for this cluster alone, or given.
 */
export class EncryptedFargateCluster extends pulumi.ComponentResource {
  /** ARN of the cluster: what services and tasks name. */
  public readonly clusterArn: pulumi.Output<string>;
  /** Name of the cluster. */
  public readonly clusterName: pulumi.Output<string>;
  /** ARN of the key under the tasks' ephemeral storage. */
  public readonly keyArn: pulumi.Output<string>;
  /** Triggers for an `aws.ecs.Service`: they change when the cluster's key has changed. Needs `forceNewDeployment`. */
  public readonly redeployTriggers: pulumi.Output<Record<string, string>>;
  /** Name of the log group of ECS Exec, when logging was asked for. */
  public readonly executeCommandLogGroupName: pulumi.Output<string | undefined>;
  /**
   * JSON text: for each key that was given by ARN, the policy statements that it must hold for this cluster. Its owner adds them
   * before the first task starts; without them tasks do not start. An empty object when every key was created here.
   */
  public readonly requiredKeyPolicyStatements: pulumi.Output<string>;

  constructor(name: string, args: EncryptedFargateClusterArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("fargate-cmk:index:EncryptedFargateCluster", name, args, opts);
    const clusterName = fixedName(this.urn, args);
    const logGroupName = logGroupNameOf(args, clusterName);
    const place = awsPlace(this, args.region);
    const keys = clusterKeys({ name, parent: this, args, place, clusterName, logGroupName });
    const made: Made = { name, parent: this, args, keys, clusterName };
    const logGroup = logGroupName === undefined ? undefined : newLogGroup(made, logGroupName);
    const cluster = newCluster(made, logGroup);
    const providers = newCapacityProviders(made, cluster);
    // The key's ARN is no part of it: while a new key is in the making, the cluster's own ARN stays known, and a preview of services
    // that name it shows no replacement. The cluster itself waits for the key.
    const ready = pulumi
      .all([clusterName, cluster.arn, cluster.name, providers.clusterName])
      .apply(([fixed, arn, created]) => {
        return { clusterArn: readBackClusterArn(fixed, { arn, name: created }), clusterName: fixed };
      });
    this.clusterArn = ready.clusterArn;
    this.clusterName = ready.clusterName;
    this.keyArn = pulumi.all([keys.keyArn, ready]).apply(([keyArn]) => keyArn);
    this.redeployTriggers = pulumi
      .all([redeployTriggers(cluster.configuration), ready])
      .apply(([triggers]) => triggers);
    this.executeCommandLogGroupName =
      logGroup === undefined ? pulumi.output<string | undefined>(undefined) : logGroup.name;
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

interface Made {
  readonly name: string;
  readonly parent: EncryptedFargateCluster;
  readonly args: EncryptedFargateClusterArgs;
  readonly keys: ClusterKeys;
  readonly clusterName: pulumi.Output<string>;
}

function fixedName(urn: pulumi.Output<string>, { clusterName }: EncryptedFargateClusterArgs): pulumi.Output<string> {
  if (clusterName === undefined) return detached(urn).apply((known) => deriveClusterName(originOf(known)));
  return checked(clusterName, (known) => checkedClusterName("clusterName", known));
}

/** Detached from the component: what depends on a component waits for all its children, and these would wait for themselves. */
function detached(urn: pulumi.Output<string>): pulumi.Output<string> {
  return pulumi.output(new Promise<string>((resolve) => urn.apply(resolve)));
}

/** Absent unless logging was asked for. */
function logGroupNameOf(
  { executeCommandLogging, executeCommandLogRetentionInDays }: EncryptedFargateClusterArgs,
  clusterName: pulumi.Output<string>,
): pulumi.Output<string> | undefined {
  if (plainBoolean("executeCommandLogging", executeCommandLogging) === true)
    return clusterName.apply((fixed) => `/ecs/exec/${fixed}`);
  if (executeCommandLogRetentionInDays === undefined) return undefined;
  throw new ArgumentError("executeCommandLogging", executeCommandLogging, "a retention is given, set it to true");
}

/** The group waits for the key, whose policy is in force by then; the cluster in turn waits for the group. */
function newLogGroup({ name, parent, args, keys }: Made, logGroupName: pulumi.Output<string>): LogGroup {
  return new LogGroup(
    `${name}-exec-logs`,
    {
      name: logGroupName,
      kmsKeyId: keys.executeCommandKeyArn ?? keys.keyArn,
      retentionInDays: args.executeCommandLogRetentionInDays ?? DEFAULT_LOG_RETENTION_DAYS,
      region: args.region,
      tags: args.tags,
    },
    { parent },
  );
}

/** A year, the least that AWS Security Hub asks of log groups (control CloudWatch.16, documented). */
const DEFAULT_LOG_RETENTION_DAYS = 365;

function newCluster(made: Made, logGroup: LogGroup | undefined): ecs.Cluster {
  const { name, parent, args, keys, clusterName } = made;
  const { volumeKeyArn } = keys;
  const exec = executeCommandConfiguration(keys, logGroup);
  const configuration = fargateStorageConfiguration(keys.keyArn, {
    ...(exec === undefined ? {} : { executeCommandConfiguration: exec }),
    ...(volumeKeyArn === undefined ? {} : { managedStorageConfiguration: { kmsKeyId: volumeKeyArn } }),
  });
  const { region, tags, serviceConnectNamespace } = args;
  return new ecs.Cluster(
    `${name}-cluster`,
    {
      name: clusterName,
      configuration,
      settings: checked(
        { insights: args.containerInsights ?? "enabled", further: args.settings ?? [] },
        ({ insights, further }) => checkedSettings(insights, further),
      ),
      ...(serviceConnectNamespace === undefined
        ? {}
        : { serviceConnectDefaults: { namespace: serviceConnectNamespace } }),
      region,
      tags,
    },
    { parent },
  );
}

/** None unless asked for: ECS then logs a session where the container's own log configuration says. */
function executeCommandConfiguration(
  { executeCommandKeyArn }: ClusterKeys,
  logGroup: LogGroup | undefined,
): inputs.ClusterConfigurationExecuteCommandConfiguration | undefined {
  const key = executeCommandKeyArn === undefined ? {} : { kmsKeyId: executeCommandKeyArn };
  if (logGroup === undefined) return executeCommandKeyArn === undefined ? undefined : { ...key, logging: "DEFAULT" };
  return {
    ...key,
    logging: "OVERRIDE",
    logConfiguration: { cloudWatchLogGroupName: logGroup.name, cloudWatchEncryptionEnabled: true },
  };
}

/** They wait for the cluster's name to be the fixed one, which a preview knows already: nothing is created under another name. */
function newCapacityProviders(made: Made, cluster: ecs.Cluster): ecs.ClusterCapacityProviders {
  const { name, parent, args, clusterName } = made;
  const strategies = checked(args.defaultCapacityProviderStrategies ?? DEFAULT_STRATEGIES, checkedStrategies);
  return new ecs.ClusterCapacityProviders(
    `${name}-capacity-providers`,
    {
      clusterName: pulumi.all([clusterName, cluster.name]).apply(([fixed, given]) => agreedName(fixed, given)),
      capacityProviders: [...CAPACITY_PROVIDERS],
      defaultCapacityProviderStrategies: strategies,
      region: args.region,
    },
    { parent },
  );
}
