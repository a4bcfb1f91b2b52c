// How IAM limits each operation: to which resources and by which conditions.
// Source: Service Authorization Reference, the list of each service (documented), where nothing else is said.
//
// Invariant: `kind` says what the statement's Resource is made of; an operation that takes no resource has `*` and, with --region,
// the global condition aws:RequestedRegion

export type ResourceKind =
  | "any"
  | "in-cluster"
  | "cluster"
  | "service"
  | "task"
  | "deployment"
  | "revision"
  | "key"
  | "repository"
  | "secret"
  | "log-group"
  | "trail"
  | "probe-definition"
  | "task-role";

export interface IamAction {
  readonly kind: ResourceKind;
  /** The name of the statement that holds it: letters and digits. */
  readonly sid: string;
  readonly standing: "documented" | "inferred";
  /** What a reader should know of its limits; null when the reference says all. */
  readonly note: string | null;
}

export const IAM_ACTIONS: Readonly<Record<string, IamAction>> = {
  "ecs:ListClusters": documented("any", "FindInRegion"),
  "ecs:DescribeTaskDefinition": documented("any", "FindInRegion"),
  "ec2:DescribeSubnets": documented("any", "FindInRegion"),
  "ecs:DescribeClusters": documented("cluster", "ReadClusters"),
  "ecs:ListServices": documented("in-cluster", "ListInClusters"),
  "ecs:ListTasks": {
    ...documented("in-cluster", "ListInClusters"),
    standing: "inferred",
    note: "the reference names container instances as its resource, which Fargate has none of; so it is limited by ecs:cluster",
  },
  "ecs:DescribeServices": documented("service", "ReadServices"),
  "ecs:ListServiceDeployments": documented("service", "ReadServices"),
  "ecs:DescribeTasks": documented("task", "ReadTasks"),
  "ecs:GetTaskProtection": documented("task", "ReadTasks"),
  "ecs:DescribeServiceDeployments": byArn("deployment", "FollowDeployments"),
  "ecs:DescribeServiceRevisions": byArn("revision", "ReadRevisions"),
  "ecs:StopServiceDeployment": byArn("deployment", "RollBackDeployments"),
  "ecs:UpdateService": {
    ...documented("service", "RedeployServices"),
    note:
      "no condition key tells a forced deployment from another change (documented); no iam:PassRole, since the call names no role " +
      "and the reference lists no dependent action (inferred)",
  },
  "ecs:UpdateCluster": {
    ...documented("cluster", "AttachKey"),
    note: "with --key also by ecs:fargate-ephemeral-storage-kms-key; that it is compared with the ARN as sent is inferred",
  },
  "kms:DescribeKey": inKeyPolicy(),
  "kms:GetKeyPolicy": inKeyPolicy(),
  "kms:GetKeyRotationStatus": inKeyPolicy(),
  "ecr:BatchGetImage": {
    ...documented("repository", "ReadImages"),
    note: "a repository of another account needs its ARN beside it, and that account's repository policy (documented)",
  },
  "secretsmanager:DescribeSecret": {
    ...documented("secret", "SeeSecrets"),
    note: "shows that a secret is there and never its value; one of another account needs its ARN beside it",
  },
  "ssm:DescribeParameters": {
    ...documented("any", "FindInRegion"),
    note: "shows the names of all parameters and no value; it takes no resource (documented)",
  },
  "logs:DescribeLogGroups": documented("log-group", "FindLogGroups"),
  "cloudwatch:DescribeAlarms": {
    ...documented("any", "FindInRegion"),
    note: "with a narrower resource CloudWatch leaves composite alarms out of its answers (API reference, documented)",
  },
  "cloudwatch:GetMetricData": documented("any", "FindInRegion"),
  "application-autoscaling:DescribeScalableTargets": documented("any", "FindInRegion"),
  "servicequotas:GetServiceQuota": documented("any", "FindInRegion"),
  "cloudtrail:DescribeTrails": documented("any", "FindInRegion"),
  "cloudtrail:GetEventSelectors": {
    ...documented("trail", "ReadTrails"),
    note: "of every account and Region: a trail that records this one may belong to another Region or to the organisation",
  },
  "ecs:RegisterTaskDefinition": {
    ...documented("any", "DefineProbe"),
    note: "of every family: not every version of the reference names a resource for it",
  },
  "ecs:DeregisterTaskDefinition": {
    ...documented("any", "DefineProbe"),
    note: "of every family: it takes no resource (documented)",
  },
  "ecs:RunTask": documented("probe-definition", "LaunchProbe"),
  "ecs:StopTask": {
    ...documented("task", "StopProbe"),
    note: "of every task: a task's id is made when it is launched, so no policy can name the probe's alone",
  },
  "iam:PassRole": {
    ...documented("task-role", "PassExecutionRole"),
    note: "to tasks of Amazon ECS only; name the execution roles of the planned services in place of the wildcard to make it narrower",
  },
};

function documented(kind: ResourceKind, sid: string): IamAction {
  return { kind, sid, standing: "documented", note: null };
}

/** These take ARNs and no cluster, so the ARN is what limits them, not the condition ecs:cluster. */
function byArn(kind: ResourceKind, sid: string): IamAction {
  const note =
    "by ARN, since the call names no cluster; a service with an ARN of the old format needs service/* beside it";
  return { kind, sid, standing: "inferred", note };
}

function inKeyPolicy(): IamAction {
  const note =
    "works only where the key's own policy lets the account's IAM policies decide, or names the caller (documented)";
  return { ...documented("key", "ReadKeys"), note };
}
