// Who does what: the execution role starts tasks, the task role is the application's, the volume role attaches EBS volumes.

import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { accessPoint, files, logs } from "./data";
import { account, allow, image, NAME, partition, policy, region, TAGS } from "./settings";

// Only tasks of this account: no other account's ECS can hand the role to its own.
const TASKS = {
  Principal: { Service: "ecs-tasks.amazonaws.com" },
  Condition: { StringEquals: { "aws:SourceAccount": account } },
};
const repository = image.replace(/^[^/]+\//, "").replace(/[:@].*$/, "");

export const executionRole = role("execution", TASKS);
export const taskRole = role("task", TASKS);
export const volumeRole = role("volumes", { Principal: { Service: "ecs.amazonaws.com" } });
// Known before the roles exist, so that the first preview shows the whole policy of the key that names them.
export const taskRoleArn = pulumi.interpolate`arn:${partition}:iam::${account}:role/${NAME}-task`;
export const volumeRoleArn = pulumi.interpolate`arn:${partition}:iam::${account}:role/${NAME}-volumes`;

const starting = new iam.RolePolicy(`${NAME}-execution`, {
  role: executionRole.id,
  policy: policy(
    allow("ecr:GetAuthorizationToken"),
    allow(["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], {
      Resource: pulumi.interpolate`arn:${partition}:ecr:${region}:${account}:repository/${repository}`,
    }),
    allow(["logs:CreateLogStream", "logs:PutLogEvents"], { Resource: pulumi.interpolate`${logs.arn}:*` }),
  ),
});

const mounting = new iam.RolePolicy(`${NAME}-files`, {
  role: taskRole.id,
  policy: policy(
    allow(["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"], {
      Resource: files.arn,
      Condition: { StringEquals: { "elasticfilesystem:AccessPointArn": accessPoint.arn } },
    }),
  ),
});

const attaching = new iam.RolePolicyAttachment(`${NAME}-volumes`, {
  role: volumeRole.name,
  policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/service-role/AmazonECSInfrastructureRolePolicyForVolumes`,
});

/** What tasks need of their roles to start. */
export const permissions = [starting, mounting, attaching];

/** ECS Exec: the agent in the task opens its channels, and writes the session's output to the cluster's log group. */
export function letSessionsLog(logGroupName: pulumi.Input<string | undefined>): iam.RolePolicy {
  const group = pulumi.interpolate`arn:${partition}:logs:${region}:${account}:log-group:${logGroupName}`;
  return new iam.RolePolicy(`${NAME}-sessions`, {
    role: taskRole.id,
    policy: policy(
      allow([
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
        "logs:DescribeLogGroups",
      ]),
      allow(["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"], {
        Resource: pulumi.interpolate`${group}:*`,
      }),
    ),
  });
}

function role(what: string, trusted: object): iam.Role {
  const name = `${NAME}-${what}`;
  const assumeRolePolicy = policy({ Effect: "Allow", Action: "sts:AssumeRole", ...trusted });
  return new iam.Role(name, { name, assumeRolePolicy, tags: TAGS });
}
