// The numbers of AWS: how often each API may be called, how much one call takes, what an account may hold and launch.
// Our own shares and bounds are not here: they belong to who calls.
//
// Invariants
//   every number carries its source and whether AWS documents it ("documented") or others report it ("reported")
//   limits are for one account in one Region and shared with everything else there: console, autoscalers, pipelines

export type Standing = "documented" | "reported";

export interface Source {
  readonly page: string;
  readonly standing: Standing;
}

export interface ApiBucket {
  /** Unique: `ecs/service-modify`. */
  readonly id: string;
  readonly service: string;
  readonly operations: readonly string[];
  /** Tokens in a full bucket. */
  readonly burst: number;
  /** Tokens that come back each second. */
  readonly perSecond: number;
  readonly source: Source;
}

/**
 * The bucket that one call draws a token from, or null when AWS lists none (StopServiceDeployment and the task set calls among
 * them): be modest then. `service` is as IAM writes it before the colon; `operation` is the API name, e.g. `UpdateService`.
 */
export function bucketOf(service: string, operation: string): ApiBucket | null {
  return API_BUCKETS.find((bucket) => bucket.service === service && bucket.operations.includes(operation)) ?? null;
}

const ECS_THROTTLING: Source = { page: "AmazonECS/latest/APIReference/request-throttling", standing: "documented" };
const KMS_THROTTLING: Source = { page: "kms/latest/developerguide/requests-per-second", standing: "documented" };
const CLOUDTRAIL_API: Source = { page: "awscloudtrail/latest/APIReference/API_LookupEvents", standing: "documented" };

const CLOUDWATCH_LIMITS = "AmazonCloudWatch/latest/monitoring/cloudwatch_limits";

export const API_BUCKETS: readonly ApiBucket[] = [
  ecs("cluster-modify", 20, 1, [
    "CreateCluster",
    "UpdateCluster",
    "UpdateClusterSettings",
    "PutClusterCapacityProviders",
    "DeleteCluster",
  ]),
  ecs("cluster-read", 50, 20, ["DescribeClusters", "ListClusters"]),
  ecs("service-modify", 50, 5, ["CreateService", "UpdateService", "DeleteService"]),
  ecs("service-read", 100, 20, ["DescribeServices", "ListServices"]),
  ecs("cluster-resource-read", 100, 20, [
    "ListTasks",
    "DescribeTasks",
    "DescribeContainerInstances",
    "ListContainerInstances",
    "ListAttributes",
  ]),
  ecs("cluster-resource-modify", 100, 40, ["RunTask", "StopTask", "StartTask", "ExecuteCommand"]),
  ecs("service-deployment", 50, 20, ["DescribeServiceDeployments", "ListServiceDeployments"]),
  ecs("service-revision", 50, 20, ["DescribeServiceRevisions"]),
  ecs("task-protection", 200, 80, ["GetTaskProtection", "UpdateTaskProtection"]),
  ecs("task-definition-read", 50, 20, ["DescribeTaskDefinition", "ListTaskDefinitions", "ListTaskDefinitionFamilies"]),
  ecs("task-definition-modify", 20, 1, ["RegisterTaskDefinition", "DeregisterTaskDefinition", "DeleteTaskDefinitions"]),
  ecs("services-by-namespace", 10, 1, ["ListServicesByNamespace"]),
  // KMS counts requests in each second: its bucket holds one second's worth. The cryptographic operations share one quota;
  // the smallest of its Regional values stands here, `kmsCryptographicPerSecond` has the others.
  kms("cryptographic-operations", 10_000, [
    "Decrypt",
    "Encrypt",
    "GenerateDataKey",
    "GenerateDataKeyWithoutPlaintext",
    "ReEncrypt",
  ]),
  kms("create-grant", 50, ["CreateGrant"]),
  kms("retire-grant", 50, ["RetireGrant"]),
  kms("revoke-grant", 50, ["RevokeGrant"]),
  kms("list-grants", 100, ["ListGrants"]),
  kms("describe-key", 2_000, ["DescribeKey"]),
  kms("get-key-policy", 1_000, ["GetKeyPolicy"]),
  kms("get-key-rotation-status", 1_000, ["GetKeyRotationStatus"]),
  kms("put-key-policy", 15, ["PutKeyPolicy"]),
  kms("create-key", 5, ["CreateKey"]),
  kms("create-alias", 5, ["CreateAlias"]),
  kms("enable-key-rotation", 15, ["EnableKeyRotation"]),
  kms("schedule-key-deletion", 15, ["ScheduleKeyDeletion"]),
  // Read APIs of other services: what is published is a rate, so their buckets hold one second's worth too.
  perSecond("ecr", "batch-get-image", 2_000, ["BatchGetImage"], "AmazonECR/latest/userguide/service-quotas"),
  perSecond(
    "secretsmanager",
    "describe-and-get",
    10_000,
    ["DescribeSecret", "GetSecretValue"],
    "secretsmanager/latest/userguide/reference_limits",
  ),
  perSecond("cloudwatch", "describe-alarms", 9, ["DescribeAlarms"], CLOUDWATCH_LIMITS),
  perSecond("cloudwatch", "get-metric-data", 50, ["GetMetricData"], CLOUDWATCH_LIMITS),
  perSecond(
    "cloudtrail",
    "get-describe-list",
    10,
    ["DescribeTrails", "GetTrail", "GetTrailStatus", "GetEventSelectors", "ListTrails"],
    "awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits",
  ),
  {
    id: "cloudtrail/lookup-events",
    service: "cloudtrail",
    operations: ["LookupEvents"],
    burst: 2,
    perSecond: 2,
    source: CLOUDTRAIL_API,
  },
];

function ecs(name: string, burst: number, perSecond: number, operations: readonly string[]): ApiBucket {
  return { id: `ecs/${name}`, service: "ecs", operations, burst, perSecond, source: ECS_THROTTLING };
}

function kms(name: string, perSecond: number, operations: readonly string[]): ApiBucket {
  return { id: `kms/${name}`, service: "kms", operations, burst: perSecond, perSecond, source: KMS_THROTTLING };
}

function perSecond(
  service: string,
  name: string,
  rate: number,
  operations: readonly string[],
  page: string,
): ApiBucket {
  const source: Source = { page, standing: "documented" };
  return { id: `${service}/${name}`, service, operations, burst: rate, perSecond: rate, source };
}

/** The quota that symmetric cryptographic operations share, requests a second. Source: KMS request quotas (documented). */
export function kmsCryptographicPerSecond(region: string): number {
  if (["us-east-1", "us-west-2", "eu-west-1"].includes(region)) return 100_000;
  return KMS_MIDDLE_REGIONS.includes(region) ? 20_000 : 10_000;
}

const KMS_MIDDLE_REGIONS: readonly string[] = [
  "us-east-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-northeast-1",
  "eu-central-1",
  "eu-west-2",
];

export interface PageSize {
  readonly operation: string;
  /** What AWS returns when the caller asks for no size. */
  readonly standard: number;
  readonly most: number;
}

/** Items a page of the listing calls. Source: the services' API references (documented). */
export const PAGE_SIZES = {
  listClusters: { operation: "ListClusters", standard: 100, most: 100 },
  listServices: { operation: "ListServices", standard: 10, most: 100 },
  listTasks: { operation: "ListTasks", standard: 100, most: 100 },
  listServiceDeployments: { operation: "ListServiceDeployments", standard: 20, most: 100 },
  listGrants: { operation: "ListGrants", standard: 50, most: 100 },
  lookupEvents: { operation: "LookupEvents", standard: 50, most: 50 },
  describeParameters: { operation: "DescribeParameters", standard: 50, most: 50 },
  describeScalableTargets: { operation: "DescribeScalableTargets", standard: 50, most: 50 },
} as const satisfies Readonly<Record<string, PageSize>>;

/**
 * The most items that one describing call takes. Source: the API references of Amazon ECS, Amazon ECR (BatchGetImage), Systems
 * Manager (ParameterStringFilter values), CloudWatch Logs (logGroupIdentifiers) and CloudWatch (AlarmNames) (documented).
 */
export const BATCH_LIMITS = {
  describeClusters: 100,
  describeServices: 10,
  describeTasks: 100,
  describeServiceDeployments: 20,
  describeServiceRevisions: 20,
  getTaskProtection: 100,
  updateTaskProtection: 10,
  runTaskCount: 10,
  batchGetImage: 100,
  describeParameters: 50,
  describeLogGroups: 50,
  describeAlarms: 100,
} as const;

export interface LaunchLimit {
  /** Tasks that may start at once when the bucket is full. */
  readonly burst: number;
  readonly perSecond: number;
  readonly source: Source;
}

/** Starts of Fargate tasks in one account and Region; On-Demand and Spot each have their own bucket of this size. */
export const FARGATE_LAUNCH: { readonly usual: LaunchLimit; readonly smallerRegions: LaunchLimit } = {
  usual: {
    burst: 100,
    perSecond: 20,
    source: { page: "AmazonECS/latest/developerguide/throttling", standing: "documented" },
  },
  smallerRegions: {
    burst: 25,
    perSecond: 5,
    source: { page: "general/latest/gr/ecs-service", standing: "reported" },
  },
};

export interface Quota {
  /** Service Quotas code, and the service code to ask with; null when no code is known. Look it up by name at run time. */
  readonly serviceCode: "ecs" | "fargate" | "kms";
  readonly quotaCode: string | null;
  readonly standard: number;
  readonly unit: string;
  readonly source: Source;
}

/** What an account may hold. The codes agree across several public sources; wrong ones circulate too. */
export const RESOURCE_QUOTAS = {
  fargateOnDemandVcpu: quota("fargate", "L-3032A538", 6, "vCPU"),
  fargateSpotVcpu: quota("fargate", "L-36FBB829", 6, "vCPU"),
  clusters: quota("ecs", "L-21C621EB", 10_000, "clusters"),
  servicesPerCluster: quota("ecs", "L-9EF96962", 5_000, "services"),
  tasksPerService: quota("ecs", "L-92E49DE3", 5_000, "tasks"),
  tasksProvisioningPerCluster: quota("ecs", "L-B7718569", 300, "tasks"),
  targetGroupsPerService: quota("ecs", "L-A04A77EF", 5, "target groups"),
  serviceTaskLaunchesPerMinute: quota("ecs", null, 500, "tasks a minute"),
  grantsPerKey: {
    ...quota("kms", null, 50_000, "grants"),
    source: { page: "kms/latest/developerguide/resource-limits", standing: "documented" },
  },
} as const satisfies Readonly<Record<string, Quota>>;

function quota<C extends string | null>(
  serviceCode: Quota["serviceCode"],
  quotaCode: C,
  standard: number,
  unit: string,
): Quota & { readonly quotaCode: C } {
  return {
    serviceCode,
    quotaCode,
    standard,
    unit,
    source: { page: "servicequotas/latest/userguide", standing: "reported" },
  };
}
