// An ECS cluster between Pulumi's properties and the SDK's shapes.
// Invariant: what the program leaves out is absent from the request, so `managedStorageConfiguration: {}` stays `{}`.

import type { Cluster, ClusterConfiguration, ClusterSetting, CreateClusterCommandInput } from "@aws-sdk/client-ecs";
import type { InputSchema } from "../../input-schema";
import { boolean, object, REGION, set, string, TAGS } from "../../input-schema";
import type { PropertyMap, PropertyValue } from "../../property-values";
import { asProperty, compact, mapOf, mapsOf, textOf } from "../../state-values";

export const clusterInputs: InputSchema = {
  configuration: {
    type: object({
      executeCommandConfiguration: {
        type: object({
          kmsKeyId: { type: string() },
          logConfiguration: {
            type: object({
              cloudWatchEncryptionEnabled: { type: boolean() },
              cloudWatchLogGroupName: { type: string() },
              s3BucketEncryptionEnabled: { type: boolean() },
              s3BucketName: { type: string() },
              s3KeyPrefix: { type: string() },
            }),
          },
          logging: { type: string("NONE", "DEFAULT", "OVERRIDE"), standard: "DEFAULT" },
        }),
      },
      managedStorageConfiguration: {
        type: object({ fargateEphemeralStorageKmsKeyId: { type: string() }, kmsKeyId: { type: string() } }),
      },
    }),
  },
  name: { type: string(), required: true, replaces: true, autoname: { prefix: "" } },
  region: REGION,
  serviceConnectDefaults: { type: object({ namespace: { type: string(), required: true } }) },
  settings: {
    type: set(
      object({
        name: { type: string("containerInsights"), required: true },
        value: { type: string(), required: true },
      }),
    ),
    computed: true,
  },
  tags: TAGS,
};

export function toClusterSettings(planned: PropertyMap) {
  const namespace = textOf(mapOf(planned.serviceConnectDefaults)?.namespace);
  const settings = mapsOf(planned.settings).map(({ name, value }) => ({ name, value }) as ClusterSetting);
  return compact({
    configuration: toConfiguration(mapOf(planned.configuration)),
    serviceConnectDefaults: namespace === undefined ? undefined : { namespace },
    settings: settings.length === 0 ? undefined : settings,
  }) satisfies Partial<CreateClusterCommandInput>;
}

export function fromCluster(cluster: Cluster): PropertyMap {
  const { configuration, serviceConnectDefaults } = cluster;
  return {
    arn: cluster.clusterArn ?? "",
    name: cluster.clusterName ?? "",
    settings: asProperty(cluster.settings ?? []),
    // A cluster without configuration leaves the old one in the state: the official provider does so too.
    ...(configuration === undefined ? {} : { configuration: fromConfiguration(configuration) }),
    serviceConnectDefaults:
      serviceConnectDefaults?.namespace === undefined ? null : { namespace: serviceConnectDefaults.namespace },
  };
}

function toConfiguration(planned: PropertyMap | undefined): ClusterConfiguration | undefined {
  if (planned === undefined) return undefined;
  const exec = mapOf(planned.executeCommandConfiguration);
  const storage = mapOf(planned.managedStorageConfiguration);
  return compact({
    executeCommandConfiguration: exec && toExecuteCommand(exec),
    managedStorageConfiguration:
      storage &&
      compact({
        fargateEphemeralStorageKmsKeyId: textOf(storage.fargateEphemeralStorageKmsKeyId),
        kmsKeyId: textOf(storage.kmsKeyId),
      }),
  });
}

function toExecuteCommand(exec: PropertyMap): NonNullable<ClusterConfiguration["executeCommandConfiguration"]> {
  const log = mapOf(exec.logConfiguration);
  return compact({
    kmsKeyId: textOf(exec.kmsKeyId),
    logging: textOf(exec.logging) as "NONE" | "DEFAULT" | "OVERRIDE" | undefined,
    logConfiguration:
      log &&
      compact({
        cloudWatchEncryptionEnabled: log.cloudWatchEncryptionEnabled === true ? true : undefined,
        cloudWatchLogGroupName: textOf(log.cloudWatchLogGroupName),
        s3EncryptionEnabled: log.s3BucketEncryptionEnabled === true ? true : undefined,
        s3BucketName: textOf(log.s3BucketName),
        s3KeyPrefix: textOf(log.s3KeyPrefix),
      }),
  });
}

function fromConfiguration(configuration: ClusterConfiguration): PropertyMap {
  const { executeCommandConfiguration: exec, managedStorageConfiguration: storage } = configuration;
  const members: Record<string, PropertyValue> = {};
  if (exec !== undefined) {
    const { logConfiguration, ...rest } = exec;
    const { s3EncryptionEnabled, ...log } = logConfiguration ?? {};
    const encrypted = s3EncryptionEnabled === undefined ? {} : { s3BucketEncryptionEnabled: s3EncryptionEnabled };
    members.executeCommandConfiguration = asProperty({
      ...rest,
      ...(logConfiguration === undefined ? {} : { logConfiguration: { ...log, ...encrypted } }),
    });
  }
  if (storage !== undefined) members.managedStorageConfiguration = asProperty(storage);
  return members;
}
