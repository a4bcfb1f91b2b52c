// An ECS task definition between Pulumi's properties and the SDK's shapes. Any change makes another revision.

import type {
  ContainerDefinition,
  RegisterTaskDefinitionCommandInput,
  TaskDefinition,
  Volume,
} from "@aws-sdk/client-ecs";
import { any, boolean, type InputSchema, json, number, object, REGION, set, string, TAGS } from "../../input-schema";
import type { PropertyMap, PropertyValue } from "../../property-values";
import { sameJson } from "../../same-json";
import { asProperty, compact, mapOf, mapsOf, numberOf, textMapOf, textOf, textsOf } from "../../state-values";
import { ecsTags } from "../../tags";

const REPLACES = { replaces: true } as const;

export const taskDefinitionInputs: InputSchema = {
  containerDefinitions: { type: json(), required: true, ...REPLACES },
  cpu: { type: string(), ...REPLACES },
  enableFaultInjection: { type: boolean(), computed: true, ...REPLACES },
  ephemeralStorage: { type: object({ sizeInGib: { type: number(21, 200), required: true } }), ...REPLACES },
  executionRoleArn: { type: string(), ...REPLACES },
  family: { type: string(), required: true, ...REPLACES },
  ipcMode: { type: string("host", "task", "none"), ...REPLACES },
  memory: { type: string(), ...REPLACES },
  networkMode: { type: string("bridge", "host", "awsvpc", "none"), computed: true, ...REPLACES },
  pidMode: { type: string("host", "task"), ...REPLACES },
  placementConstraints: {
    type: set(object({ expression: { type: string() }, type: { type: string("memberOf"), required: true } })),
    ...REPLACES,
  },
  proxyConfiguration: { type: any(), ...REPLACES },
  region: REGION,
  requiresCompatibilities: { type: set(string("EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES")), ...REPLACES },
  runtimePlatform: {
    type: object({ cpuArchitecture: { type: string("X86_64", "ARM64") }, operatingSystemFamily: { type: string() } }),
    ...REPLACES,
  },
  skipDestroy: { type: boolean(), standard: false },
  tags: TAGS,
  taskRoleArn: { type: string(), ...REPLACES },
  trackLatest: { type: boolean(), standard: false },
  volumes: {
    type: set(
      object({
        configureAtLaunch: { type: boolean(), computed: true },
        dockerVolumeConfiguration: { type: any() },
        efsVolumeConfiguration: { type: any() },
        fsxWindowsFileServerVolumeConfiguration: { type: any() },
        hostPath: { type: string() },
        name: { type: string(), required: true },
        s3filesVolumeConfiguration: { type: any() },
      }),
    ),
    ...REPLACES,
  },
};

export function toRegisterTaskDefinition(planned: PropertyMap): RegisterTaskDefinitionCommandInput {
  const storage = numberOf(mapOf(planned.ephemeralStorage)?.sizeInGib);
  const runtime = mapOf(planned.runtimePlatform);
  const some = <T>(items: T[]): T[] | undefined => (items.length === 0 ? undefined : items);
  return compact({
    family: textOf(planned.family) ?? "",
    containerDefinitions: JSON.parse(textOf(planned.containerDefinitions) ?? "[]") as ContainerDefinition[],
    cpu: textOf(planned.cpu),
    enableFaultInjection: planned.enableFaultInjection === true ? true : undefined,
    ephemeralStorage: storage === undefined ? undefined : { sizeInGiB: storage },
    executionRoleArn: textOf(planned.executionRoleArn),
    ipcMode: textOf(planned.ipcMode) as "host" | undefined,
    memory: textOf(planned.memory),
    networkMode: textOf(planned.networkMode) as "awsvpc" | undefined,
    pidMode: textOf(planned.pidMode) as "host" | undefined,
    placementConstraints: some(
      mapsOf(planned.placementConstraints).map(({ expression, type }) =>
        compact({ type: textOf(type) as "memberOf", expression: textOf(expression) }),
      ),
    ),
    requiresCompatibilities: some(textsOf(planned.requiresCompatibilities) as "FARGATE"[]),
    runtimePlatform:
      runtime &&
      compact({
        cpuArchitecture: textOf(runtime.cpuArchitecture) as "ARM64" | undefined,
        operatingSystemFamily: textOf(runtime.operatingSystemFamily) as "LINUX" | undefined,
      }),
    tags: ecsTags(textMapOf(planned.tagsAll)),
    taskRoleArn: textOf(planned.taskRoleArn),
    volumes: some(mapsOf(planned.volumes).map(toVolume)),
  }) as RegisterTaskDefinitionCommandInput;
}

export function fromTaskDefinition(definition: TaskDefinition, old: PropertyMap): PropertyMap {
  const arn = definition.taskDefinitionArn ?? "";
  const containers = JSON.stringify(definition.containerDefinitions ?? []);
  const oldContainers = textOf(old.containerDefinitions);
  const kept = oldContainers !== undefined && sameJson(oldContainers, containers);
  const storage = definition.ephemeralStorage?.sizeInGiB;
  return {
    arn,
    arnWithoutRevision: arn.replace(/:\d+$/, ""),
    revision: definition.revision ?? 0,
    family: definition.family ?? "",
    containerDefinitions: kept ? oldContainers : containers,
    cpu: definition.cpu ?? "",
    enableFaultInjection: definition.enableFaultInjection ?? false,
    ephemeralStorage: storage === undefined ? null : { sizeInGib: storage },
    executionRoleArn: definition.executionRoleArn ?? "",
    ipcMode: definition.ipcMode ?? "",
    memory: definition.memory ?? "",
    networkMode: definition.networkMode ?? "",
    pidMode: definition.pidMode ?? "",
    placementConstraints: asProperty(definition.placementConstraints ?? []),
    requiresCompatibilities: [...(definition.requiresCompatibilities ?? [])],
    runtimePlatform: asProperty(definition.runtimePlatform),
    taskRoleArn: definition.taskRoleArn ?? "",
    volumes: (definition.volumes ?? []).map(fromVolume),
  };
}

function toVolume(volume: PropertyMap): Volume {
  const efs = mapOf(volume.efsVolumeConfiguration);
  const hostPath = textOf(volume.hostPath);
  return compact({
    name: textOf(volume.name),
    configuredAtLaunch: volume.configureAtLaunch === true ? true : undefined,
    host: hostPath === undefined ? undefined : { sourcePath: hostPath },
    efsVolumeConfiguration:
      efs &&
      compact({
        fileSystemId: textOf(efs.fileSystemId),
        rootDirectory: textOf(efs.rootDirectory),
        transitEncryption: textOf(efs.transitEncryption) as "ENABLED" | undefined,
        transitEncryptionPort: numberOf(efs.transitEncryptionPort),
        authorizationConfig: mapOf(efs.authorizationConfig) && {
          ...textMapOf(efs.authorizationConfig),
        },
      }),
  }) as Volume;
}

function fromVolume({ name, configuredAtLaunch, host, efsVolumeConfiguration }: Volume): PropertyValue {
  return asProperty({
    name,
    ...(configuredAtLaunch === undefined ? {} : { configureAtLaunch: configuredAtLaunch }),
    ...(host?.sourcePath === undefined ? {} : { hostPath: host.sourcePath }),
    ...(efsVolumeConfiguration === undefined ? {} : { efsVolumeConfiguration }),
  });
}
