// AWS's own tables, repeated as literals: a slip of a digit in domain/api-quotas.ts turns this red.

import assert from "node:assert/strict";
import {
  API_BUCKETS,
  BATCH_LIMITS,
  bucketOf,
  FARGATE_LAUNCH,
  kmsCryptographicPerSecond,
  PAGE_SIZES,
  RESOURCE_QUOTAS,
} from "../../domain/api-quotas";

describe("API quotas", () => {
  for (const [service, operation, burst, perSecond] of [
    ["ecs", "CreateCluster", 20, 1],
    ["ecs", "UpdateCluster", 20, 1],
    ["ecs", "UpdateClusterSettings", 20, 1],
    ["ecs", "PutClusterCapacityProviders", 20, 1],
    ["ecs", "DeleteCluster", 20, 1],
    ["ecs", "DescribeClusters", 50, 20],
    ["ecs", "ListClusters", 50, 20],
    ["ecs", "CreateService", 50, 5],
    ["ecs", "UpdateService", 50, 5],
    ["ecs", "DeleteService", 50, 5],
    ["ecs", "DescribeServices", 100, 20],
    ["ecs", "ListServices", 100, 20],
    ["ecs", "ListTasks", 100, 20],
    ["ecs", "DescribeTasks", 100, 20],
    ["ecs", "RunTask", 100, 40],
    ["ecs", "StopTask", 100, 40],
    ["ecs", "DescribeServiceDeployments", 50, 20],
    ["ecs", "ListServiceDeployments", 50, 20],
    ["ecs", "DescribeServiceRevisions", 50, 20],
    ["ecs", "GetTaskProtection", 200, 80],
    ["ecs", "UpdateTaskProtection", 200, 80],
    ["ecs", "DescribeTaskDefinition", 50, 20],
    ["ecs", "RegisterTaskDefinition", 20, 1],
    ["ecs", "ListServicesByNamespace", 10, 1],
    ["kms", "GenerateDataKeyWithoutPlaintext", 10_000, 10_000],
    ["kms", "CreateGrant", 50, 50],
    ["kms", "RetireGrant", 50, 50],
    ["kms", "RevokeGrant", 50, 50],
    ["kms", "ListGrants", 100, 100],
    ["kms", "DescribeKey", 2_000, 2_000],
    ["kms", "GetKeyPolicy", 1_000, 1_000],
    ["kms", "GetKeyRotationStatus", 1_000, 1_000],
    ["kms", "PutKeyPolicy", 15, 15],
    ["kms", "CreateKey", 5, 5],
    ["kms", "CreateAlias", 5, 5],
    ["kms", "EnableKeyRotation", 15, 15],
    ["kms", "ScheduleKeyDeletion", 15, 15],
    ["ecr", "BatchGetImage", 2_000, 2_000],
    ["secretsmanager", "DescribeSecret", 10_000, 10_000],
    ["cloudwatch", "DescribeAlarms", 9, 9],
    ["cloudwatch", "GetMetricData", 50, 50],
    ["cloudtrail", "DescribeTrails", 10, 10],
    ["cloudtrail", "GetEventSelectors", 10, 10],
    ["cloudtrail", "LookupEvents", 2, 2],
  ] as const) {
    it(`${service}:${operation} draws from a bucket of ${burst}, refilled by ${perSecond} a second`, () => {
      const bucket = bucketOf(service, operation);
      assert.deepEqual([bucket?.burst, bucket?.perSecond], [burst, perSecond]);
    });
  }

  it("know no bucket for what AWS does not list", () => {
    assert.equal(bucketOf("ecs", "StopServiceDeployment"), null);
    assert.equal(bucketOf("ecs", "CreateTaskSet"), null);
    assert.equal(bucketOf("ssm", "DescribeParameters"), null);
    assert.equal(bucketOf("s3", "UpdateService"), null);
  });

  it("put every operation into one bucket, under unique ids", () => {
    const operations = API_BUCKETS.flatMap((bucket) => bucket.operations.map((name) => `${bucket.service}:${name}`));
    assert.equal(new Set(operations).size, operations.length);
    assert.equal(new Set(API_BUCKETS.map(({ id }) => id)).size, API_BUCKETS.length);
  });

  it("know the cryptographic quota of KMS by Region", () => {
    assert.equal(kmsCryptographicPerSecond("us-east-1"), 100_000);
    assert.equal(kmsCryptographicPerSecond("eu-west-1"), 100_000);
    assert.equal(kmsCryptographicPerSecond("eu-central-1"), 20_000);
    assert.equal(kmsCryptographicPerSecond("eu-north-1"), 10_000);
  });

  it("know page sizes and batch limits", () => {
    const sizes = Object.values(PAGE_SIZES).map(({ operation, standard, most }) => [operation, standard, most]);
    assert.deepEqual(sizes, [
      ["ListClusters", 100, 100],
      ["ListServices", 10, 100],
      ["ListTasks", 100, 100],
      ["ListServiceDeployments", 20, 100],
      ["ListGrants", 50, 100],
      ["LookupEvents", 50, 50],
      ["DescribeParameters", 50, 50],
      ["DescribeScalableTargets", 50, 50],
    ]);
    assert.deepEqual(BATCH_LIMITS, {
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
    });
  });

  it("know how fast Fargate launches", () => {
    assert.deepEqual([FARGATE_LAUNCH.usual.burst, FARGATE_LAUNCH.usual.perSecond], [100, 20]);
    assert.deepEqual([FARGATE_LAUNCH.smallerRegions.burst, FARGATE_LAUNCH.smallerRegions.perSecond], [25, 5]);
  });

  it("know what an account may hold", () => {
    const quotas = Object.entries(RESOURCE_QUOTAS).map(([name, { quotaCode, standard }]) => [
      name,
      quotaCode,
      standard,
    ]);
    assert.deepEqual(quotas, [
      ["fargateOnDemandVcpu", "L-3032A538", 6],
      ["fargateSpotVcpu", "L-36FBB829", 6],
      ["clusters", "L-21C621EB", 10_000],
      ["servicesPerCluster", "L-9EF96962", 5_000],
      ["tasksPerService", "L-92E49DE3", 5_000],
      ["tasksProvisioningPerCluster", "L-B7718569", 300],
      ["targetGroupsPerService", "L-A04A77EF", 5],
      ["serviceTaskLaunchesPerMinute", null, 500],
      ["grantsPerKey", null, 50_000],
    ]);
  });
});
