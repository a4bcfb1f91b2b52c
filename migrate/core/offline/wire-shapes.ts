// The members of AWS's replies that a fleet is made of, with their types in the API.
// Source: the API references of ECS, KMS, EC2 and STS (documented). Where a word is one of a closed set for us, the set stands here.

import type { ThingKind } from "./outputs";
import { SURROUNDING_SHAPES } from "./surrounding-shapes";
import {
  ahead,
  at,
  count,
  flag,
  list,
  map,
  name,
  number,
  type RecordShape,
  record,
  size,
  text,
  word,
} from "./wire-shape-parts";

const tags = list(record({ key: text, value: text }));
const capacityProviderStrategy = list(record({ capacityProvider: name, base: count, weight: count }));
const fargateEphemeralStorage = record({ kmsKeyId: text, sizeInGiB: number });

const cluster = record({
  clusterArn: text,
  clusterName: text,
  status: text,
  configuration: {
    kind: "record",
    members: { managedStorageConfiguration: record({ kmsKeyId: text, fargateEphemeralStorageKmsKeyId: text }) },
    keepsRest: true,
  },
  runningTasksCount: count,
  pendingTasksCount: count,
  activeServicesCount: count,
  capacityProviders: list(text),
  defaultCapacityProviderStrategy: capacityProviderStrategy,
  tags,
  statistics: list(record({ name: text, value: text })),
});

const deployment = record({
  id: name,
  status: text,
  rolloutState: word("IN_PROGRESS", "COMPLETED", "FAILED"),
  rolloutStateReason: text,
  fargateEphemeralStorage,
  platformVersion: text,
  launchType: text,
  capacityProviderStrategy,
  taskDefinition: name,
  volumeConfigurations: list(record({ name: text, managedEBSVolume: record({}) })),
  desiredCount: count,
  runningCount: count,
  pendingCount: count,
  failedTasks: count,
  createdAt: at,
  updatedAt: at,
});

const taskSet = record({
  id: name,
  status: text,
  fargateEphemeralStorage,
  platformVersion: text,
  launchType: text,
  capacityProviderStrategy,
  stabilityStatus: text,
  computedDesiredCount: count,
  runningCount: count,
  createdAt: at,
  updatedAt: at,
  stabilityStatusAt: at,
});

const deploymentConfiguration = record({
  strategy: word("ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"),
  minimumHealthyPercent: count,
  maximumPercent: count,
  deploymentCircuitBreaker: record({ enable: flag, rollback: flag }),
  alarms: record({ enable: flag, rollback: flag, alarmNames: list(text) }),
  lifecycleHooks: list(record({ targetType: text })),
  bakeTimeInMinutes: number,
});

const service = record({
  serviceArn: text,
  serviceName: text,
  clusterArn: text,
  status: text,
  deploymentController: record({ type: word("ECS", "CODE_DEPLOY", "EXTERNAL") }),
  schedulingStrategy: word("REPLICA", "DAEMON"),
  launchType: text,
  capacityProviderStrategy,
  platformVersion: text,
  platformFamily: text,
  desiredCount: count,
  runningCount: count,
  pendingCount: count,
  deploymentConfiguration,
  availabilityZoneRebalancing: word("ENABLED", "DISABLED"),
  taskDefinition: text,
  networkConfiguration: record({
    awsvpcConfiguration: record({ subnets: list(text), securityGroups: list(text), assignPublicIp: text }),
  }),
  loadBalancers: list(
    record({ targetGroupArn: text, advancedConfiguration: record({ alternateTargetGroupArn: text }) }),
  ),
  healthCheckGracePeriodSeconds: count,
  deployments: list(deployment),
  taskSets: list(taskSet),
  currentServiceDeployment: text,
  resourceManagementType: word("CUSTOMER", "ECS"),
  createdAt: at,
  tags,
  events: list(record({ createdAt: at, message: text })),
});

const task = record({
  taskArn: text,
  clusterArn: text,
  group: text,
  startedBy: text,
  taskDefinitionArn: text,
  launchType: text,
  capacityProviderName: text,
  platformVersion: text,
  platformFamily: text,
  lastStatus: text,
  desiredStatus: text,
  healthStatus: text,
  cpu: size,
  memory: size,
  fargateEphemeralStorage,
  ephemeralStorage: record({ sizeInGiB: number }),
  attachments: list(record({ details: list(record({ name: text, value: text })) })),
  containers: list(record({ name: text, imageDigest: text })),
  createdAt: at,
  connectivityAt: at,
  pullStartedAt: at,
  pullStoppedAt: at,
  startedAt: at,
  executionStoppedAt: at,
  stoppingAt: at,
  stoppedAt: at,
  stopCode: text,
  stoppedReason: text,
});

const container = record({
  name,
  image: text,
  essential: flag,
  healthCheck: record({}),
  stopTimeout: count,
  secrets: list(record({ valueFrom: text })),
  logConfiguration: record({ logDriver: text, options: map, secretOptions: list(record({ valueFrom: text })) }),
  repositoryCredentials: record({ credentialsParameter: text }),
  mountPoints: list(record({ sourceVolume: text, readOnly: flag })),
});

const taskDefinition = record({
  taskDefinitionArn: text,
  family: text,
  status: text,
  cpu: size,
  memory: size,
  runtimePlatform: record({ operatingSystemFamily: text, cpuArchitecture: text }),
  requiresCompatibilities: list(text),
  ephemeralStorage: record({ sizeInGiB: number }),
  containerDefinitions: list(container),
  volumes: list(record({ name: text, efsVolumeConfiguration: record({ fileSystemId: text }) })),
  executionRoleArn: text,
  registeredAt: at,
  deregisteredAt: at,
});

/** Held for their ARNs and times: a fleet needs no more of them. */
const serviceDeployment = record({
  serviceDeploymentArn: text,
  serviceArn: text,
  createdAt: at,
  startedAt: at,
  finishedAt: at,
  stoppedAt: at,
  updatedAt: at,
});
const serviceRevision = record({ serviceRevisionArn: text, serviceArn: text, createdAt: at });

const key = record({
  KeyId: text,
  Arn: text,
  KeyManager: word("AWS", "CUSTOMER"),
  KeyState: text,
  KeyUsage: text,
  KeySpec: text,
  Origin: text,
  MultiRegion: flag,
  CreationDate: at,
  DeletionDate: ahead,
  ValidTo: ahead,
});

const subnet = record({
  SubnetId: text,
  VpcId: text,
  AvailabilityZone: text,
  CidrBlock: text,
  AvailableIpAddressCount: count,
});

const identity = record({ Account: text, Arn: text });

export const WIRE_SHAPES: Readonly<Record<ThingKind, RecordShape>> = {
  ...SURROUNDING_SHAPES,
  cluster,
  service,
  task,
  "task-definition": taskDefinition,
  "service-deployment": serviceDeployment,
  "service-revision": serviceRevision,
  key,
  subnet,
  identity,
};
