// A cluster that the component creates, with all that stands in it: the log group of ECS Exec and the capacity providers.
//
// Invariants
//   the cluster names its key by ARN, never by id or alias
//   the log group waits for the key, whose policy is in force by then, and the cluster for the group
//   nothing is created under another name than the key's policy has

import { LogGroup } from "@pulumi/aws/cloudwatch";
import * as ecs from "@pulumi/aws/ecs";
import type { ecs as inputs } from "@pulumi/aws/types/input";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentError } from "../arguments/argument-error";
import { checked } from "../arguments/checked";
import { plainBoolean } from "../arguments/plain-argument";
import type { EncryptedFargateClusterArgs } from "../encrypted-fargate-cluster-args";
import { fargateStorageConfiguration } from "../fargate-storage-configuration";
import type { ClusterKeys } from "./cluster-keys";
import { CAPACITY_PROVIDERS, checkedSettings, checkedStrategies, DEFAULT_STRATEGIES } from "./cluster-settings";
import { agreedName } from "./created-cluster";
import { refusingNameInUse } from "./name-in-use";

export interface NewCluster {
  readonly name: string;
  readonly parent: pulumi.Resource;
  readonly args: EncryptedFargateClusterArgs;
  readonly keys: ClusterKeys;
  readonly clusterName: pulumi.Output<string>;
  /** Absent unless logging was asked for. */
  readonly logGroupName: pulumi.Output<string> | undefined;
}

export interface CreatedResources {
  readonly cluster: ecs.Cluster;
  readonly providers: ecs.ClusterCapacityProviders;
  readonly logGroup: LogGroup | undefined;
}

export function newCluster(order: NewCluster): CreatedResources {
  const { logGroupName } = order;
  const logGroup = logGroupName === undefined ? undefined : newLogGroup(order, logGroupName);
  const cluster = newClusterResource(order, logGroup);
  return { cluster, logGroup, providers: newCapacityProviders(order, cluster) };
}

/** Absent unless logging was asked for. */
export function logGroupNameOf(
  { executeCommandLogging, executeCommandLogRetentionInDays }: EncryptedFargateClusterArgs,
  clusterName: pulumi.Output<string>,
): pulumi.Output<string> | undefined {
  if (plainBoolean("executeCommandLogging", executeCommandLogging) === true)
    return clusterName.apply((fixed) => `/ecs/exec/${fixed}`);
  if (executeCommandLogRetentionInDays === undefined) return undefined;
  throw new ArgumentError("executeCommandLogging", executeCommandLogging, "a retention is given, set it to true");
}

function newLogGroup({ name, parent, args, keys }: NewCluster, logGroupName: pulumi.Output<string>): LogGroup {
  return new LogGroup(
    `${name}-exec-logs`,
    {
      name: logGroupName,
      kmsKeyId: keys.logGroupKeyArn,
      retentionInDays: args.executeCommandLogRetentionInDays ?? DEFAULT_LOG_RETENTION_DAYS,
      region: args.region,
      tags: args.tags,
    },
    { parent },
  );
}

/** A year, the least that AWS Security Hub asks of log groups (control CloudWatch.16, documented). */
const DEFAULT_LOG_RETENTION_DAYS = 365;

function newClusterResource(order: NewCluster, logGroup: LogGroup | undefined): ecs.Cluster {
  const { name, parent, args, keys, clusterName } = order;
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
        parent,
      ),
      ...(serviceConnectNamespace === undefined
        ? {}
        : { serviceConnectDefaults: { namespace: serviceConnectNamespace } }),
      region,
      tags,
    },
    { parent, ...refusingNameInUse({ parent, name: `${name}-cluster` }) },
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

/** They wait for the cluster's name to be the fixed one, which a preview knows already. */
function newCapacityProviders(order: NewCluster, cluster: ecs.Cluster): ecs.ClusterCapacityProviders {
  const { name, parent, args, clusterName } = order;
  const strategies = checked(args.defaultCapacityProviderStrategies ?? DEFAULT_STRATEGIES, checkedStrategies, parent);
  return new ecs.ClusterCapacityProviders(
    `${name}-capacity-providers`,
    {
      clusterName: checked(
        pulumi.all([clusterName, cluster.name]),
        ([fixed, given]) => agreedName(fixed, given),
        parent,
      ),
      capacityProviders: [...CAPACITY_PROVIDERS],
      defaultCapacityProviderStrategies: strategies,
      region: args.region,
    },
    { parent },
  );
}
