// What outlives the tasks: their files and their logs, on a key of their own. The cluster's key serves what ends with a task.

import { LogGroup } from "@pulumi/aws/cloudwatch";
import * as efs from "@pulumi/aws/efs";
import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import { fileGroup, subnets } from "./network";
import { account, allow, NAME, partition, policy, region, TAGS } from "./settings";

const logGroupName = `/ecs/${NAME}`;

const key = new kms.Key(
  `${NAME}-data`,
  {
    description: "Files and logs of payments",
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policy(
      allow("kms:*", { Principal: { AWS: pulumi.interpolate`arn:${partition}:iam::${account}:root` } }),
      allow(["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"], {
        Principal: { Service: pulumi.interpolate`logs.${region}.amazonaws.com` },
        Condition: {
          ArnEquals: {
            "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:${partition}:logs:${region}:${account}:log-group:${logGroupName}`,
          },
        },
      }),
    ),
    tags: TAGS,
  },
  { protect: true },
);

export const logs = new LogGroup(NAME, { name: logGroupName, retentionInDays: 365, kmsKeyId: key.arn, tags: TAGS });

export const files = new efs.FileSystem(NAME, { encrypted: true, kmsKeyId: key.arn, tags: TAGS });

/** Mounts come over TLS, as one user and below one directory. */
export const accessPoint = new efs.AccessPoint(NAME, {
  fileSystemId: files.id,
  posixUser: { uid: 1000, gid: 1000 },
  rootDirectory: { path: "/ledger", creationInfo: { ownerUid: 1000, ownerGid: 1000, permissions: "750" } },
  tags: TAGS,
});

new efs.FileSystemPolicy(NAME, {
  fileSystemId: files.id,
  policy: policy({
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: "*",
    Resource: files.arn,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  }),
});

export const mountTargets = subnets.map(
  ({ id }, index) =>
    new efs.MountTarget(`${NAME}-${index}`, { fileSystemId: files.id, subnetId: id, securityGroups: [fileGroup.id] }),
);
