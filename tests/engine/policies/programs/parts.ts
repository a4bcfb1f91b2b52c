// Pieces of which the programs are made: each as every rule wants it, until a program breaks one thing of it.

import * as ecs from "@pulumi/aws/ecs";
import * as kms from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";

/** The account of the simulator. */
export const ACCOUNT = "111122223333";
export const REGION = "eu-west-1";
export const TAGS = { Team: "shop" };
export const SUBNETS = ["subnet-0a1b2c3d"];

export function policyOf(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export const ADMINISTRATION = {
  Sid: "Administration",
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  Action: "kms:*",
  Resource: "*",
};

/** What CloudWatch Logs needs of a key. */
export const FOR_LOG_GROUPS = {
  Sid: "Logs",
  Effect: "Allow",
  Principal: { Service: `logs.${REGION}.amazonaws.com` },
  Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
  Resource: "*",
  Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:*` } },
};

/** What Fargate needs of a key for one cluster, or for all of the account. */
export function fargateStatements(clusterName: string | null): readonly object[] {
  const equals = {
    "kms:EncryptionContext:aws:ecs:clusterAccount": ACCOUNT,
    ...(clusterName === null ? {} : { "kms:EncryptionContext:aws:ecs:clusterName": clusterName }),
  };
  const fargate = { Effect: "Allow", Principal: { Service: "fargate.amazonaws.com" }, Resource: "*" };
  return [
    {
      Sid: "DataKeys",
      ...fargate,
      Action: "kms:GenerateDataKeyWithoutPlaintext",
      Condition: { StringEquals: equals },
    },
    {
      Sid: "Grants",
      ...fargate,
      Action: "kms:CreateGrant",
      Condition: { StringEquals: equals, "ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] } },
    },
  ];
}

export function storageKey(name: string, clusterName: string, args: kms.KeyArgs = {}): kms.Key {
  return new kms.Key(name, {
    description: `Fargate's ephemeral storage in ${clusterName}`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policyOf(ADMINISTRATION, ...fargateStatements(clusterName)),
    ...args,
  });
}

/** A key for what is not ephemeral storage. */
export function otherKey(name: string, args: kms.KeyArgs = {}): kms.Key {
  return new kms.Key(name, {
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policyOf(ADMINISTRATION),
    ...args,
  });
}

export function configurationOn(
  key: pulumi.Input<string>,
  more: Partial<ecs.ClusterArgs["configuration"] & object> = {},
) {
  return { ...more, managedStorageConfiguration: { fargateEphemeralStorageKmsKeyId: key } };
}

/** A cluster of that name on a key of its own. */
export function keyedCluster(name: string, key: kms.Key = storageKey(`${name}-storage`, name)): ecs.Cluster {
  return new ecs.Cluster(name, { name, configuration: configurationOn(key.arn), tags: TAGS });
}

export function container(more: object = {}): string {
  return JSON.stringify([{ name: "main", image: "public.ecr.aws/nginx/nginx:stable", essential: true, ...more }]);
}

export function taskDefinition(family: string, args: Partial<ecs.TaskDefinitionArgs> = {}): ecs.TaskDefinition {
  return new ecs.TaskDefinition(family, {
    family,
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: "1024",
    memory: "2048",
    containerDefinitions: container(),
    tags: TAGS,
    ...args,
  });
}

export interface Placed {
  readonly cluster: ecs.Cluster;
  readonly task: ecs.TaskDefinition;
}

/** On Fargate, of the newest platform version, without tasks, redeployed when the cluster changes its key. */
export function service(name: string, { cluster, task }: Placed, args: Partial<ecs.ServiceArgs> = {}): ecs.Service {
  return new ecs.Service(name, {
    name,
    cluster: cluster.arn,
    taskDefinition: task.arn,
    launchType: "FARGATE",
    desiredCount: 0,
    forceNewDeployment: true,
    triggers: { key: keyOf(cluster) },
    networkConfiguration: { subnets: SUBNETS },
    tags: TAGS,
    ...args,
  });
}

/** The ARN of the key that a cluster names, "" when it names none. */
export function keyOf(cluster: ecs.Cluster): pulumi.Output<string> {
  return cluster.configuration.apply(
    (held) => held?.managedStorageConfiguration?.fargateEphemeralStorageKmsKeyId ?? "",
  );
}
