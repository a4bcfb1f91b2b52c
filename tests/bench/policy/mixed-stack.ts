// A stack of a given size, as a team with many services has it: for every cluster a key, services with their task definitions, log groups
// and buckets, joined as Pulumi reports it.
// Invariant: everything is as the rules want it but every tenth service, which pins a retired platform version.

import { CLUSTER, KEY, SERVICE, TASK_DEFINITION } from "../../../policypack/rules/resource-types";
import { type HostResource, urnOf } from "../../policypack/policy-host";

/** At least `size` resources, in whole cells of CELL_SIZE. */
export function mixedStack(size: number): readonly HostResource[] {
  return Array.from({ length: Math.ceil(size / CELL_SIZE) }, (_, at) => cell(at)).flat();
}

export const CELL_SIZE = 20;

const ACCOUNT = "111122223333";
const REGION = "eu-central-1";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const BUCKET = "aws:s3/bucket:Bucket";
const SERVICES = 6;
const BUCKETS = 6;

/** A cluster, its key, 6 services, 6 task definitions and 6 more: 4 log groups and 2 buckets. */
function cell(at: number): readonly HostResource[] {
  const name = `cell-${at}`;
  const key = keyOf(name);
  const cluster = clusterOf(name, key);
  const definitions = Array.from({ length: SERVICES }, (_, of) =>
    taskDefinition(`${name}-${of}`, `${name}-logs-${of}`),
  );
  return [
    key,
    cluster,
    ...definitions,
    ...definitions.map((definition, of) =>
      service(`${name}-${of}`, { cluster, definition, isRetired: of === at % 10 }),
    ),
    ...Array.from({ length: BUCKETS }, (_, of) =>
      of < 4 ? logGroup(`${name}-logs-${of}`, key) : bucket(`${name}-${of}`, key),
    ),
  ];
}

function keyOf(name: string): HostResource {
  const properties = {
    arn: arn("kms", `key/${idOf(name)}`),
    keyId: idOf(name),
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    isEnabled: true,
    multiRegion: false,
    keyUsage: "ENCRYPT_DECRYPT",
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    policy: keyPolicy(name),
    tags: { Team: name },
  };
  return { type: KEY, name, properties, region: REGION };
}

function keyPolicy(cluster: string): string {
  const onlyFor = {
    "kms:EncryptionContext:aws:ecs:clusterAccount": ACCOUNT,
    "kms:EncryptionContext:aws:ecs:clusterName": cluster,
  };
  const fargate = { Effect: "Allow", Principal: { Service: "fargate.amazonaws.com" }, Resource: "*" };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Administration",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "DataKeys",
        ...fargate,
        Action: "kms:GenerateDataKeyWithoutPlaintext",
        Condition: { StringEquals: onlyFor },
      },
      {
        Sid: "Grants",
        ...fargate,
        Action: "kms:CreateGrant",
        Condition: { StringEquals: onlyFor, "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] } },
      },
    ],
  });
}

function clusterOf(name: string, key: HostResource): HostResource {
  const keyArn = key.properties.arn;
  const properties = {
    arn: arn("ecs", `cluster/${name}`),
    name,
    configuration: {
      executeCommandConfiguration: {
        kmsKeyId: keyArn,
        logging: "OVERRIDE",
        logConfiguration: { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: `${name}-logs-0` },
      },
      managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: keyArn, kmsKeyId: keyArn },
    },
    settings: [{ name: "containerInsights", value: "enabled" }],
    tags: { Team: name },
  };
  return { type: CLUSTER, name, properties, region: REGION, madeFrom: { configuration: [urnOf(key)] } };
}

function taskDefinition(family: string, logs: string): HostResource {
  const container = {
    name: "main",
    image: `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/${family}:1.4.2`,
    essential: true,
    user: "1000",
    readonlyRootFilesystem: true,
    environment: Array.from({ length: 10 }, (_, at) => ({ name: `SETTING_${at}`, value: `value of ${at}` })),
    logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": logs, "awslogs-region": REGION } },
  };
  const properties = {
    arn: arn("ecs", `task-definition/${family}:1`),
    family,
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: "1024",
    memory: "2048",
    executionRoleArn: `arn:aws:iam::${ACCOUNT}:role/${family}-execution`,
    taskRoleArn: `arn:aws:iam::${ACCOUNT}:role/${family}-task`,
    runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: "X86_64" },
    containerDefinitions: JSON.stringify([container]),
    tags: { Team: family },
  };
  return { type: TASK_DEFINITION, name: family, properties, region: REGION };
}

interface Placed {
  readonly cluster: HostResource;
  readonly definition: HostResource;
  readonly isRetired: boolean;
}

function service(name: string, { cluster, definition, isRetired }: Placed): HostResource {
  const properties = {
    name,
    cluster: cluster.properties.arn,
    taskDefinition: definition.properties.arn,
    launchType: "FARGATE",
    platformVersion: isRetired ? "1.3.0" : "1.4.0",
    desiredCount: 2,
    forceNewDeployment: true,
    triggers: { key: cluster.name },
    networkConfiguration: {
      assignPublicIp: false,
      subnets: ["subnet-0a1b2c3d", "subnet-1a2b3c4d"],
      securityGroups: ["sg-0a1b2c3d"],
    },
    deploymentController: { type: "ECS" },
    propagateTags: "SERVICE",
    tags: { Team: cluster.name },
  };
  const madeFrom = { cluster: [urnOf(cluster)], taskDefinition: [urnOf(definition)], triggers: [urnOf(cluster)] };
  return { type: SERVICE, name, properties, region: REGION, madeFrom };
}

function logGroup(name: string, key: HostResource): HostResource {
  const properties = {
    arn: arn("logs", `log-group:${name}`),
    name,
    kmsKeyId: key.properties.arn,
    retentionInDays: 365,
  };
  return { type: LOG_GROUP, name, properties, region: REGION, madeFrom: { kmsKeyId: [urnOf(key)] } };
}

function bucket(name: string, key: HostResource): HostResource {
  const applied = { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.properties.arn };
  const properties = {
    arn: `arn:aws:s3:::${name}`,
    bucket: name,
    acl: "private",
    serverSideEncryptionConfiguration: {
      rule: { applyServerSideEncryptionByDefault: applied, bucketKeyEnabled: true },
    },
    versioning: { enabled: true },
    loggings: [{ targetBucket: "access-logs" }],
  };
  const madeFrom = { serverSideEncryptionConfiguration: [urnOf(key)] };
  return { type: BUCKET, name, properties, region: REGION, madeFrom };
}

function arn(service: string, rest: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;
}

/** A UUID that is the same for the same name. */
function idOf(name: string): string {
  const number = name.replaceAll(/\D/g, "").padStart(12, "0");
  return `00000000-0000-4000-8000-${number}`;
}
