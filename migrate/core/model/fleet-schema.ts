// The shape of a fleet file, as domain/fleet.ts declares it; the compiler checks that the two agree.
// Members that are not modelled are dropped: a fleet file may hold more than this version knows.

import { z } from "zod";
import { FLEET_SCHEMA, FLEET_VERSION, type Fleet } from "../../../domain/fleet";
import { amount, count, fact, instant, lane, name, tags, text } from "./schema-parts";

const strategyItem = z.object({ capacityProvider: name, base: count, weight: count });
const strategy = z.array(strategyItem);

const cluster = z.object({
  arn: name,
  name,
  status: text,
  configuration: fact(
    z.object({
      fargateEphemeralStorageKmsKeyArn: name.nullable(),
      managedStorageKmsKeyArn: name.nullable(),
      whole: z.record(z.string(), z.unknown()),
    }),
  ),
  capacityProviders: z.array(text),
  defaultCapacityProviderStrategy: strategy,
  tags,
  statistics: z.record(z.string(), z.number()),
  services: fact(count),
  tasks: fact(count),
  protectedTasks: fact(z.array(z.object({ arn: name, expiresAt: instant.nullable() }))),
});

const deployment = z.object({
  id: name,
  status: text,
  rolloutState: z.enum(["IN_PROGRESS", "COMPLETED", "FAILED"]).nullable(),
  rolloutStateReason: text.nullable(),
  kmsKeyArn: name.nullable(),
  platformVersion: text.nullable(),
  launchType: text.nullable(),
  capacityProviderStrategy: strategy,
  taskDefinitionArn: name,
  ebsVolumes: z.array(text),
  desiredCount: count,
  runningCount: count,
  pendingCount: count,
  failedTasks: count,
  createdAt: instant,
  updatedAt: instant.nullable(),
});

const taskSet = z.object({
  id: name,
  status: text,
  kmsKeyArn: name.nullable(),
  platformVersion: text.nullable(),
  launchType: text.nullable(),
  capacityProviderStrategy: strategy,
  stabilityStatus: text.nullable(),
  desiredCount: count,
  runningCount: count,
});

const service = z.object({
  arn: name,
  name,
  clusterArn: name,
  status: text,
  controller: z.enum(["ECS", "CODE_DEPLOY", "EXTERNAL"]),
  strategy: z.enum(["ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"]),
  schedulingStrategy: z.enum(["REPLICA", "DAEMON"]),
  launchType: text.nullable(),
  capacityProviderStrategy: strategy,
  platformVersion: text.nullable(),
  platformFamily: text.nullable(),
  desiredCount: count,
  runningCount: count,
  pendingCount: count,
  minimumHealthyPercent: count,
  maximumPercent: count,
  circuitBreaker: z.object({ enable: z.boolean(), rollback: z.boolean() }),
  alarms: z.object({ enable: z.boolean(), rollback: z.boolean(), names: z.array(text) }),
  pauseHooks: count,
  bakeTimeMinutes: z.number().min(0),
  availabilityZoneRebalancing: z.enum(["ENABLED", "DISABLED"]).nullable(),
  taskDefinitionArn: name.nullable(),
  subnets: z.array(text),
  securityGroups: z.array(text),
  assignsPublicIp: z.boolean(),
  targetGroupArns: z.array(text),
  healthCheckGracePeriodSeconds: count,
  deployments: z.array(deployment),
  taskSets: z.array(taskSet),
  currentServiceDeployment: name.nullable(),
  resourceManagementType: z.enum(["CUSTOMER", "ECS"]),
  createdAt: instant.nullable(),
  tags,
  events: z.array(z.object({ at: instant, message: text })),
});

const container = z.object({
  name,
  image: text,
  essential: z.boolean(),
  hasHealthCheck: z.boolean(),
  stopTimeoutSeconds: count.nullable(),
  secretArns: z.array(text),
  logGroup: text.nullable(),
  logRegion: text.nullable(),
  createsLogGroup: z.boolean(),
});

const taskDefinition = z.object({
  arn: name,
  family: text,
  status: text,
  cpuUnits: count.nullable(),
  memoryMib: count.nullable(),
  operatingSystemFamily: text,
  cpuArchitecture: text.nullable(),
  requiresCompatibilities: z.array(text),
  ephemeralStorageGib: z.number().min(0).nullable(),
  containers: z.array(container),
  volumeNames: z.array(text),
  efsVolumes: z.array(z.object({ name: text, fileSystemId: text, writable: z.boolean() })),
  executionRoleArn: text.nullable(),
});

const task = z.object({
  arn: name,
  clusterArn: name,
  group: text.nullable(),
  startedBy: text.nullable(),
  taskDefinitionArn: text,
  launchType: text.nullable(),
  capacityProviderName: text.nullable(),
  platformVersion: text.nullable(),
  platformFamily: text.nullable(),
  lastStatus: text,
  desiredStatus: text,
  healthStatus: text.nullable(),
  cpuUnits: count.nullable(),
  memoryMib: count.nullable(),
  kmsKeyArn: name.nullable(),
  ephemeralStorageGib: z.number().min(0).nullable(),
  subnet: text.nullable(),
  imageDigests: z.record(z.string(), z.string()),
  createdAt: instant.nullable(),
  pullStartedAt: instant.nullable(),
  pullStoppedAt: instant.nullable(),
  startedAt: instant.nullable(),
  stoppingAt: instant.nullable(),
  stoppedAt: instant.nullable(),
  stopCode: text.nullable(),
  stoppedReason: text.nullable(),
});

const keyMetadata = z.object({
  keyId: name,
  keyManager: z.enum(["AWS", "CUSTOMER"]),
  keyState: text,
  keyUsage: text,
  keySpec: text,
  origin: text,
  multiRegion: z.boolean(),
  deletionDate: instant.nullable(),
  validTo: instant.nullable(),
});

const subnet = z.object({
  id: name,
  vpcId: text.nullable(),
  availabilityZone: text.nullable(),
  cidrBlock: text.nullable(),
  availableIpAddresses: fact(count),
});

const image = z.object({
  reference: name,
  found: fact(z.object({ digest: name, platformDigests: z.array(text) }).nullable()),
});

const secret = z.object({
  reference: name,
  kind: z.enum(["secret", "parameter"]),
  state: fact(z.enum(["present", "missing", "being-deleted"])),
});

const alarm = z.object({ name, state: fact(z.enum(["OK", "ALARM", "INSUFFICIENT_DATA", "MISSING"])) });

const scalableTarget = z.object({ clusterName: name, serviceName: name, minCapacity: count, maxCapacity: count });

const vcpu = z.object({ quota: fact(amount), inUse: fact(amount) });

const trail = z.object({
  arn: name,
  name: text,
  isMultiRegion: z.boolean(),
  events: fact(z.object({ kmsReads: z.boolean(), kmsWrites: z.boolean() })),
});

const key = z.object({
  arn: name,
  metadata: fact(keyMetadata),
  policy: fact(text),
  rotation: fact(z.object({ enabled: z.boolean(), periodDays: count.nullable() })),
});

const unread = z.object({ operation: name, subject: text, why: text, permission: text.exactOptional() });

export const fleetSchema: z.ZodType<Fleet> = z.object({
  schema: z.literal(FLEET_SCHEMA),
  version: z.literal(FLEET_VERSION),
  lane,
  readAt: instant,
  clusters: z.array(cluster),
  services: z.array(service),
  taskDefinitions: z.array(fact(taskDefinition)),
  tasks: z.array(task),
  keys: z.array(key),
  subnets: z.array(subnet),
  images: z.array(image),
  secrets: z.array(secret),
  logGroups: z.array(z.object({ name, exists: fact(z.boolean()) })),
  alarms: z.array(alarm),
  scaling: fact(z.array(scalableTarget)),
  capacity: z.object({ onDemand: vcpu, spot: vcpu }),
  trails: fact(z.array(trail)),
  unread: z.array(unread),
  extra: z.record(z.string(), z.unknown()),
});
