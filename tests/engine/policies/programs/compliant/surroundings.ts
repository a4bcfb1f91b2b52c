// What watches the key, reaches AWS for the tasks, and decides who may change clusters.

import * as cloudtrail from "@pulumi/aws/cloudtrail";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as s3 from "@pulumi/aws/s3";
import * as sns from "@pulumi/aws/sns";
import { ACCOUNT, ADMINISTRATION, FOR_LOG_GROUPS, otherKey, policyOf, REGION } from "../parts";

/** Not the key that is watched: who disables that one must not silence the alarm. */
const watch = otherKey("watch", { policy: policyOf(ADMINISTRATION, FOR_LOG_GROUPS) });
const topic = new sns.Topic("key-alarms", { name: "key-alarms", kmsMasterKeyId: watch.keyId });
const trailLogs = new cloudwatch.LogGroup("trail-logs", { name: "/trail", retentionInDays: 365, kmsKeyId: watch.arn });
const filter = new cloudwatch.LogMetricFilter("key-disabled", {
  name: "key-disabled",
  logGroupName: trailLogs.name,
  pattern:
    '{ ($.eventSource = "kms.amazonaws.com") && (($.eventName = "DisableKey") || ($.eventName = "ScheduleKeyDeletion")) }',
  metricTransformation: { name: "KeyDisabled", namespace: "Keys", value: "1" },
});
new cloudwatch.MetricAlarm("key-disabled", {
  name: "key-disabled",
  comparisonOperator: "GreaterThanThreshold",
  evaluationPeriods: 1,
  metricName: filter.metricTransformation.name,
  namespace: "Keys",
  period: 60,
  statistic: "Sum",
  threshold: 0,
  alarmActions: [topic.arn],
});

const records = new s3.Bucket("records", { bucket: "records" });
new cloudtrail.Trail("account", {
  name: "account",
  s3BucketName: records.bucket,
  kmsKeyId: watch.arn,
  isMultiRegionTrail: true,
  includeGlobalServiceEvents: true,
  enableLogFileValidation: true,
  eventSelectors: [{ readWriteType: "All", includeManagementEvents: true }],
});

const vpc = new ec2.Vpc("web", { cidrBlock: "10.0.0.0/16" });
new ec2.VpcEndpoint("ecr", {
  vpcId: vpc.id,
  vpcEndpointType: "Interface",
  serviceName: `com.amazonaws.${REGION}.ecr.api`,
  policy: policyOf({
    Effect: "Allow",
    Principal: "*",
    Action: "ecr:*",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalAccount": ACCOUNT } },
  }),
});

new iam.Policy("cluster-administration", {
  name: "cluster-administration",
  policy: policyOf(
    { Effect: "Allow", Action: ["ecs:CreateCluster", "ecs:UpdateCluster"], Resource: "*" },
    {
      Effect: "Deny",
      Action: ["ecs:CreateCluster", "ecs:UpdateCluster"],
      Resource: "*",
      Condition: { StringNotLike: { "ecs:fargate-ephemeral-storage-kms-key": `arn:aws:kms:*:${ACCOUNT}:key/*` } },
    },
  ),
});
