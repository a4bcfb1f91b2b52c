// Deployment strategies, Service Connect and volumes of a service, from Pulumi's properties to the SDK's shapes. Of them only the strategy
// and its bake time are read back.

import type {
  DeploymentConfiguration,
  DeploymentLifecycleHookStage,
  ServiceConnectConfiguration,
  ServiceVolumeConfiguration,
} from "@aws-sdk/client-ecs";
import type { PropertyMap, PropertyValue } from "../../property-values";
import { asProperty, compact, mapOf, mapsOf, numberOf, textMapOf, textOf, textsOf } from "../../state-values";

export function toDeploymentStrategy(planned: PropertyMap | undefined): DeploymentConfiguration {
  if (planned === undefined) return {};
  const canary = mapOf(planned.canaryConfiguration);
  const linear = mapOf(planned.linearConfiguration);
  const hooks = mapsOf(planned.lifecycleHooks).map((hook) =>
    compact({
      hookTargetArn: textOf(hook.hookTargetArn),
      roleArn: textOf(hook.roleArn),
      lifecycleStages: textsOf(hook.lifecycleStages) as DeploymentLifecycleHookStage[],
    }),
  );
  return compact({
    strategy: textOf(planned.strategy) as "ROLLING" | undefined,
    bakeTimeInMinutes: minutesOf(planned.bakeTimeInMinutes),
    canaryConfiguration:
      canary &&
      compact({
        canaryPercent: numberOf(canary.canaryPercent),
        canaryBakeTimeInMinutes: minutesOf(canary.canaryBakeTimeInMinutes),
      }),
    linearConfiguration:
      linear &&
      compact({
        stepPercent: numberOf(linear.stepPercent),
        stepBakeTimeInMinutes: minutesOf(linear.stepBakeTimeInMinutes),
      }),
    lifecycleHooks: hooks.length === 0 ? undefined : hooks,
  });
}

/** The official provider takes minutes as a text. */
function minutesOf(value: PropertyValue | undefined): number | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : Number(text);
}

export function toServiceConnect(value: PropertyValue | undefined): ServiceConnectConfiguration | undefined {
  const connect = mapOf(value);
  if (connect === undefined) return undefined;
  const log = mapOf(connect.logConfiguration);
  return compact({
    enabled: connect.enabled === true,
    namespace: textOf(connect.namespace),
    services: mapsOf(connect.services).map((one) =>
      compact({
        portName: textOf(one.portName) ?? "",
        discoveryName: textOf(one.discoveryName),
        ingressPortOverride: numberOf(one.ingressPortOverride),
        clientAliases: mapsOf(one.clientAlias).map(({ dnsName, port }) =>
          compact({ port: numberOf(port) ?? 0, dnsName: textOf(dnsName) }),
        ),
      }),
    ),
    logConfiguration: log && (asProperty({ logDriver: log.logDriver, options: textMapOf(log.options) }) as never),
  }) as ServiceConnectConfiguration;
}

export function toVolumes(value: PropertyValue | undefined): ServiceVolumeConfiguration[] {
  const volume = mapOf(value);
  if (volume === undefined) return [];
  const ebs = mapOf(volume.managedEbsVolume) ?? {};
  return [{ name: textOf(volume.name) ?? "", managedEBSVolume: toEbs(ebs) }];
}

function toEbs(ebs: PropertyMap): NonNullable<ServiceVolumeConfiguration["managedEBSVolume"]> {
  return compact({
    roleArn: textOf(ebs.roleArn) ?? "",
    encrypted: ebs.encrypted !== false,
    filesystemType: textOf(ebs.fileSystemType) as "xfs" | undefined,
    iops: numberOf(ebs.iops),
    kmsKeyId: textOf(ebs.kmsKeyId),
    sizeInGiB: numberOf(ebs.sizeInGb),
    snapshotId: textOf(ebs.snapshotId),
    throughput: numberOf(ebs.throughput),
    volumeType: textOf(ebs.volumeType),
  });
}
