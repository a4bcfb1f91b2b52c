// Outputs of a made-up account with one cluster, one service and one task, in the shapes that the AWS CLI prints.

export const KEY_ID = "1234abcd-12ab-34cd-56ef-1234567890ab";
export const KEY_ARN = `arn:aws:kms:eu-west-1:111122223333:key/${KEY_ID}`;
export const CLUSTER_ARN = "arn:aws:ecs:eu-west-1:111122223333:cluster/pay";
export const SERVICE_ARN = "arn:aws:ecs:eu-west-1:111122223333:service/pay/api";
export const TASK_ARN = "arn:aws:ecs:eu-west-1:111122223333:task/pay/0123456789abcdef0123456789abcdef";
export const DEFINITION_ARN = "arn:aws:ecs:eu-west-1:111122223333:task-definition/api:7";
export const TRAIL_ARN = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main";
export const STARTED_AT = "2026-05-01T10:00:00.000Z";

export function aCluster(members: object = {}) {
  return {
    clusterArn: CLUSTER_ARN,
    clusterName: "pay",
    status: "ACTIVE",
    runningTasksCount: 1,
    pendingTasksCount: 0,
    activeServicesCount: 1,
    configuration: { managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: KEY_ARN } },
    ...members,
  };
}

export function aService(members: object = {}) {
  return {
    serviceArn: SERVICE_ARN,
    serviceName: "api",
    clusterArn: CLUSTER_ARN,
    status: "ACTIVE",
    launchType: "FARGATE",
    platformVersion: "LATEST",
    desiredCount: 1,
    runningCount: 1,
    pendingCount: 0,
    taskDefinition: DEFINITION_ARN,
    deployments: [
      {
        id: "ecs-svc/1",
        status: "PRIMARY",
        rolloutState: "COMPLETED",
        taskDefinition: DEFINITION_ARN,
        launchType: "FARGATE",
        platformVersion: "1.4.0",
        desiredCount: 1,
        runningCount: 1,
        createdAt: STARTED_AT,
        updatedAt: STARTED_AT,
      },
    ],
    networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-1"] } },
    createdAt: STARTED_AT,
    tags: [],
    ...members,
  };
}

export function aTask(members: object = {}) {
  return {
    taskArn: TASK_ARN,
    clusterArn: CLUSTER_ARN,
    group: "service:api",
    startedBy: "ecs-svc/1",
    taskDefinitionArn: DEFINITION_ARN,
    launchType: "FARGATE",
    platformVersion: "1.4.0",
    lastStatus: "RUNNING",
    desiredStatus: "RUNNING",
    cpu: "256",
    memory: "512",
    startedAt: STARTED_AT,
    ...members,
  };
}

export function aTaskDefinition(members: object = {}) {
  return {
    taskDefinitionArn: DEFINITION_ARN,
    family: "api",
    status: "ACTIVE",
    cpu: "256",
    memory: "512",
    containerDefinitions: [{ name: "api", image: "example.com/api:1", essential: true }],
    ...members,
  };
}

export function aKey(members: object = {}) {
  return {
    Arn: KEY_ARN,
    KeyId: KEY_ID,
    KeyManager: "CUSTOMER",
    KeyState: "Enabled",
    KeyUsage: "ENCRYPT_DECRYPT",
    KeySpec: "SYMMETRIC_DEFAULT",
    Origin: "AWS_KMS",
    MultiRegion: false,
    ...members,
  };
}

export const POLICY = '{"Version":"2012-10-17","Statement":[]}';

/** Everything that a fleet needs, each in a file of its own. */
export function wholeAccount(): Readonly<Record<string, readonly unknown[]>> {
  return {
    cluster: [{ clusters: [aCluster()], failures: [] }],
    service: [{ services: [aService()], failures: [] }],
    task: [{ tasks: [aTask()], failures: [] }],
    definition: [{ taskDefinition: aTaskDefinition() }],
    key: [
      { KeyMetadata: aKey() },
      { Policy: POLICY, PolicyName: "default" },
      { KeyId: KEY_ID, KeyRotationEnabled: true, RotationPeriodInDays: 365 },
    ],
    protection: [{ protectedTasks: [{ taskArn: TASK_ARN, protectionEnabled: false }], failures: [] }],
    scaling: [{ ScalableTargets: [] }],
    quotas: [
      {
        Quotas: [
          { ServiceCode: "fargate", QuotaCode: "L-3032A538", QuotaName: "On-Demand vCPU", Value: 4_000 },
          { ServiceCode: "fargate", QuotaCode: "L-36FBB829", QuotaName: "Spot vCPU", Value: 4_000 },
        ],
      },
    ],
    usage: [
      {
        MetricDataResults: [
          { Id: "onDemand", Label: "Standard/OnDemand", Timestamps: [STARTED_AT], Values: [0.25] },
          { Id: "spot", Label: "Standard/Spot", Timestamps: [], Values: [] },
        ],
      },
    ],
    trails: [{ trailList: [{ TrailARN: TRAIL_ARN, Name: "main", IsMultiRegionTrail: true }] }],
    selectors: [{ TrailARN: TRAIL_ARN, EventSelectors: [{ ReadWriteType: "All", IncludeManagementEvents: true }] }],
    subnet: [{ Subnets: [{ SubnetId: "subnet-1", VpcId: "vpc-1", AvailableIpAddressCount: 100 }] }],
  };
}
