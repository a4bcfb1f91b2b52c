// A Fleet is everything that one scan saw of one lane: one account in one Region, where all of AWS's limits live.
// It is a plain JSON value: saved by `scan`, read by `plan`, given to `simulate` to make a world of.
//
// Invariants
//   every time is ISO 8601 in UTC; every count is a whole number >= 0; every percent is a whole number
//   a field that came from a read of its own is a Fact: unseen is `unknown` with the missing permission, never absent
//   kmsKeyArn === null means: seen, and no customer managed key (the key that AWS owns)
//   environment values, secret values and command lines are never held
//   what AWS said and this type does not model is kept under `extra`

import type { Fact } from "./fact";
import type {
  AlarmRecord,
  CapacityRecord,
  EfsVolumeRecord,
  ImageRecord,
  LogGroupRecord,
  ScalableTarget,
  SecretRecord,
  TrailRecord,
} from "./fleet-surroundings";

export const FLEET_SCHEMA = "fargate-cmk/fleet";
export const FLEET_VERSION = 2;

export interface Fleet {
  readonly schema: typeof FLEET_SCHEMA;
  readonly version: typeof FLEET_VERSION;
  readonly lane: Lane;
  /** The instant at which the scan began. */
  readonly readAt: string;
  readonly clusters: readonly ClusterRecord[];
  readonly services: readonly ServiceRecord[];
  readonly taskDefinitions: readonly Fact<TaskDefinitionRecord>[];
  /** Tasks whose desired status is RUNNING, and those still draining that belong to a service seen here. */
  readonly tasks: readonly TaskRecord[];
  readonly keys: readonly KeyRecord[];
  readonly subnets: readonly SubnetRecord[];
  /** Every image that a task definition of a service on Fargate names, sorted by reference. */
  readonly images: readonly ImageRecord[];
  /** Every secret and parameter that a start of those reads, sorted by reference. */
  readonly secrets: readonly SecretRecord[];
  /** Every log group that those write to and do not create themselves, sorted by name. */
  readonly logGroups: readonly LogGroupRecord[];
  /** Every CloudWatch alarm that a deployment of a service on Fargate watches, sorted by name. */
  readonly alarms: readonly AlarmRecord[];
  /** What Application Auto Scaling may do to services of this fleet, sorted by cluster and service. */
  readonly scaling: Fact<readonly ScalableTarget[]>;
  readonly capacity: CapacityRecord;
  /** The CloudTrail trails that record this Region, sorted by ARN. */
  readonly trails: Fact<readonly TrailRecord[]>;
  /** What could not be read at all: one entry a denied or failed call. */
  readonly unread: readonly UnreadRecord[];
  readonly extra: Readonly<Record<string, unknown>>;
}

export interface Lane {
  /** 12 digits, as AWS wrote them. */
  readonly account: string;
  readonly region: string;
  /** aws, aws-cn, aws-us-gov, … */
  readonly partition: string;
}

export interface UnreadRecord {
  /** What was asked, e.g. `ecs:DescribeServices`. */
  readonly operation: string;
  /** What it was asked about: an ARN, a name, or the lane. */
  readonly subject: string;
  readonly why: string;
  readonly permission?: string;
}

export interface ClusterRecord {
  readonly arn: string;
  readonly name: string;
  /** ACTIVE, PROVISIONING, DEPROVISIONING, FAILED or INACTIVE. */
  readonly status: string;
  /** Unknown when AWS did not answer with CONFIGURATIONS. */
  readonly configuration: Fact<ClusterConfiguration>;
  readonly capacityProviders: readonly string[];
  readonly defaultCapacityProviderStrategy: readonly CapacityProviderStrategyItem[];
  readonly tags: Readonly<Record<string, string>>;
  /** The statistics that DescribeClusters gives: a cheap check that nothing was overlooked. */
  readonly statistics: Readonly<Record<string, number>>;
  /** Set when the listing of this cluster's services or tasks failed: the fleet may be incomplete here. */
  readonly services: Fact<number>;
  readonly tasks: Fact<number>;
  /** Tasks of its services that task protection keeps from being stopped, sorted by ARN. */
  readonly protectedTasks: Fact<readonly ProtectedTask[]>;
}

export interface ProtectedTask {
  readonly arn: string;
  /** When the protection ends by itself; null when AWS did not say. */
  readonly expiresAt: string | null;
}

export interface ClusterConfiguration {
  /** managedStorageConfiguration.fargateEphemeralStorageKmsKeyId as AWS echoes it (an ARN), or null. */
  readonly fargateEphemeralStorageKmsKeyArn: string | null;
  /** managedStorageConfiguration.kmsKeyId: ECS-managed EBS volumes, nothing to do with ephemeral storage. */
  readonly managedStorageKmsKeyArn: string | null;
  /** The whole `configuration` as AWS gave it: UpdateCluster replaces it whole, so it must be sent back whole. */
  readonly whole: Readonly<Record<string, unknown>>;
}

export interface CapacityProviderStrategyItem {
  readonly capacityProvider: string;
  readonly base: number;
  readonly weight: number;
}

export type DeploymentControllerType = "ECS" | "CODE_DEPLOY" | "EXTERNAL";
export type DeploymentStrategy = "ROLLING" | "BLUE_GREEN" | "LINEAR" | "CANARY";

export interface ServiceRecord {
  readonly arn: string;
  readonly name: string;
  readonly clusterArn: string;
  /** ACTIVE, DRAINING or INACTIVE. */
  readonly status: string;
  readonly controller: DeploymentControllerType;
  readonly strategy: DeploymentStrategy;
  readonly schedulingStrategy: "REPLICA" | "DAEMON";
  /** FARGATE, EC2, EXTERNAL or MANAGED_INSTANCES; null when AWS left it out, as it does when a strategy is used. */
  readonly launchType: string | null;
  readonly capacityProviderStrategy: readonly CapacityProviderStrategyItem[];
  /** As the service says: `LATEST`, a number, or null. */
  readonly platformVersion: string | null;
  /** Linux, or a Windows family; null when AWS left it out. */
  readonly platformFamily: string | null;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  readonly circuitBreaker: { readonly enable: boolean; readonly rollback: boolean };
  readonly alarms: { readonly enable: boolean; readonly rollback: boolean; readonly names: readonly string[] };
  /** Deployment hooks of the kind that waits for a person (PAUSE). */
  readonly pauseHooks: number;
  readonly bakeTimeMinutes: number;
  readonly availabilityZoneRebalancing: "ENABLED" | "DISABLED" | null;
  readonly taskDefinitionArn: string | null;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly assignsPublicIp: boolean;
  readonly targetGroupArns: readonly string[];
  readonly healthCheckGracePeriodSeconds: number;
  readonly deployments: readonly DeploymentRecord[];
  readonly taskSets: readonly TaskSetRecord[];
  /** ARN of the service deployment under way, or of the last one; null when AWS left it out or blank. */
  readonly currentServiceDeployment: string | null;
  /** CUSTOMER, or ECS for Express services. */
  readonly resourceManagementType: "CUSTOMER" | "ECS";
  readonly createdAt: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** The newest service events, newest first, at most five. */
  readonly events: readonly { readonly at: string; readonly message: string }[];
}

export interface DeploymentRecord {
  /** `ecs-svc/…`: also the `startedBy` of this deployment's tasks. */
  readonly id: string;
  /** PRIMARY, ACTIVE or INACTIVE. */
  readonly status: string;
  /** Null for anything but rolling deployments. */
  readonly rolloutState: "IN_PROGRESS" | "COMPLETED" | "FAILED" | null;
  readonly rolloutStateReason: string | null;
  readonly kmsKeyArn: string | null;
  readonly platformVersion: string | null;
  readonly launchType: string | null;
  readonly capacityProviderStrategy: readonly CapacityProviderStrategyItem[];
  readonly taskDefinitionArn: string;
  /** Names of the volumes for which each task gets an Amazon EBS volume of its own, deleted with the task. */
  readonly ebsVolumes: readonly string[];
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
  readonly failedTasks: number;
  readonly createdAt: string;
  readonly updatedAt: string | null;
}

export interface TaskSetRecord {
  readonly id: string;
  readonly status: string;
  readonly kmsKeyArn: string | null;
  readonly platformVersion: string | null;
  readonly launchType: string | null;
  readonly capacityProviderStrategy: readonly CapacityProviderStrategyItem[];
  readonly stabilityStatus: string | null;
  readonly desiredCount: number;
  readonly runningCount: number;
}

export interface TaskDefinitionRecord {
  readonly arn: string;
  readonly family: string;
  readonly status: string;
  /** CPU units (1024 = one vCPU) and MiB for the whole task; null when not given at task level. */
  readonly cpuUnits: number | null;
  readonly memoryMib: number | null;
  /** LINUX or a WINDOWS_SERVER_… family. */
  readonly operatingSystemFamily: string;
  /** X86_64 or ARM64; null when AWS left it out, which means X86_64. */
  readonly cpuArchitecture: string | null;
  readonly requiresCompatibilities: readonly string[];
  readonly ephemeralStorageGib: number | null;
  readonly containers: readonly ContainerRecord[];
  readonly volumeNames: readonly string[];
  readonly efsVolumes: readonly EfsVolumeRecord[];
  /** The role with which ECS pulls images and reads secrets; null when none is given. */
  readonly executionRoleArn: string | null;
}

export interface ContainerRecord {
  readonly name: string;
  readonly image: string;
  readonly essential: boolean;
  /** Whether the container has a health check of its own. */
  readonly hasHealthCheck: boolean;
  readonly stopTimeoutSeconds: number | null;
  /** ARNs or names that must exist for a start to succeed, as they are written; never their values. */
  readonly secretArns: readonly string[];
  /** Of the awslogs driver; null for other drivers. */
  readonly logGroup: string | null;
  /** awslogs-region; null when it is the task's own. */
  readonly logRegion: string | null;
  /** awslogs-create-group: a missing log group is made at the start. */
  readonly createsLogGroup: boolean;
}

export interface TaskRecord {
  readonly arn: string;
  readonly clusterArn: string;
  /** `service:NAME`, `family:NAME`, or what the caller of RunTask gave. */
  readonly group: string | null;
  /** The deployment's id for tasks of a service. */
  readonly startedBy: string | null;
  readonly taskDefinitionArn: string;
  readonly launchType: string | null;
  readonly capacityProviderName: string | null;
  /** Concrete, e.g. `1.4.0`; null for tasks that do not run on Fargate. */
  readonly platformVersion: string | null;
  readonly platformFamily: string | null;
  readonly lastStatus: string;
  /** RUNNING or STOPPED: STOPPED with another lastStatus is a task that drains and still runs. */
  readonly desiredStatus: string;
  readonly healthStatus: string | null;
  readonly cpuUnits: number | null;
  readonly memoryMib: number | null;
  readonly kmsKeyArn: string | null;
  readonly ephemeralStorageGib: number | null;
  readonly subnet: string | null;
  readonly imageDigests: Readonly<Record<string, string>>;
  readonly createdAt: string | null;
  readonly pullStartedAt: string | null;
  readonly pullStoppedAt: string | null;
  readonly startedAt: string | null;
  readonly stoppingAt: string | null;
  readonly stoppedAt: string | null;
  readonly stopCode: string | null;
  readonly stoppedReason: string | null;
}

export interface KeyRecord {
  readonly arn: string;
  readonly metadata: Fact<KeyMetadata>;
  /** The policy document as text, exactly as GetKeyPolicy gave it. */
  readonly policy: Fact<string>;
  readonly rotation: Fact<KeyRotation>;
}

/** Automatic rotation of a key's material. */
export interface KeyRotation {
  readonly enabled: boolean;
  /** Days between two rotations, 90 to 2560; null when it is off or AWS did not say. */
  readonly periodDays: number | null;
}

export interface KeyMetadata {
  readonly keyId: string;
  readonly keyManager: "AWS" | "CUSTOMER";
  readonly keyState: string;
  readonly keyUsage: string;
  readonly keySpec: string;
  readonly origin: string;
  readonly multiRegion: boolean;
  readonly deletionDate: string | null;
  readonly validTo: string | null;
}

export interface SubnetRecord {
  readonly id: string;
  readonly vpcId: string | null;
  readonly availabilityZone: string | null;
  readonly cidrBlock: string | null;
  readonly availableIpAddresses: Fact<number>;
}
